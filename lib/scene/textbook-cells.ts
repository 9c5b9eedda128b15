import type { Badge, Box, Hue, Row } from "@/lib/graph/model";
import {
  badgeGap,
  badgeWidth,
  chipWidth,
  innerWidth,
  portsWidth,
  shownBadges,
  signRoom,
} from "./columns";
import { edgeLine, openGlyph } from "./lines";
import type { Point, Role, Shape, Stop } from "./model";
import { about, box, glyph, type Subject, text, widest, widthOf } from "./pen";
import {
  badgePiece,
  boxFrame,
  chipPiece,
  innerChip,
  nameShapes,
  type Piece,
  spokenName,
} from "./row-shapes";
import { wrapped } from "./wrap-text";

/**
 * One attachment as a column: the container with its interface at the bottom, the wire, and the host
 * end under it. `head` and `foot` are the heights of what stands above and below the wire.
 */
export type Cell = {
  readonly row: Row;
  readonly width: number;
  readonly head: number;
  readonly foot: number;
  readonly note: readonly string[];
};

/** Where a cell stands: its left edge, where its head ends and where its foot begins. */
export type CellPlace = {
  readonly x: number;
  readonly width: number;
  readonly head: number;
  readonly headBottom: number;
  readonly footTop: number;
};

export const wireLength = 38;
const nameLine = 18;
const portLine = 15;
const noteLine = 15;
const noteWidth = 168;
const leastWidth = 96;
const ownerMargin = 5;
const chipHeight = 20;

const nameCount = (of: Box): number => {
  const { shown, more } = shownBadges(of);
  return shown.length + (more > 0 ? 1 : 0);
};

const nameWidth = (of: Box): number => {
  const alone = of.badges.length === 1;
  const ghost = of.ghost ? 32 : 0;
  return ghost + Math.max(...shownBadges(of).shown.map((badge) => badgeWidth(badge, alone)), 0);
};

const boxWidth = ({ box: of, inner }: Row): number =>
  Math.max(
    inner === null ? 0 : innerWidth(inner.label) + 10,
    of === null ? 0 : Math.max(nameWidth(of), portsWidth(of.ports)) + 20,
  );

const boxHeight = ({ box: of, inner }: Row): number => {
  const chip = inner === null ? 4 : 26;
  return of === null
    ? chipHeight
    : 6 + nameCount(of) * nameLine + (of.ports.length > 0 ? portLine : 0) + chip;
};

const ownerWidth = ({ owner }: Row): number =>
  owner === null ? 0 : widthOf(owner.name, "name") + 20;

const footHeight = ({ host, owner }: Row, note: readonly string[]): number => {
  if (host === null) return note.length * noteLine;
  return owner === null ? chipHeight : chipHeight + 2 * ownerMargin + nameLine;
};

const isBoxed = ({ box: of, inner }: Row): boolean => of !== null || inner !== null;

/** How much room an attachment takes; never narrower than `least`. */
export const cellOf = (row: Row, least: number): Cell => {
  const note = row.note === null ? [] : wrapped(row.note, "plain", noteWidth);
  const above = row.host !== null && !isBoxed(row) ? note.length * noteLine + 4 : 0;
  return {
    row,
    note,
    width: Math.max(
      leastWidth,
      least,
      boxWidth(row),
      row.host === null ? 0 : chipWidth(row.host.label) + (row.owner === null ? 0 : 12),
      ownerWidth(row),
      widest(note, "plain"),
    ),
    head: isBoxed(row) ? boxHeight(row) : above,
    foot: footHeight(row, note),
  };
};

const middleOf = ({ x, width }: CellPlace): number => x + Math.floor(width / 2);

const nothing: Piece = { shapes: [], stops: [] };

/** A name alone is centred by its letters, since fonts differ; with a sign before it, by the room of both. */
const centredName = (
  badge: Badge,
  middle: Point,
  left: number,
  subject: Subject,
): readonly Shape[] =>
  signRoom(badge) > 0
    ? nameShapes(badge, { x: left, y: middle.y }, subject)
    : [text(subject, middle, badge.name, "name", { anchor: "middle" })];

const namePieces = (row: Row, of: Box, place: CellPlace, top: number): readonly Piece[] => {
  const middle = middleOf(place);
  const alone = of.badges.length === 1;
  return shownBadges(of).shown.map((badge, nth): Piece => {
    const y = top + nth * nameLine;
    const width = badgeWidth(badge, alone);
    const x = middle - Math.floor(width / 2);
    if (!alone) return badgePiece(badge, { x, y }, false, row.key);
    const subject = about(badge.key, row.key);
    return {
      shapes: centredName(badge, { x: middle, y }, x, subject),
      stops: [
        { key: badge.key, name: spokenName(badge), rect: { x, y: y - 8, width, height: 16 } },
      ],
    };
  });
};

const tagShapes = (row: Row, of: Box, place: CellPlace, y: number): readonly Shape[] => {
  let x = middleOf(place) - Math.floor(portsWidth(of.ports) / 2);
  return of.ports.map((port) => {
    x += 4;
    const at = { x, y };
    x += widthOf(port.text, "small") + 4;
    return text(about(of.key, row.key), at, port.text, "small", {
      fill: port.reach === "open" ? "port-open" : "ink-soft",
    });
  });
};

const boxPiece = (row: Row, of: Box, place: CellPlace): Piece => {
  const { x, width, head, headBottom } = place;
  const top = headBottom - head;
  const subject = about(of.key, row.key);
  const first = top + 6 + nameLine / 2;
  const names = namePieces(row, of, place, first);
  const { shown, more } = shownBadges(of);
  const under = first + nameCount(of) * nameLine;
  return {
    shapes: [
      boxFrame(of, { x, y: top, width, height: head }, row.key),
      ...names.flatMap(({ shapes }) => shapes),
      ...(more === 0
        ? []
        : [
            text(
              subject,
              { x: middleOf(place), y: first + shown.length * nameLine },
              `+${more}`,
              "plain",
              { fill: "ink-soft", anchor: "middle" },
            ),
          ]),
      ...(of.ghost
        ? [glyph(subject, { x: x + width - badgeGap - 6, y: first }, "ghost", 8, "ink-soft")]
        : []),
      ...tagShapes(row, of, place, under - 1),
    ],
    // From the bottom to the top, like the rest of the way.
    stops: names.flatMap(({ stops }) => stops).toReversed(),
  };
};

const innerPiece = (row: Row, place: CellPlace): Piece => {
  if (row.inner === null) return nothing;
  const width = innerWidth(row.inner.label);
  const x = middleOf(place) - Math.floor(width / 2);
  if (row.box === null) {
    return chipPiece(row.inner, { x, y: place.headBottom - chipHeight / 2 }, width, row.key);
  }
  return innerChip(row.inner, { x: x - 1, y: place.headBottom - 13 }, 0, row.key);
};

const hostPiece = (row: Row, place: CellPlace): Piece => {
  if (row.host === null) return nothing;
  const width = chipWidth(row.host.label);
  const x = middleOf(place) - Math.floor(width / 2);
  const top = place.footTop + (row.owner === null ? 0 : ownerMargin);
  const chip = chipPiece(row.host, { x, y: top + chipHeight / 2 }, width, row.key);
  if (row.owner === null) return chip;
  const subject = about(row.owner.key, row.key);
  const around = {
    x: place.x,
    y: place.footTop,
    width: place.width,
    height: footHeight(row, []),
  };
  return {
    shapes: [
      box(subject, around, { dash: "dashed", stroke: "line" }),
      text(
        subject,
        { x: middleOf(place), y: top + chipHeight + nameLine / 2 + 1 },
        row.owner.name,
        "name",
        { anchor: "middle" },
      ),
      ...chip.shapes,
    ],
    stops: [{ key: row.owner.key, name: row.owner.full, rect: around }, ...chip.stops],
  };
};

const noteShapes = ({ row, note }: Cell, place: CellPlace): readonly Shape[] => {
  const subject: Subject = { key: row.wire?.key ?? row.box?.key ?? null, within: row.key };
  const fill: Role = row.open === null ? "ink-soft" : "problem";
  const top = row.host === null ? place.footTop : place.headBottom - 4 - note.length * noteLine;
  return note.map((each, nth) =>
    text(subject, { x: middleOf(place), y: top + noteLine * (nth + 0.5) }, each, "plain", {
      fill,
      anchor: "middle",
    }),
  );
};

const wireShapes = (row: Row, place: CellPlace, hue: Hue | null): readonly Shape[] => {
  if (row.wire === null) return [];
  const x = middleOf(place);
  const from: Point = { x, y: isBoxed(row) ? place.headBottom : place.headBottom + 8 };
  const owned = row.owner === null ? 0 : ownerMargin;
  const to: Point = { x, y: row.host === null ? place.footTop - 10 : place.footTop + owned };
  const loose = row.host === null ? to : from;
  return [
    edgeLine(about(row.wire.key), row.wire, [from, to], hue),
    ...(row.open === null ? [] : [openGlyph(about(row.wire.key), loose, row.open)]),
  ];
};

/** A cell at its place: `exit` is where its line to the bridge, or to the device under it, begins. */
export const cellPiece = (
  cell: Cell,
  place: CellPlace,
  hue: Hue | null,
): Piece & { readonly exit: Point; readonly wires: readonly Shape[] } => {
  const { row } = cell;
  const head = row.box === null ? nothing : boxPiece(row, row.box, place);
  const inner = innerPiece(row, place);
  const host = hostPiece(row, place);
  const stops: readonly Stop[] = [...host.stops, ...inner.stops, ...head.stops];
  return {
    wires: wireShapes(row, place, hue),
    shapes: [...head.shapes, ...inner.shapes, ...host.shapes, ...noteShapes(cell, place)],
    stops,
    exit: {
      x: middleOf(place),
      y: row.host === null ? place.headBottom : place.footTop + footHeight(row, []),
    },
  };
};
