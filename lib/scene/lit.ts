import type { Mark, Marks } from "@/lib/graph/model";
import type { BoxShape, Dash, Role, Scene, Shape } from "./model";

const onPath = (mark: Mark | undefined): boolean => mark === "selected" || mark === "path";

const isLit = ({ key, within }: Shape, marks: Marks): boolean =>
  key !== null && onPath(marks.get(key)) && (within === null || onPath(marks.get(within)));

// From afar a row is a cell: a ring around it would be half a pixel wide.
const mostCell = 26;
const isCell = ({ height }: BoxShape, unit: number): boolean => unit > 1 && height <= mostCell;

/** Filled, and longer than its neighbours: told apart without its colour too. */
const cell = (shape: BoxShape, fill: Role, unit: number): BoxShape => ({
  ...shape,
  x: shape.x - 2 * unit,
  width: shape.width + 4 * unit,
  fill,
  stroke: null,
});

const accentedBox = (shape: BoxShape, unit: number): BoxShape => {
  if (isCell(shape, unit)) return cell(shape, "accent", unit);
  const inset = shape.layer === "inset";
  return {
    ...shape,
    stroke: "accent",
    strokeWidth: inset ? 0 : 2 * unit,
    fill: inset || shape.height <= 20 ? "accent-fill" : "chip",
  };
};

const accentedWidth = (width: number, unit: number): number => {
  if (unit > 1) return 2 * unit;
  return width > 2 ? 4 : 2;
};

const accented = (shape: Shape, unit: number): Shape => {
  switch (shape.kind) {
    case "box":
      return accentedBox(shape, unit);
    case "line":
      return { ...shape, stroke: "accent", width: accentedWidth(shape.width, unit) };
    case "text":
      return shape;
    case "glyph":
      return shape.glyph === "cloud" ? { ...shape, fill: "accent" } : shape;
  }
};

const rings: Readonly<Partial<Record<Mark, Role>>> = {
  match: "match",
  problem: "problem",
  added: "added",
  removed: "removed",
  changed: "changed",
};

// Boxes of neighbouring rows are 4 px apart: rings of 2 px around both leave a line between them.
const ringGap = 0.5;

const ring = (shape: BoxShape, stroke: Role, unit: number): BoxShape =>
  isCell(shape, unit)
    ? cell(shape, stroke, unit)
    : {
        ...shape,
        x: shape.x - ringGap,
        y: shape.y - ringGap,
        width: shape.width + 2 * ringGap,
        height: shape.height + 2 * ringGap,
        radius: shape.radius + ringGap,
        fill: null,
        stroke,
        strokeWidth: 2 * unit,
        dash: "solid",
      };

/** Everything on the path is redrawn in the accent over a faded picture; the picture itself is not restyled. */
export type Lit = {
  /** The rest fades. */
  readonly scrim: boolean;
  readonly shapes: readonly Shape[];
};

/**
 * What the marks add to a scene: the path in the accent, rings around what else is marked. `unit`: px of the
 * scene for one of the screen, where it is seen from afar (./levels).
 */
export const lit = (scene: Pick<Scene, "shapes">, marks: Marks, unit = 1): Lit => {
  const path = scene.shapes
    .filter((shape) => isLit(shape, marks))
    .map((shape) => accented(shape, unit));
  const ringed = scene.shapes.flatMap((shape): readonly Shape[] => {
    const mark = shape.key === null ? undefined : marks.get(shape.key);
    const role = mark === undefined ? undefined : rings[mark];
    return role === undefined || shape.kind !== "box" || shape.layer === "block"
      ? []
      : [ring(shape, role, unit)];
  });
  return { scrim: path.length > 0, shapes: [...path, ...ringed] };
};

const dashPatterns: Readonly<Record<Dash, number[]>> = {
  solid: [],
  dashed: [6, 4],
  dotted: [1.5, 4],
  "dash-dot": [8, 3, 2, 3],
};

/** Lengths of strokes and gaps in turn, in px; empty: an unbroken line. */
export const dashPattern = (dash: Dash): number[] => dashPatterns[dash];

/** The same for SVG; null: an unbroken line. */
export const dashArray = (dash: Dash): string | null =>
  dash === "solid" ? null : dashPatterns[dash].join(" ");
