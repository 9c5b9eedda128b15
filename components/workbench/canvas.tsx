"use client";

import { Share2 } from "lucide-react";
import {
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { problemsAbout, problemsSaid } from "@/components/diagnose/problems-about";
import { useFind } from "@/components/find/find-context";
import { alwaysDrawn, matchMarks } from "@/components/find/match-marks";
import { NothingLeft } from "@/components/find/nothing-left";
import { HostGraph, type HostGraphHandle } from "@/components/graph/host-graph";
import { Button } from "@/components/ui/button";
import { usePainted } from "@/components/ui/use-painted";
import { useWords } from "@/components/ui/words";
import { legendMarks } from "@/lib/graph/legend-keys";
import type { Graph, Mark, Marks } from "@/lib/graph/model";
import { pathOf } from "@/lib/graph/path";
import { namedBy, peerKey } from "@/lib/graph/peer";
import type { Key } from "@/lib/net/ids";
import type { ThemeName } from "@/lib/render/theme";
import type { LevelName } from "@/lib/scene/levels";
import { pointers, translations } from "@/lib/scene/pointers";
import { HostCard } from "./canvas-host-card";
import { CanvasTools, Showing } from "./canvas-tools";
import { useSelected, useWorkbench } from "./context";
import { HiddenStopped, stoppedAmong } from "./hidden-stopped";
import { useLegendPoint } from "./legend-point";
import { rowsWithin } from "./rows-within";
import { usePicture } from "./use-picture";
import { useSameKeys, useSameTrouble } from "./use-same";
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

/** What the workbench may ask of the picture. `onScreen`: the things whose rows stand in the window. */
export type CanvasHandle = Pick<HostGraphHandle, "fit" | "zoomIn" | "zoomOut" | "actualSize"> & {
  readonly onScreen: () => ReadonlySet<Key>;
};

/** The picture with its few controls. */
export function Canvas({
  graph: usual,
  theme,
  onShare,
  ref,
}: {
  readonly graph: Graph;
  readonly theme: ThemeName;
  readonly onShare: () => void;
  readonly ref?: Ref<CanvasHandle>;
}) {
  const words = useWords();
  const { findings, trouble: told, index, select } = useWorkbench();
  const selected = useSelected();
  const handle = useRef<HostGraphHandle>(null);
  const [hovered, setHovered] = useState<Key | null>(null);
  const [level, setLevel] = useState<LevelName>("full");
  const wrong = useSameTrouble(told);
  const kind = useLegendPoint();
  const searched = useFind();
  // The list under the letter first: typing goes on while marks and rows come and go.
  const { found, rows } = usePainted(searched);
  // Where the rest is hidden, a mark tells nothing.
  const matched = useMemo(() => matchMarks(rows === null ? found.matches : []), [found, rows]);
  const always = useSameKeys(
    useMemo(() => new Set([...wrong.keys(), ...alwaysDrawn(found.matches)]), [wrong, found]),
  );
  const picture = usePicture(usual, always, selected, rows, wrong);
  const { graph, scene: drawn, trouble } = picture;
  const marks = useMemo(
    () =>
      kind === null
        ? new Map([...matched, ...marksOf(graph, selected, hovered)])
        : legendMarks(graph, kind, trouble),
    [kind, trouble, matched, graph, selected, hovered],
  );
  const problemOf = useCallback(
    (key: Key) => problemsSaid(words, problemsAbout({ findings, trouble }, [key])),
    [words, findings, trouble],
  );
  const hidden = picture.hidden && !picture.stopped ? stoppedAmong(index.topology, rows) : 0;
  const pointed = selected ?? hovered;
  const lines = useMemo(
    () =>
      pointed === null
        ? []
        : [
            ...pointers(drawn, pointed, namedBy(index.topology, pointed)),
            ...translations(drawn, graph.nat, pointed),
          ],
    [drawn, graph, pointed, index],
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
    "[": () => selected !== null && picture.foldBlockOf(selected, "closed"),
    "]": () => selected !== null && picture.foldBlockOf(selected, "open"),
  });
  useImperativeHandle(ref, () => ({
    fit: () => handle.current?.fit(),
    zoomIn: () => handle.current?.zoomIn(),
    zoomOut: () => handle.current?.zoomOut(),
    actualSize: () => handle.current?.actualSize(),
    onScreen: () => rowsWithin(drawn, handle.current?.visiblePart() ?? drawn),
  }));
  const revealed = useRef<Key | null>(null);
  useEffect(() => {
    // Back from behind a file that was opened over it, the picture stays where the reader left it.
    if (selected !== null && selected !== revealed.current) handle.current?.reveal(selected);
    revealed.current = selected;
  }, [selected]);
  return (
    <div className="flex h-full flex-col bg-canvas" data-view="graph">
      <Showing picture={picture} />
      <div className="@container relative min-h-0 flex-1">
        <HostGraph
          ref={handle}
          scene={drawn}
          theme={theme}
          marks={marks}
          trouble={trouble}
          problemOf={problemOf}
          pointers={lines}
          label={graph.summary}
          onSelect={(key) => {
            // Chosen once more: on to what is told of it.
            if (key !== null && key === selected) document.getElementById("details")?.focus();
            else if (key === null || !picture.fold(key)) select(key);
          }}
          onHover={setHovered}
          onLevel={setLevel}
        />
        {picture.hidden && (
          <div className="absolute inset-0 overflow-y-auto bg-canvas">
            {hidden > 0 ? (
              <HiddenStopped n={hidden} onShow={picture.showStopped} />
            ) : (
              <NothingLeft />
            )}
          </div>
        )}
        {level === "host" && <HostCard onCloser={() => handle.current?.actualSize()} />}
        <CanvasTools picture={picture} asks={() => handle.current}>
          <Button label={words("share.open")} className="px-0" onClick={onShare}>
            <Share2 size={15} aria-hidden />
          </Button>
        </CanvasTools>
      </div>
    </div>
  );
}
