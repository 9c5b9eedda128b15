import type { Point, Rect, Shape } from "./model";

const around = (points: readonly Point[], by: number): Rect => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left - by, y: top - by, width: right - left + 2 * by, height: bottom - top + 2 * by };
};

const before = { start: 0, middle: 0.5, end: 1 } as const;

/** The place that a shape takes, with its line or its ascenders: what is outside of it need not be drawn. */
export const extentOf = (shape: Shape): Rect => {
  switch (shape.kind) {
    case "box":
      return {
        x: shape.x - shape.strokeWidth,
        y: shape.y - shape.strokeWidth,
        width: shape.width + 2 * shape.strokeWidth,
        height: shape.height + 2 * shape.strokeWidth,
      };
    case "line":
      return around(shape.points, shape.width);
    case "text":
      return {
        x: shape.x - shape.width * before[shape.anchor],
        y: shape.y - 0.6 * shape.size,
        width: shape.width,
        height: 1.2 * shape.size,
      };
    case "glyph":
      return around([shape], shape.size / 2 + 2);
  }
};
