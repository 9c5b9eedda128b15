import type { Block, Box, BridgeNode, ProjectSpan } from "@/lib/graph/model";
import { lineShapes, lineStops } from "./bridge-lines";
import {
  blockPadding,
  type Columns,
  listedWidth,
  rowHeight,
  thingHeight,
  titleBeside,
  titleHeight,
} from "./columns";
import { hueRole, stateGlyph } from "./lines";
import type { PlacedPart, Rect, Role, SceneRow, Shape } from "./model";
import { about, box, decoration, glyph, line, type Subject, text } from "./pen";
import { boxFrame, namesPiece, portShapes, rowPiece } from "./row-shapes";

/** A block at its place: what is drawn, its rows for the keyboard, and where lines to it end. */
export type PlacedBlock = PlacedPart & {
  readonly rows: readonly SceneRow[];
  readonly entry: number;
};

const lineHeight = 16;
export const bridgeText = (bridge: BridgeNode): number =>
  14 + lineHeight * (1 + bridge.lines.length);

// The middle of a bridge with a hundred ports is out of sight when its first port is in sight.
const lowestMiddle = 130;

/** Where a bridge is named and reached. */
const middleOf = ({ y, height }: Rect): number =>
  y + Math.min(lowestMiddle, Math.floor(height / 2));

// Of more than 24 networks the name tells which it is: more bars would be counted, not seen.
export const mostBars = 3;

export const hueBars = (rect: Rect, role: Role, stripe: number): readonly Shape[] =>
  Array.from({ length: Math.min(stripe + 1, mostBars) }, (_, nth) =>
    box(
      decoration,
      { x: rect.x - nth * 6, y: rect.y, width: 4, height: rect.height },
      {
        layer: "block",
        radius: 2,
        fill: role,
        stroke: null,
      },
    ),
  );

export const bridgeShapes = (bridge: BridgeNode, rect: Rect, role: Role): readonly Shape[] => {
  const subject = about(bridge.key);
  const x = rect.x + 13;
  const first = middleOf(rect) - Math.floor((lineHeight * bridge.lines.length) / 2);
  const seen = bridge.link !== null;
  return [
    box(subject, rect, {
      radius: 7,
      stroke: role,
      strokeWidth: 1.5,
      dash: seen ? "solid" : "dashed",
    }),
    ...(seen ? [stateGlyph(subject, { x: x + 4, y: first }, bridge.state)] : []),
    text(subject, { x: x + (seen ? 14 : 0), y: first }, bridge.label, "bridge"),
    ...bridge.lines.flatMap((each, nth): readonly Shape[] => {
      const y = first + lineHeight * (nth + 1);
      const lock = nth === 0 && bridge.internal;
      const indent = lock ? 14 : 0;
      return [
        ...(lock ? [glyph(subject, { x: x + 4, y }, "internal", 10, "problem")] : []),
        ...lineShapes(bridge, each, { x: x + indent, y }),
      ];
    }),
  ];
};

/** Around the rows of each compose project, its name beside. `first`: the middle of the first row. */
const brackets = (
  projects: readonly ProjectSpan[],
  columns: Columns,
  first: number,
): readonly Shape[] =>
  projects.flatMap(({ name, first: from, count }) => {
    const top = first + from * rowHeight - 10;
    const bottom = first + (from + count - 1) * rowHeight + 10;
    const x = columns.bracket;
    return [
      line(
        decoration,
        [
          { x, y: top },
          { x: x + 5, y: top },
          { x: x + 5, y: bottom },
          { x, y: bottom },
        ],
        { width: 1, stroke: "line", dash: "solid" },
      ),
      text(decoration, { x: x + 10, y: (top + bottom) / 2 }, name, "plain", { fill: "ink-soft" }),
    ];
  });

const bridgeBlock = (
  block: Extract<Block, { kind: "bridge" }>,
  columns: Columns,
  y: number,
): PlacedBlock => {
  const { bridge, hue } = block;
  const rowsHeight = block.rows.length * rowHeight;
  const inside = Math.max(rowsHeight, bridgeText(bridge));
  const rect: Rect = { ...columns.block, y, height: inside + 2 * blockPadding };
  const first = y + blockPadding + Math.floor((inside - rowsHeight) / 2) + rowHeight / 2;
  const node: Rect = { ...columns.bridge, y: y + blockPadding, height: inside };
  const role = hueRole(hue);
  const pieces = block.rows.map((row, nth) => ({
    row,
    piece: rowPiece(row, columns, first + nth * rowHeight, hue),
  }));
  const drawn = bridgeShapes(bridge, node, role);
  const stops = [{ key: bridge.key, name: bridge.label, rect: node }, ...lineStops(bridge, drawn)];
  const head: SceneRow = { key: bridge.key, said: bridge.label, stops };
  return {
    block,
    rect,
    ground: [
      box(decoration, rect, { layer: "block", radius: 8, fill: "block", stroke: null }),
      ...hueBars(rect, role, hue.stripe),
    ],
    shapes: [
      ...pieces.flatMap(({ piece }) => piece.shapes),
      ...drawn,
      ...brackets(block.projects, columns, first),
    ],
    rows:
      pieces.length === 0
        ? [head]
        : pieces.map(({ row, piece }) => ({
            key: row.key,
            said: row.said,
            stops: [...stops, ...piece.stops],
          })),
    entry: middleOf(node),
  };
};

/** Beside the first row, or above all of them. */
const titleShape = (
  title: string,
  columns: Columns,
  y: number,
  subject: Subject,
  fill: Role,
): Shape => text(subject, { x: columns.bridge.x, y }, title, "title", { fill });

const rowsGround = (block: Extract<Block, { kind: "rows" }>, rect: Rect): readonly Shape[] => {
  const trouble = block.what === "dangling";
  return [
    box(decoration, rect, {
      layer: "block",
      radius: 8,
      fill: trouble ? null : "block",
      stroke: trouble ? "problem" : null,
      dash: trouble ? "dotted" : "solid",
    }),
    ...(block.hue === null ? [] : hueBars(rect, hueRole(block.hue), block.hue.stripe)),
  ];
};

const rowsBlock = (
  block: Extract<Block, { kind: "rows" }>,
  columns: Columns,
  y: number,
): PlacedBlock => {
  const above = titleBeside(block) ? blockPadding : 8 + titleHeight;
  const rect: Rect = {
    ...columns.block,
    y,
    height: above + block.rows.length * rowHeight + blockPadding,
  };
  const first = y + above + rowHeight / 2;
  const title = titleBeside(block) ? first : y + 8 + titleHeight / 2;
  const subject = block.key === null ? decoration : about(block.key);
  const pieces = block.rows.map((row, nth) => ({
    row,
    piece: rowPiece(row, columns, first + nth * rowHeight, block.hue),
  }));
  return {
    block,
    rect,
    ground: rowsGround(block, rect),
    shapes: [
      titleShape(
        block.title,
        columns,
        title,
        subject,
        block.what === "dangling" ? "problem" : "ink",
      ),
      ...pieces.flatMap(({ piece }) => piece.shapes),
      ...brackets(block.projects, columns, first),
    ],
    rows: pieces.map(({ row, piece }) => ({ key: row.key, said: row.said, stops: piece.stops })),
    entry: title,
  };
};

type Flowed = { readonly box: Box; readonly rect: Rect };

/** Side by side, in as many lines as it takes. */
export const flow = (boxes: readonly Box[], area: { x: number; width: number }, top: number) => {
  const placed: Flowed[] = [];
  let x = area.x;
  let y = top;
  for (const each of boxes) {
    const width = listedWidth(each);
    if (x > area.x && x + width > area.x + area.width) {
      x = area.x;
      y += rowHeight;
    }
    placed.push({
      box: each,
      rect: { x, y: y + (rowHeight - thingHeight) / 2, width, height: thingHeight },
    });
    x += width + 8;
  }
  return { placed, bottom: y + rowHeight };
};

const listBlock = (
  block: Extract<Block, { kind: "list" }>,
  columns: Columns,
  y: number,
): PlacedBlock => {
  const right = columns.eth.x + columns.eth.width;
  const area = { x: columns.veth.x, width: right - columns.veth.x };
  const { placed, bottom } = flow(block.boxes, area, y + blockPadding);
  const title = y + blockPadding + rowHeight / 2;
  const rect: Rect = { ...columns.block, y, height: bottom + blockPadding - y };
  const pieces = placed.map((each) => ({
    ...each,
    names: namesPiece(each.box, { x: each.rect.x + 10, y: each.rect.y + thingHeight / 2 }, null),
  }));
  return {
    block,
    rect,
    ground: [
      box(decoration, rect, {
        layer: "block",
        radius: 8,
        fill: null,
        stroke: "line",
        dash: "dashed",
      }),
    ],
    shapes: [
      titleShape(block.title, columns, title, decoration, "ink-soft"),
      ...pieces.flatMap(({ box: of, rect: around, names }) => [
        boxFrame(of, around, null),
        ...names.shapes,
        ...portShapes(of, { x: around.x + around.width - 10, y: around.y + thingHeight / 2 }, null),
      ]),
    ],
    rows: pieces.map(({ box: of, names }) => ({
      key: of.key,
      said: `${block.title}: ${of.badges.map(({ full }) => full).join(", ")}`,
      stops: names.stops,
    })),
    entry: title,
  };
};

/** One block with its top at `y`. */
export const placeBlock = (block: Block, columns: Columns, y: number): PlacedBlock => {
  switch (block.kind) {
    case "bridge":
      return bridgeBlock(block, columns, y);
    case "rows":
      return rowsBlock(block, columns, y);
    case "list":
      return listBlock(block, columns, y);
  }
};
