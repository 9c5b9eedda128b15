import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Orientation } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";
import type { Theme } from "@/lib/render/theme";
import { type Level, levelAt } from "@/lib/scene/levels";
import type { Rect, Scene } from "@/lib/scene/model";
import { cytoscapeRenderer } from "./cytoscape-renderer";
import type { GraphRenderer, Viewport } from "./renderer";
import { opening } from "./viewports";

/** A pointer that only passes lights nothing. */
const restMs = 120;

type Reactions = {
  readonly onSelect: (key: Key | null) => void;
  readonly onHover: ((key: Key | null) => void) | null;
  /** Something is selected: what the pointer rests on does not matter. */
  readonly held: boolean;
};

const nearest = levelAt(1);
const firstWindow: Rect = { x: 0, y: 0, width: 2000, height: 1500 };

const transformOf = ({ x, y, zoom }: Viewport): string => `translate(${x} ${y}) scale(${zoom})`;

/** Which picture the window was opened onto, and where it was put. */
type Opened = { readonly orientation: Orientation; readonly at: string };

const placeOf = ({ x, y, zoom }: Viewport): string =>
  [x, y, zoom].map((each) => each.toFixed(3)).join();

const isCut = ({ width }: Scene, now: GraphRenderer): boolean => {
  const { x, zoom } = now.viewport();
  return x + width * zoom > now.size().width + 1;
};

/** Calls back what the pointer has rested on, and once when it left. */
const resting = (report: (key: Key | null) => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told: Key | null = null;
  let pointed: Key | null = null;
  const tell = (key: Key | null) => {
    if (key !== told) report(key);
    told = key;
  };
  return {
    point: (key: Key | null) => {
      // Moved within one thing, it still rests on it.
      if (key === pointed) return;
      pointed = key;
      clearTimeout(timer);
      timer = setTimeout(() => tell(key), restMs);
    },
    leave: () => {
      pointed = null;
      clearTimeout(timer);
      tell(null);
    },
    stop: () => clearTimeout(timer),
  };
};

/**
 * The renderer of a picture, for as long as the component lives. `canvas` and `layer` are where it
 * paints and what moves with it. The viewport changes only by the reader's hand, also when a new
 * scene comes.
 */
export const useRenderer = (scene: Scene, theme: Theme, reactions: Reactions) => {
  const canvas = useRef<HTMLDivElement>(null);
  const layer = useRef<SVGGElement>(null);
  const renderer = useRef<GraphRenderer | null>(null);
  const opened = useRef<Opened | null>(null);
  const left = useRef<Viewport | null>(null);
  const latest = useRef(reactions);
  const [level, setLevel] = useState<Level>(nearest);
  const [rested, setRested] = useState<Rect>(firstWindow);
  useEffect(() => {
    latest.current = reactions;
  });

  useLayoutEffect(() => {
    const area = canvas.current;
    if (area === null) return;
    const rest = resting((key) => latest.current.onHover?.(key));
    const made = cytoscapeRenderer(area, {
      onLevel: setLevel,
      onRest: setRested,
      onViewport: (viewport) => layer.current?.setAttribute("transform", transformOf(viewport)),
      onPick: (key) => {
        rest.leave();
        latest.current.onSelect(key);
      },
      onPoint: (key) => {
        if (!latest.current.held) rest.point(key);
      },
    });
    renderer.current = made;
    // Hidden for a while, as behind a file that was opened, the picture is shown as it was left.
    if (left.current !== null) made.setViewport(left.current);
    // Cytoscape tells when the pointer leaves a thing, but not when it leaves the picture from there.
    area.addEventListener("pointerleave", rest.leave);
    return () => {
      area.removeEventListener("pointerleave", rest.leave);
      rest.stop();
      left.current = made.viewport();
      made.destroy();
      renderer.current = null;
    };
  }, []);

  // Painted in the frame in which it is known.
  useLayoutEffect(() => {
    const now = renderer.current;
    if (now === null) return;
    // Turned by the reader, it is another picture: one begins at its top. So where it has become too
    // wide for a window that nobody has moved yet.
    const before = opened.current;
    const isNew = before?.orientation !== scene.orientation;
    if (isNew || (before.at === placeOf(now.viewport()) && isCut(scene, now))) {
      now.setViewport(opening(scene, now.size()));
      opened.current = { orientation: scene.orientation, at: placeOf(now.viewport()) };
    }
    now.setScene(scene, theme);
  }, [scene, theme]);

  return { canvas, layer, renderer, level, rested };
};
