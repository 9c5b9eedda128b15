import type { Key } from "@/lib/net/ids";
import type { Theme } from "@/lib/render/theme";
import type { Level } from "@/lib/scene/levels";
import type { Point, Rect, Scene } from "@/lib/scene/model";

/** Where the window onto the scene is: a scene's point p is drawn at `p × zoom + (x, y)`. */
export type Viewport = Point & { readonly zoom: number };

/** What a renderer tells. Points and movements are the pointer's. */
export type RendererEvents = {
  readonly onViewport: (viewport: Viewport) => void;
  /** How much is drawn of each row has changed. */
  readonly onLevel: (level: Level) => void;
  /** Nothing has moved for a moment: what of the scene is in the window. */
  readonly onRest: (window: Rect) => void;
  /** Clicked or tapped; null: on nothing. */
  readonly onPick: (key: Key | null) => void;
  /** What the pointer rests on. */
  readonly onPoint: (key: Key | null) => void;
};

/** Paints a scene and says what is where. Positions are the scene's: a renderer never moves a thing. */
export type GraphRenderer = {
  readonly setScene: (scene: Scene, theme: Theme) => void;
  readonly setViewport: (viewport: Viewport) => void;
  readonly viewport: () => Viewport;
  /** The size of the window, in px. */
  readonly size: () => { readonly width: number; readonly height: number };
  /** What is at a point of the window. */
  readonly hit: (at: Point) => Key | null;
  /** Moves the window as little as needed to see a place of the scene. */
  readonly focus: (place: Rect) => void;
  readonly destroy: () => void;
};
