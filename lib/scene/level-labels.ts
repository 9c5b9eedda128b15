import { isolated } from "@/lib/graph/names";
import { faces } from "./faces";
import { lettered } from "./fit-text";
import { titleOf } from "./level-parts";
import type { PlacedPart, Rect, Scene, Shape } from "./model";
import { about, decoration } from "./pen";

const letters = 13;

const countOf = ({ block }: PlacedPart): number =>
  (block.closed ?? 0) +
  (block.kind === "list" ? block.boxes : block.rows.map(({ box }) => box)).filter(
    (of) => of?.kind !== "fold",
  ).length;

const wordsOf = (part: PlacedPart): { readonly name: string; readonly rest: string } => {
  const { name, more } = titleOf(part.block);
  // A list says in its title how many it has.
  const count = part.block.kind === "bridge" ? [`${countOf(part)}`] : [];
  return { name, rest: [...more.map(isolated), ...count].join(" · ") };
};

/** Blocks that stand on one line beside each other: rails have one on each. */
type Shelf = { readonly parts: readonly PlacedPart[]; readonly rect: Rect };

const shelvesOf = ({ blocks }: Scene): readonly Shelf[] => {
  const shelves = new Map<number, PlacedPart[]>();
  for (const part of blocks) {
    const bottom = part.rect.y + part.rect.height;
    shelves.set(bottom, [...(shelves.get(bottom) ?? []), part]);
  }
  return [...shelves].map(([bottom, parts]) => {
    const top = Math.min(...parts.map(({ rect }) => rect.y));
    return { parts, rect: { x: 0, y: top, width: 0, height: bottom - top } };
  });
};

/** Smaller than this, in px on the screen, several lines are no help. */
const least = 7;

/** Where there is no room for a line each, one line with all names. */
const joinedLabel = ({ parts, rect }: Shelf, x: number, unit: number): Shape =>
  lettered(
    decoration,
    { x, y: rect.y + rect.height / 2 },
    parts.map(({ block }) => isolated(titleOf(block).name)).join("  "),
    700 * unit,
    { ...faces.plain, size: Math.min(letters * unit, rect.height * 0.75), fill: "ink-soft" },
  );

/** One line for each block of a shelf: on the screen as large as near by, or as large as there is room. */
const shelfLabels = ({ parts, rect }: Shelf, x: number, unit: number): readonly Shape[] => {
  if (parts.length > 1 && rect.height * 0.75 < parts.length * least * unit)
    return [joinedLabel({ parts, rect }, x, unit)];
  const only = parts.length === 1;
  const lines = only && rect.height > 2.5 * letters * unit ? 2 : parts.length;
  const size = Math.min(letters * unit, (rect.height * 0.75) / lines);
  const first = rect.y + rect.height / 2 - ((lines - 1) * size * 1.3) / 2;
  const room = 700 * unit;
  return parts.flatMap((part, nth) => {
    const { name, rest } = wordsOf(part);
    const y = first + nth * size * 1.3;
    const subject = part.block.kind === "bridge" ? about(part.block.bridge.key) : decoration;
    const face = part.block.kind === "bridge" ? faces.bridge : faces.title;
    const title = lettered(subject, { x, y }, name, room, { ...face, size, fill: "ink" });
    const at = only && lines === 2 ? { x, y: y + size * 1.3 } : { x: x + title.width + size, y };
    return [
      title,
      lettered(subject, at, rest, room, { ...faces.plain, size: size * 0.92, fill: "ink-soft" }),
    ];
  });
};

/** Right of the whole picture, where nothing else stands: each block by its name, and what is said of it. */
export const labelShapes = (scene: Scene, unit: number): readonly Shape[] => {
  const right = Math.max(0, ...scene.blocks.map(({ rect }) => rect.x + rect.width));
  // The frame around a textbook is wider than what is in it.
  const edge = scene.orientation === "rails" ? right : Math.max(right, scene.width - 24);
  return shelvesOf(scene).flatMap((shelf) => shelfLabels(shelf, edge + 10 * unit, unit));
};
