import type { Mark, Marks } from "@/lib/graph/model";
import { markedCell, ringed } from "./marked-box";
import type { BoxShape, Dash, Role, Scene, Shape } from "./model";

const onPath = (mark: Mark | undefined): boolean => mark === "selected" || mark === "path";

const isLit = ({ key, within }: Shape, marks: Marks): boolean =>
  key !== null &&
  onPath(marks.get(key)) &&
  (within === null || onPath(marks.get(within)) || marks.get(within) === "row");

const accentedBox = (shape: BoxShape, unit: number): BoxShape => {
  const cell = markedCell(shape, "accent", unit);
  if (cell !== null) return cell;
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
  added: "added",
  removed: "removed",
  changed: "changed",
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
  const rounds = scene.shapes.flatMap((shape): readonly Shape[] => {
    const mark = shape.key === null ? undefined : marks.get(shape.key);
    const role = mark === undefined ? undefined : rings[mark];
    return role === undefined || shape.kind !== "box" || shape.layer === "block"
      ? []
      : [ringed(shape, role, unit)];
  });
  return { scrim: path.length > 0, shapes: [...path, ...rounds] };
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
