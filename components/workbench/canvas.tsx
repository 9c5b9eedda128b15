"use client";

import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { problemMarks } from "@/components/diagnose/problem-marks";
import { HostGraph, type HostGraphHandle } from "@/components/graph/host-graph";
import type { Graph, Mark, Marks } from "@/lib/graph/model";
import { pathOf } from "@/lib/graph/path";
import { namedBy, peerKey } from "@/lib/graph/peer";
import type { Key } from "@/lib/net/ids";
import type { ThemeName } from "@/lib/render/theme";
import { pointers } from "@/lib/scene/pointers";
import { CanvasTools, Showing } from "./canvas-tools";
import { useSelected, useWorkbench } from "./context";
import { SaveMenu } from "./save-menu";
import { usePicture } from "./use-picture";
import { useShortcuts } from "./use-shortcuts";

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
  graph: usual,
  theme,
  ref,
}: {
  readonly graph: Graph;
  readonly theme: ThemeName;
  readonly ref?: Ref<CanvasHandle>;
}) {
  const { findings, index, select } = useWorkbench();
  const selected = useSelected();
  const handle = useRef<HostGraphHandle>(null);
  const [hovered, setHovered] = useState<Key | null>(null);
  const trouble = useMemo(() => problemMarks(findings), [findings]);
  const always = useMemo(() => new Set(trouble.keys()), [trouble]);
  const picture = usePicture(usual, always, selected);
  const { graph, scene: drawn } = picture;
  const marks = useMemo(
    () => new Map([...trouble, ...marksOf(graph, selected, hovered)]),
    [trouble, graph, selected, hovered],
  );
  const pointed = selected ?? hovered;
  const lines = useMemo(
    () => (pointed === null ? [] : pointers(drawn, pointed, namedBy(index.topology, pointed))),
    [drawn, pointed, index],
  );
  // The URL is told first and read back a moment later: pressed twice, `p` goes on from where it led.
  const at = useRef(selected);
  useEffect(() => {
    at.current = selected;
  }, [selected]);
  useShortcuts({
    o: picture.turn,
    p: () => {
      const peer = at.current === null ? null : peerKey(picture.whole, at.current);
      if (peer === null) return;
      at.current = peer;
      select(peer);
    },
  });
  useImperativeHandle(ref, () => ({
    fit: () => handle.current?.fit(),
    zoomIn: () => handle.current?.zoomIn(),
    zoomOut: () => handle.current?.zoomOut(),
    actualSize: () => handle.current?.actualSize(),
  }));
  useEffect(() => {
    if (selected !== null) handle.current?.reveal(selected);
  }, [selected]);
  return (
    <div className="relative h-full bg-canvas" data-view="graph">
      <HostGraph
        ref={handle}
        scene={drawn}
        theme={theme}
        marks={marks}
        pointers={lines}
        label={graph.summary}
        onSelect={(key) => {
          if (key === null || !picture.fold(key)) select(key);
        }}
        onHover={setHovered}
      />
      <Showing counts={picture.counts} />
      <CanvasTools picture={picture} asks={() => handle.current}>
        <SaveMenu
          scene={drawn}
          options={{ theme, marks }}
          visiblePart={() => handle.current?.visiblePart() ?? null}
        />
      </CanvasTools>
    </div>
  );
}
