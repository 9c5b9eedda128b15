import type { Block, Box, Row } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";
import type { BoxShape, LineShape, PlacedPart, Shape } from "./model";

/** The shapes of one block by what they are about. */
export type Parts = {
  /** The frame or the ground of a thing on a row; of a thing in no row with `within` null. */
  readonly box: (key: Key | undefined, within: Key | null) => BoxShape | null;
  readonly line: (key: Key | undefined) => LineShape | null;
};

const nameOf = (key: Key, within: Key | null): string => `${within ?? ""}\n${key}`;

/** The first box of a name is its frame: what stands in it is drawn after it. */
export const partsOf = (shapes: readonly Shape[]): Parts => {
  const boxes = new Map<string, BoxShape>();
  const lines = new Map<Key, LineShape>();
  for (const shape of shapes) {
    if (shape.key === null) continue;
    if (shape.kind === "line") lines.set(shape.key, shape);
    if (shape.kind !== "box") continue;
    const name = nameOf(shape.key, shape.within);
    if (!boxes.has(name)) boxes.set(name, shape);
  }
  return {
    box: (key, within) => (key === undefined ? null : (boxes.get(nameOf(key, within)) ?? null)),
    line: (key) => (key === undefined ? null : (lines.get(key) ?? null)),
  };
};

export const rowsOf = (block: Block): readonly Row[] => (block.kind === "list" ? [] : block.rows);
/** Boxes of a block with their frames, on rows or in lists. */
export const framedBoxes = (
  { block }: PlacedPart,
  parts: Parts,
): readonly { readonly of: Box; readonly row: Row | null; readonly frame: BoxShape }[] => {
  const all: readonly { readonly of: Box; readonly row: Row | null }[] =
    block.kind === "list"
      ? block.boxes.map((of) => ({ of, row: null }))
      : block.rows.flatMap((row) => (row.box === null ? [] : [{ of: row.box, row }]));
  return all.flatMap((each) => {
    const frame = parts.box(each.of.key, each.row?.key ?? null);
    return frame === null ? [] : [{ ...each, frame }];
  });
};

/** What a block is called, and the rest that is said of it. */
export const titleOf = (
  block: Block,
): { readonly name: string; readonly more: readonly string[] } =>
  block.kind === "bridge"
    ? { name: block.bridge.label, more: block.bridge.lines.map(({ text }) => text) }
    : { name: block.title, more: [] };
