import type { Theme } from "@/lib/render/theme";
import { extentOf } from "@/lib/scene/extents";
import { atLevel, type Level } from "@/lib/scene/levels";
import type { Rect, Scene, Shape } from "@/lib/scene/model";

/** A shape with the place that it takes: made once, asked on every frame. */
export type Bounded = { readonly shape: Shape; readonly bounds: Rect };

/** What is drawn now. */
export type Drawn = {
  readonly scene: Scene;
  readonly level: Level;
  readonly theme: Theme;
  readonly shapes: readonly Bounded[];
};

const made = new WeakMap<Scene, Map<string, readonly Bounded[]>>();

/** The shapes of a scene at a level. One zooms in and out over the same few levels: they are kept while the scene is. */
export const drawnShapes = (scene: Scene, level: Level): readonly Bounded[] => {
  const levels = made.get(scene) ?? new Map<string, readonly Bounded[]>();
  made.set(scene, levels);
  const name = `${level.name} ${level.unit}`;
  const known = levels.get(name);
  if (known !== undefined) return known;
  const shapes = atLevel(scene, level).map((shape) => ({ shape, bounds: extentOf(shape) }));
  levels.set(name, shapes);
  return shapes;
};

const meets = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Those that touch a window onto the scene, in painting order. */
export const within = (shapes: readonly Bounded[], window: Rect): readonly Shape[] => {
  const seen: Shape[] = [];
  for (const { shape, bounds } of shapes) if (meets(bounds, window)) seen.push(shape);
  return seen;
};
