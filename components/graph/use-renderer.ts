import { useEffect, useRef } from "react";
import type { Orientation } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";
import type { ThemeName } from "@/lib/render/theme";
import type { Scene } from "@/lib/scene/model";
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

const transformOf = ({ x, y, zoom }: Viewport): string => `translate(${x} ${y}) scale(${zoom})`;

/** Calls back what the pointer has rested on, and once when it left. */
const resting = (report: (key: Key | null) => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told: Key | null = null;
  const tell = (key: Key | null) => {
    if (key !== told) report(key);
    told = key;
  };
  return {
    point: (key: Key | null) => {
      clearTimeout(timer);
      timer = setTimeout(() => tell(key), restMs);
    },
    leave: () => {
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
export const useRenderer = (scene: Scene, theme: ThemeName, reactions: Reactions) => {
  const canvas = useRef<HTMLDivElement>(null);
  const layer = useRef<SVGGElement>(null);
  const renderer = useRef<GraphRenderer | null>(null);
  const opened = useRef<Orientation | null>(null);
  const latest = useRef(reactions);
  useEffect(() => {
    latest.current = reactions;
  });

  useEffect(() => {
    if (canvas.current === null) return;
    const rest = resting((key) => latest.current.onHover?.(key));
    const made = cytoscapeRenderer(canvas.current, {
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
    opened.current = null;
    return () => {
      rest.stop();
      made.destroy();
      renderer.current = null;
    };
  }, []);

  useEffect(() => {
    const now = renderer.current;
    if (now === null) return;
    now.setScene(scene, theme);
    // Turned by the reader, it is another picture: one begins at its top.
    if (opened.current === scene.orientation) return;
    opened.current = scene.orientation;
    now.setViewport(opening(scene, now.size()));
  }, [scene, theme]);

  return { canvas, layer, renderer };
};
