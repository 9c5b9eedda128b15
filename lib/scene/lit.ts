import type { Mark, Marks } from "@/lib/graph/model";
import type { BoxShape, Dash, Role, Scene, Shape } from "./model";

const onPath = (mark: Mark | undefined): boolean => mark === "selected" || mark === "path";

const isLit = ({ key, within }: Shape, marks: Marks): boolean =>
  key !== null && onPath(marks.get(key)) && (within === null || onPath(marks.get(within)));

const accented = (shape: Shape): Shape => {
  switch (shape.kind) {
    case "box":
      return {
        ...shape,
        stroke: "accent",
        strokeWidth: shape.layer === "inset" ? 0 : 2,
        fill: shape.layer === "inset" || shape.height <= 20 ? "accent-fill" : "chip",
      };
    case "line":
      return { ...shape, stroke: "accent", width: shape.width > 2 ? 4 : 2 };
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

const ring = (shape: BoxShape, stroke: Role): BoxShape => ({
  ...shape,
  x: shape.x - 3,
  y: shape.y - 3,
  width: shape.width + 6,
  height: shape.height + 6,
  radius: shape.radius + 3,
  fill: null,
  stroke,
  strokeWidth: 2,
  dash: "solid",
});

/** Everything on the path is redrawn in the accent over a faded picture; the picture itself is not restyled. */
export type Lit = {
  /** The rest fades. */
  readonly scrim: boolean;
  readonly shapes: readonly Shape[];
};

/** What the marks add to a scene: the path in the accent, rings around what else is marked. */
export const lit = (scene: Pick<Scene, "shapes">, marks: Marks): Lit => {
  const path = scene.shapes.filter((shape) => isLit(shape, marks)).map(accented);
  const ringed = scene.shapes.flatMap((shape): readonly Shape[] => {
    const mark = shape.key === null ? undefined : marks.get(shape.key);
    const role = mark === undefined ? undefined : rings[mark];
    return role === undefined || shape.kind !== "box" || shape.layer === "block"
      ? []
      : [ring(shape, role)];
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
