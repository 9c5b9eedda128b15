import type { Block, Trouble } from "@/lib/graph/model";
import { troubledRows } from "@/lib/graph/trouble";
import type { Key } from "@/lib/net/ids";
import { ringed } from "./marked-box";
import type { BoxShape, GlyphShape, Point, Scene, Shape } from "./model";
import { about, glyph } from "./pen";

/** Under all other marks what they may cover, over them the sign that stays whatever else is marked. */
export type ProblemShapes = { readonly under: readonly Shape[]; readonly over: readonly Shape[] };
const nothing: ProblemShapes = { under: [], over: [] };

const signSize = 13;
const farSize = 10;
// A bridge of 1,000 ports has its name at its upper end.
const lowestSign = 130;

type Holder = BoxShape | GlyphShape;

const isHolder = (shape: Shape): shape is Holder =>
  (shape.kind === "box" && shape.layer !== "block") || shape.kind === "glyph";

// Letters end 7 px before the edge of their box, and begin 10 px behind that of a box in it.
const outwards = 2;

/** On the right edge of a box, where no box has letters; of a dot, on the line beside it. */
const placeOf = (shape: Holder): Point =>
  shape.kind === "box"
    ? { x: shape.x + shape.width + outwards, y: shape.y + Math.min(shape.height / 2, lowestSign) }
    : { x: shape.x + shape.size / 2 + signSize / 2 + 1, y: shape.y };

/** Its ground keeps lines and letters out of it. From afar the cell is its ground. */
const signOf = (shape: Holder, unit: number): readonly Shape[] => {
  const subject = about(shape.key as Key, shape.within);
  const at = placeOf(shape);
  return unit > 1
    ? [glyph(subject, at, "problem", farSize * unit, "problem")]
    : [
        glyph(subject, at, "up", signSize + 6, "canvas"),
        glyph(subject, { x: at.x, y: at.y - 0.5 }, "problem", signSize, "problem"),
      ];
};

/** Of one thing several shapes are drawn: the box in the box tells of it, and a box rather than a sign in it. */
const holdersOf = (
  shapes: readonly Shape[],
  isTroubled: (shape: Shape) => boolean,
): readonly Holder[] => {
  const holders = new Map<string, Holder>();
  for (const shape of shapes) {
    if (shape.key === null || !isHolder(shape) || !isTroubled(shape)) continue;
    const name = `${shape.within ?? ""}\n${shape.key}`;
    if (shape.kind === "box" || holders.get(name)?.kind !== "box") holders.set(name, shape);
  }
  return [...holders.values()];
};

/**
 * A ring and a sign on all that has a problem. `unit`: px of the scene for one of the screen, where it is seen from
 * afar (./levels): there a row with a problem anywhere on it has the sign, since it is all that is drawn of it.
 */
export const problemShapes = (
  scene: Pick<Scene, "shapes"> & { readonly blocks: readonly { readonly block: Block }[] },
  trouble: Trouble,
  unit = 1,
): ProblemShapes => {
  if (trouble.size === 0) return nothing;
  const rows =
    unit > 1
      ? troubledRows(
          scene.blocks.map(({ block }) => block),
          trouble,
        )
      : new Set<Key>();
  const holders = holdersOf(
    scene.shapes,
    ({ key, within }) =>
      (key !== null && trouble.has(key)) || (within !== null && rows.has(within)),
  );
  return {
    under: holders.flatMap((shape) =>
      // On the edge itself, where the accent of what is lit covers it.
      shape.kind === "box" ? [ringed(shape, "problem", unit, 0)] : [],
    ),
    over: holders.flatMap((shape) => signOf(shape, unit)),
  };
};
