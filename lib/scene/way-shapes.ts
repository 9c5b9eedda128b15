import type { Block, Graph, Hue, Uplink } from "@/lib/graph/model";
import type { PlacedBlock } from "./block-shapes";
import { type Columns, chipWidth, headingHeight } from "./columns";
import { edgeLine } from "./lines";
import type { Shape, Stop } from "./model";
import { about, glyph, text } from "./pen";
import { chipPiece } from "./row-shapes";

const uplinkGap = 16;
const addressHeight = 15;

export type PlacedUplink = { readonly uplink: Uplink; readonly y: number; readonly right: number };

const heightOf = ({ addresses }: Uplink): number => 20 + addresses.length * addressHeight;

// In a long picture the middle is far below the first window: the way in starts near the top then.
const lowestMiddle = 260;

/** One under the other, around the middle of what they lead to. */
export const placeUplinks = (
  uplinks: readonly Uplink[],
  columns: Columns,
  blocks: readonly PlacedBlock[],
): readonly PlacedUplink[] => {
  const entries = blocks.flatMap(({ block, entry }) => (block.kind === "list" ? [] : [entry]));
  const middle =
    entries.length === 0
      ? headingHeight + 40
      : Math.min(lowestMiddle, (Math.min(...entries) + Math.max(...entries)) / 2);
  const total = uplinks.reduce((sum, each) => sum + heightOf(each) + uplinkGap, -uplinkGap);
  let top = Math.max(headingHeight + 16, Math.round(middle - total / 2) + 0.5);
  return uplinks.map((uplink) => {
    const y = top + 10;
    top += heightOf(uplink) + uplinkGap;
    return { uplink, y, right: columns.uplink.x + chipWidth(uplink.chip.label) };
  });
};

export const uplinkPiece = ({ uplink, y }: PlacedUplink, columns: Columns) => {
  const { chip, addresses } = uplink;
  const piece = chipPiece(chip, { x: columns.uplink.x, y }, chipWidth(chip.label), null);
  return {
    stops: piece.stops,
    shapes: [
      ...piece.shapes,
      ...addresses.map((address, nth) =>
        text(
          about(chip.key),
          { x: columns.uplink.x, y: y + 19 + nth * addressHeight },
          address,
          "small",
          {
            fill: "ink-soft",
          },
        ),
      ),
    ],
  };
};

/** Where what leads outside stands, from above. */
export const outsideY = (placed: readonly PlacedUplink[]): number =>
  placed.find(({ uplink }) => uplink.out !== null)?.y ?? placed[0]?.y ?? headingHeight + 40;

/** The cloud, and the lines from it to the devices that lead there. */
export const outsidePiece = (
  { outside }: Graph,
  placed: readonly PlacedUplink[],
  columns: Columns,
): { readonly shapes: readonly Shape[]; readonly stop: Stop } => {
  const y = outsideY(placed);
  const { x, width } = columns.outside;
  const middle = x + Math.floor(width / 2);
  const subject = about(outside.key);
  const right = middle + 20;
  return {
    shapes: [
      ...placed.flatMap(({ uplink, y: at }) => {
        if (uplink.out === null) return [];
        const bend = columns.uplink.x - 16;
        const points =
          at === y
            ? [
                { x: right, y },
                { x: columns.uplink.x, y },
              ]
            : [
                { x: right, y },
                { x: bend, y },
                { x: bend, y: at },
                { x: columns.uplink.x, y: at },
              ];
        return [edgeLine(about(uplink.out.key), uplink.out, points, null)];
      }),
      glyph(subject, { x: middle, y }, "cloud", 38, "line"),
    ],
    stop: {
      key: outside.key,
      name: outside.label,
      rect: { x: middle - 22, y: y - 18, width: 44, height: 34 },
    },
  };
};

const hueOf = (block: Block): Hue | null =>
  block.kind === "rows" && block.what === "stacked" ? block.hue : null;

/** Each uplink has a vertical of its own in the gutter left of the blocks; what is stacked on it is never translated, and turns before that. */
const wayShapes = (
  block: PlacedBlock,
  placed: readonly PlacedUplink[],
  columns: Columns,
): readonly Shape[] => {
  if (block.block.kind === "list") return [];
  const hue = hueOf(block.block);
  return block.block.ways.flatMap(({ uplink, edge }) => {
    const from = placed.findIndex((each) => each.uplink.chip.key === uplink);
    const start = placed[from];
    if (start === undefined) return [];
    const lane =
      edge.means === "stacked" && columns.nat.width > 0
        ? columns.nat.x - 6 - Math.min(from, 3) * 4
        : columns.block.x - 30 + Math.min(from, 3) * 5 - (edge.means === "stacked" ? 10 : 0);
    const end = block.block.kind === "bridge" ? columns.bridge.x : columns.block.x;
    // What is stacked on the device leaves it under what is routed through it.
    const y = start.y + (edge.means === "stacked" ? 5 : 0);
    const points = [
      { x: start.right, y },
      { x: lane, y },
      { x: lane, y: block.entry },
      { x: end, y: block.entry },
    ];
    return [edgeLine(about(edge.key), edge, points, hue)];
  });
};

const overShapes = (placed: readonly PlacedUplink[], columns: Columns): readonly Shape[] =>
  placed.flatMap(({ uplink, y }) => {
    const lower = placed.find((each) => each.uplink.chip.key === uplink.over?.uplink);
    if (uplink.over === null || lower === undefined) return [];
    const x = columns.uplink.x - 9;
    const points = [
      { x: columns.uplink.x, y: lower.y },
      { x, y: lower.y },
      { x, y },
      { x: columns.uplink.x, y },
    ];
    return [edgeLine(about(uplink.over.edge.key), uplink.over.edge, points, null)];
  });

/** All lines left of the blocks. */
export const wayPieces = (
  blocks: readonly PlacedBlock[],
  placed: readonly PlacedUplink[],
  columns: Columns,
): readonly Shape[] => [
  ...blocks.flatMap((block) => wayShapes(block, placed, columns)),
  ...overShapes(placed, columns),
];
