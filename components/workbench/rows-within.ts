import type { Key } from "@/lib/net/ids";
import type { Rect, Scene } from "@/lib/scene/model";

const meet = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The things on rows of which something stands in the window; a window onto nothing holds none. */
export const rowsWithin = (
  { rows }: Pick<Scene, "rows">,
  window: Partial<Rect>,
): ReadonlySet<Key> => {
  const whole = { x: 0, y: 0, width: 0, height: 0, ...window };
  return new Set(
    rows
      .filter(({ stops }) => stops.some(({ rect }) => meet(rect, whole)))
      .flatMap(({ stops }) => stops.map(({ key }) => key)),
  );
};
