import type { BoxShape, Role } from "./model";

// From afar a row is a cell: a ring around it would be half a pixel wide.
const mostCell = 26;

/** Filled, and longer than its neighbours: told apart without its colour too. null: it is no cell. */
export const markedCell = (shape: BoxShape, fill: Role, unit: number): BoxShape | null =>
  unit > 1 && shape.height <= mostCell
    ? {
        ...shape,
        x: shape.x - 2 * unit,
        width: shape.width + 4 * unit,
        fill,
        stroke: null,
        hatched: false,
      }
    : null;

// Boxes of neighbouring rows are 4 px apart: rings of 2 px around both leave a line between them.
const ringGap = 0.5;

/** A ring around a box, `gap` px outside of its edge; of a cell, the cell itself. */
export const ringed = (shape: BoxShape, stroke: Role, unit: number, gap = ringGap): BoxShape =>
  markedCell(shape, stroke, unit) ?? {
    ...shape,
    x: shape.x - gap,
    y: shape.y - gap,
    width: shape.width + 2 * gap,
    height: shape.height + 2 * gap,
    radius: shape.radius + gap,
    fill: null,
    stroke,
    strokeWidth: 2 * unit,
    dash: "solid",
    hatched: false,
  };
