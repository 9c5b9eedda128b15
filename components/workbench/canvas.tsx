"use client";

import { Maximize, Minus, Plus } from "lucide-react";
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { HostGraph, type HostGraphHandle } from "@/components/graph/host-graph";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import type { Graph, Mark, Marks } from "@/lib/graph/model";
import { pathOf } from "@/lib/graph/path";
import type { Key } from "@/lib/net/ids";
import type { ThemeName } from "@/lib/render/theme";
import { scene } from "@/lib/scene/scene";
import { useSelected, useWorkbench } from "./context";

/** A path lights; who made the marks the picture does not know. What is only pointed at is not selected. */
const marksOf = (graph: Graph, selected: Key | null, hovered: Key | null): Marks => {
  const pointed = selected ?? hovered;
  if (pointed === null) return new Map();
  return new Map<Key, Mark>(
    [...pathOf(graph, pointed)].map(
      (key) => [key, key === selected ? "selected" : "path"] as const,
    ),
  );
};

/** What the keys of the workbench may ask of the picture. */
export type CanvasHandle = Pick<HostGraphHandle, "fit" | "zoomIn" | "zoomOut" | "actualSize">;

/** The picture with its few controls. */
export function Canvas({
  graph,
  theme,
  ref,
}: {
  readonly graph: Graph;
  readonly theme: ThemeName;
  readonly ref?: Ref<CanvasHandle>;
}) {
  const words = useWords();
  const { select } = useWorkbench();
  const selected = useSelected();
  const picture = useRef<HostGraphHandle>(null);
  const drawn = useMemo(() => scene(graph), [graph]);
  const [hovered, setHovered] = useState<Key | null>(null);
  const marks = useMemo(() => marksOf(graph, selected, hovered), [graph, selected, hovered]);
  useImperativeHandle(ref, () => ({
    fit: () => picture.current?.fit(),
    zoomIn: () => picture.current?.zoomIn(),
    zoomOut: () => picture.current?.zoomOut(),
    actualSize: () => picture.current?.actualSize(),
  }));
  useEffect(() => {
    if (selected !== null) picture.current?.reveal(selected);
  }, [selected]);
  return (
    <div className="relative h-full bg-canvas" data-view="graph">
      <HostGraph
        ref={picture}
        scene={drawn}
        theme={theme}
        marks={marks}
        label={graph.summary}
        onSelect={select}
        onHover={setHovered}
      />
      <div className="absolute right-3 bottom-3 flex gap-1">
        <Button
          label={words("canvas.zoomOut")}
          className="px-0"
          onClick={() => picture.current?.zoomOut()}
        >
          <Minus size={15} aria-hidden />
        </Button>
        <Button
          label={words("canvas.zoomIn")}
          className="px-0"
          onClick={() => picture.current?.zoomIn()}
        >
          <Plus size={15} aria-hidden />
        </Button>
        <Button label={words("canvas.fit")} className="px-0" onClick={() => picture.current?.fit()}>
          <Maximize size={14} aria-hidden />
        </Button>
      </div>
    </div>
  );
}
