import type { Badge, Box, Chip, Hue, Row } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";
import {
  badgeGap,
  badgeWidth,
  type Columns,
  chipWidth,
  innerWidth,
  noteRoom,
  portsWidth,
  shownBadges,
  signRoom,
  thingHeight,
} from "./columns";
import { edgeLine, openGlyph, restSign, stateGlyph } from "./lines";
import type { Point, Rect, Role, Shape, Stop } from "./model";
import { about, box, glyph, type Subject, text, widthOf } from "./pen";

/** What was drawn, and what of it the keyboard can reach. */
export type Piece = { readonly shapes: readonly Shape[]; readonly stops: readonly Stop[] };
const nothing: Piece = { shapes: [], stops: [] };
const together = (pieces: readonly Piece[]): Piece => ({
  shapes: pieces.flatMap(({ shapes }) => shapes),
  stops: pieces.flatMap(({ stops }) => stops),
});

/** An interface with its state. `left`, `y`: its left edge and its middle. */
export const chipPiece = (chip: Chip, left: Point, width: number, within: Key | null): Piece => {
  const subject = about(chip.key, within);
  const rect: Rect = { x: left.x, y: left.y - thingHeight / 2, width, height: thingHeight };
  return {
    shapes: [
      box(subject, rect, {}),
      stateGlyph(subject, { x: left.x + 12, y: left.y }, chip.state),
      text(subject, { x: left.x + 21, y: left.y }, chip.label, "token"),
    ],
    stops: [{ key: chip.key, name: chip.label, rect }],
  };
};

export const badgeInk = ({ state }: Badge): Role =>
  state === "stopped" || state === "created" ? "ink-soft" : "ink";

/** What it is called where its sign is not seen. */
export const spokenName = ({ full, state, word }: Badge): string =>
  restSign(state) === null || word === null ? full : `${full} (${word})`;

/** A name with the sign of its state before it, from `at` (left, middle) on. */
export const nameShapes = (badge: Badge, at: Point, subject: Subject): readonly Shape[] => {
  const sign = restSign(badge.state);
  return [
    ...(sign === null ? [] : [glyph(subject, { x: at.x + 4.5, y: at.y }, sign[0], 9, sign[1])]),
    text(subject, { x: at.x + signRoom(badge), y: at.y }, badge.name, "name", {
      fill: badgeInk(badge),
    }),
  ];
};

export const badgePiece = (badge: Badge, at: Point, alone: boolean, within: Key | null): Piece => {
  const subject = about(badge.key, within);
  const width = badgeWidth(badge, alone);
  const rect: Rect = { x: at.x, y: at.y - 8, width, height: 16 };
  const frame = alone
    ? []
    : [box(subject, rect, { layer: "inset", radius: 8, fill: "block", stroke: "border" })];
  return {
    shapes: [
      ...frame,
      ...nameShapes(badge, { x: at.x + (alone ? 0 : badgeGap), y: at.y }, subject),
    ],
    stops: [{ key: badge.key, name: spokenName(badge), rect }],
  };
};

/** Names of whoever lives in a namespace, from `at` (left, middle) on. */
export const namesPiece = (of: Box, at: Point, within: Key | null): Piece => {
  const { shown, more } = shownBadges(of);
  const alone = of.badges.length === 1;
  const pieces: Piece[] = [];
  let x = at.x;
  for (const badge of shown) {
    pieces.push(badgePiece(badge, { x, y: at.y }, alone, within));
    x += badgeWidth(badge, alone) + badgeGap;
  }
  const subject = about(of.key, within);
  if (more > 0) {
    pieces.push({
      shapes: [text(subject, { x, y: at.y }, `+${more}`, "plain", { fill: "ink-soft" })],
      stops: [],
    });
    x += widthOf(`+${more}`, "plain") + badgeGap;
  }
  if (of.ghost) {
    pieces.push({
      shapes: [glyph(subject, { x: x + 4, y: at.y }, "ghost", 8, "ink-soft")],
      stops: [],
    });
  }
  return together(pieces);
};

/** Port tags that end at `right`. */
export const portShapes = (of: Box, right: Point, within: Key | null): readonly Shape[] => {
  const subject = about(of.key, within);
  let x = right.x - portsWidth(of.ports);
  return of.ports.map((port) => {
    x += 8;
    const at = { x, y: right.y };
    x += widthOf(port.text, "small");
    return text(subject, at, port.text, "small", {
      fill: port.reach === "open" ? "port-open" : "ink-soft",
    });
  });
};

const boxDash = ({ kind, ghost, unread }: Box) =>
  unread ? "dotted" : ghost || kind === "namespace" ? "dashed" : "solid";

export const boxFrame = (of: Box, rect: Rect, within: Key | null): Shape =>
  box(about(of.key, within), rect, {
    dash: boxDash(of),
    hatched: of.unread,
    stroke: of.ghost || of.unread || of.kind === "namespace" ? "line" : "border",
  });

const innerPiece = (row: Row, columns: Columns, y: number): Piece => {
  if (row.box === null && row.inner === null) return nothing;
  const { x, width } = columns.eth;
  const rect: Rect = { x, y: y - 11, width, height: 22 };
  const chip = row.inner;
  const label = chip === null ? nothing : innerChip(chip, { x, y }, columns.inner, row.key);
  if (row.box === null) return label;
  const names = namesPiece(row.box, { x: x + columns.inner + 10, y }, row.key);
  return {
    shapes: [
      boxFrame(row.box, rect, row.key),
      ...label.shapes,
      ...names.shapes,
      ...portShapes(row.box, { x: x + width - 10, y }, row.key),
    ],
    stops: [...label.stops, ...names.stops],
  };
};

/** The container's end, drawn into the container's box. */
export const innerChip = (chip: Chip, at: Point, room: number, within: Key): Piece => {
  const width = innerWidth(chip.label);
  const piece = chipPiece(chip, at, width, within);
  const rect: Rect = { x: at.x + 2, y: at.y - 9, width: Math.max(width, room) - 2, height: 18 };
  const [, ...signs] = piece.shapes;
  return {
    shapes: [
      box(about(chip.key, within), rect, {
        layer: "inset",
        fill: "block",
        stroke: null,
        radius: 4,
      }),
      ...signs,
    ],
    stops: [{ key: chip.key, name: chip.label, rect }],
  };
};

const ownerPiece = (row: Row, columns: Columns, y: number): Piece => {
  if (row.owner === null) return nothing;
  const right = columns.veth.x + (row.host === null ? 0 : chipWidth(row.host.label)) + 2;
  const width = widthOf(row.owner.name, "name") + 20;
  const x = columns.veth.x - width;
  const subject = about(row.owner.key, row.key);
  const rect: Rect = { x, y: y - 12, width: right - x, height: 24 };
  return {
    shapes: [
      box(subject, rect, { dash: "dashed", stroke: "line" }),
      text(subject, { x: x + 10, y }, row.owner.name, "name"),
    ],
    stops: [{ key: row.owner.key, name: row.owner.full, rect }],
  };
};

const wireShapes = (row: Row, columns: Columns, y: number, hue: Hue | null): readonly Shape[] => {
  const { wire, host, inner } = row;
  if (wire === null) return [];
  const from = host === null ? columns.eth.x - noteRoom : columns.veth.x + chipWidth(host.label);
  const to = inner === null ? columns.eth.x - 14 : columns.eth.x;
  const loose = { x: host === null ? from + 2 : to, y };
  return [
    ...(row.open === null ? [] : [openGlyph(about(wire.key), loose, row.open)]),
    edgeLine(
      about(wire.key),
      wire,
      [
        { x: from, y },
        { x: to, y },
      ],
      hue,
    ),
  ];
};

const noteShapes = (row: Row, columns: Columns, y: number): readonly Shape[] => {
  if (row.note === null) return [];
  const subject: Subject = { key: row.wire?.key ?? row.box?.key ?? null, within: row.key };
  const fill: Role = row.open === null ? "ink-soft" : "problem";
  return row.host === null
    ? [
        text(subject, { x: columns.eth.x - noteRoom - 11, y }, row.note, "plain", {
          fill,
          anchor: "end",
        }),
      ]
    : [text(subject, { x: columns.eth.x, y }, row.note, "plain", { fill })];
};

const portLine = (row: Row, columns: Columns, y: number, hue: Hue | null): readonly Shape[] => {
  if (row.port === null) return [];
  const subject = about(row.port.key);
  if (row.port.means === "stacked") {
    return [
      edgeLine(
        subject,
        row.port,
        [
          { x: columns.block.x + 5, y },
          { x: columns.eth.x, y },
        ],
        hue,
      ),
    ];
  }
  const from = columns.bridge.x + columns.bridge.width;
  return [
    edgeLine(
      subject,
      row.port,
      [
        { x: from, y },
        { x: columns.veth.x, y },
      ],
      hue,
    ),
  ];
};

/** One attachment, left to right, with its middle at `y`. */
export const rowPiece = (row: Row, columns: Columns, y: number, hue: Hue | null): Piece => {
  const host =
    row.host === null
      ? nothing
      : chipPiece(row.host, { x: columns.veth.x, y }, chipWidth(row.host.label), row.key);
  const owner = ownerPiece(row, columns, y);
  const inner = innerPiece(row, columns, y);
  return {
    shapes: [
      ...portLine(row, columns, y, hue),
      ...wireShapes(row, columns, y, hue),
      ...owner.shapes,
      ...host.shapes,
      ...inner.shapes,
      ...noteShapes(row, columns, y),
    ],
    stops: [...owner.stops, ...host.stops, ...inner.stops],
  };
};
