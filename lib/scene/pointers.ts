import type { Nat } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";
import type { Point, Rect, Scene, Shape } from "./model";
import { decoration, glyph, line } from "./pen";

const placeOf = ({ rows }: Scene, key: Key): Rect | null => {
  for (const { stops } of rows) {
    const stop = stops.find((each) => each.key === key);
    if (stop !== undefined) return stop.rect;
  }
  return null;
};

const middle = ({ x, y, width, height }: Rect): Point => ({ x: x + width / 2, y: y + height / 2 });

/** Where a line towards `to` leaves a rectangle: the middle of the side that faces it. */
const side = (rect: Rect, to: Point): Point => {
  const { x, y } = middle(rect);
  if (Math.abs(to.y - y) > rect.height) {
    return { x, y: to.y < y ? rect.y : rect.y + rect.height };
  }
  return { x: to.x < x ? rect.x : rect.x + rect.width, y };
};

/** Lines from an interface to those that its number could mean; nothing where one of them is not drawn. */
export const pointers = (scene: Scene, from: Key, to: readonly Key[]): readonly Shape[] => {
  const start = placeOf(scene, from);
  if (start === null) return [];
  return to.flatMap((key): readonly Shape[] => {
    const end = placeOf(scene, key);
    if (end === null || key === from) return [];
    const tip = side(end, middle(start));
    return [
      line(decoration, [side(start, middle(end)), tip], {
        width: 2,
        stroke: "accent",
        dash: "dashed",
      }),
      glyph(decoration, tip, "up", 9, "accent"),
    ];
  });
};

/** Lines from published ports to the containers that they lead to: of a port its own, of a container all that lead to it. */
export const translations = (scene: Scene, nat: Nat | null, pointed: Key): readonly Shape[] =>
  (nat?.ports ?? [])
    .filter(({ key, container }) => key === pointed || container === pointed)
    .flatMap(({ key, container }): readonly Shape[] => {
      const [start, end] = [placeOf(scene, key), placeOf(scene, container)];
      if (start === null || end === null) return [];
      // From the end of its line of text, past the others.
      const from = { x: start.x + start.width, y: middle(start).y };
      const tip = side(end, from);
      return [
        line(decoration, [from, tip], { width: 1.5, stroke: "accent", dash: "dashed" }),
        glyph(decoration, tip, "up", 9, "accent"),
      ];
    });
