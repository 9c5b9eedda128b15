import type { Graph, Uplink } from "@/lib/graph/model";
import { chipWidth } from "./columns";
import { edgeLine } from "./lines";
import type { Point, Shape, Stop } from "./model";
import { about, glyph, text, widest } from "./pen";
import { chipPiece, type Piece } from "./row-shapes";

/**
 * A way out at its place. `beside`: it is one of several in a row, and lines come to the middle of its upper edge, `x`.
 * under: they stand under each other, and lines come from the left.
 */
export type StandingUplink = {
  readonly uplink: Uplink;
  readonly left: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly stand: "beside" | "under";
};

const gap = 34;
const addressHeight = 15;
const lineGap = 22;
// Left of uplinks under each other, from them outwards: what is stacked on one of them, what leads
// outside, and what comes down from the bars.
const leanLane = 9;
const outLane = 18;
const wayLane = 30;
const laneGap = 6;
const laneRoom = 60;

const widthOfUplink = ({ chip, addresses }: Uplink): number =>
  chipWidth(chip.label) + (addresses.length === 0 ? 0 : 10 + widest(addresses, "small"));

const heightOfUplink = ({ addresses }: Uplink): number =>
  Math.max(20, addresses.length * addressHeight);

type Stand = {
  readonly standing: readonly StandingUplink[];
  readonly width: number;
  readonly height: number;
};

const beside = (uplinks: readonly Uplink[]): Stand => {
  const height = Math.max(20, ...uplinks.map(heightOfUplink));
  const y = Math.floor(height / 2);
  let at = 0;
  const standing = uplinks.map((uplink): StandingUplink => {
    const left = at;
    at += widthOfUplink(uplink) + gap;
    const x = left + Math.floor(chipWidth(uplink.chip.label) / 2);
    return { uplink, left, x, y, height, stand: "beside" };
  });
  return { standing, width: Math.max(0, at - gap), height };
};

const under = (uplinks: readonly Uplink[]): Stand => {
  let top = 0;
  const standing = uplinks.map((uplink): StandingUplink => {
    const height = heightOfUplink(uplink);
    const y = top + Math.floor(height / 2);
    top += height + lineGap;
    return { uplink, left: laneRoom, x: laneRoom - outLane, y, height, stand: "under" };
  });
  const width = laneRoom + Math.max(...uplinks.map(widthOfUplink));
  return { standing, width, height: top - lineGap };
};

/** Side by side where there is room, else under each other; its upper left corner at 0, 0. */
export const standUplinks = (uplinks: readonly Uplink[], most: number): Stand => {
  const row = beside(uplinks);
  return row.width <= most ? row : under(uplinks);
};

const laneOf = ({ left }: StandingUplink, nth: number): number =>
  left - wayLane - Math.min(nth, 3) * laneGap;

/** Where lines from the bars come down to the `nth` of the uplinks. */
export const gateX = (uplink: StandingUplink, nth: number): number =>
  uplink.stand === "beside" ? uplink.x : laneOf(uplink, nth);

/** The last stretch of a line that comes down to an uplink, from the height `from` on; what is stacked on it keeps apart. */
export const entryPoints = (
  to: StandingUplink,
  nth: number,
  from: number,
  stacked: boolean,
): readonly Point[] => {
  const x = gateX(to, nth) - (stacked ? 9 : 0);
  if (to.stand === "beside") {
    return [
      { x, y: from },
      { x, y: to.y - 10 },
    ];
  }
  const y = to.y - (stacked ? 3 : 7);
  return [
    { x, y: from },
    { x, y },
    { x: to.left, y },
  ];
};

export const moveUplinks = (
  standing: readonly StandingUplink[],
  { x, y }: Point,
): readonly StandingUplink[] =>
  standing.map((each) => ({ ...each, left: each.left + x, x: each.x + x, y: each.y + y }));

export const standingPiece = ({ uplink, left, y }: StandingUplink): Piece => {
  const { chip, addresses } = uplink;
  const width = chipWidth(chip.label);
  const piece = chipPiece(chip, { x: left, y }, width, null);
  const first = y - ((addresses.length - 1) * addressHeight) / 2;
  return {
    stops: piece.stops,
    shapes: [
      ...piece.shapes,
      ...addresses.map((address, nth) =>
        text(
          about(chip.key),
          { x: left + width + 10, y: first + nth * addressHeight },
          address,
          "small",
          { fill: "ink-soft" },
        ),
      ),
    ],
  };
};

const leanPoints = (upper: StandingUplink, lower: StandingUplink): readonly Point[] => {
  if (upper.stand === "under") {
    const x = upper.left - leanLane;
    return [
      { x: lower.left, y: lower.y },
      { x, y: lower.y },
      { x, y: upper.y },
      { x: upper.left, y: upper.y },
    ];
  }
  // Over the addresses beside both.
  const above = lower.y - Math.max(17, Math.ceil(lower.height / 2) + 6);
  return [
    { x: lower.x + 14, y: lower.y - 10 },
    { x: lower.x + 14, y: above },
    { x: upper.x, y: above },
    { x: upper.x, y: upper.y - 10 },
  ];
};

/** What is stacked on another device leans on it: from above, or where they stand under each other, at their left. */
export const leaningShapes = (standing: readonly StandingUplink[]): readonly Shape[] =>
  standing.flatMap((upper) => {
    const { over } = upper.uplink;
    const lower = standing.find((each) => each.uplink.chip.key === over?.uplink);
    if (over === null || lower === undefined) return [];
    return [edgeLine(about(over.edge.key), over.edge, leanPoints(upper, lower), null)];
  });

const outPoints = ({ stand, left, x, y }: StandingUplink, at: Point): readonly Point[] => {
  if (stand === "under") {
    return [
      { x: left, y: y + 6 },
      { x, y: y + 6 },
      { x, y: at.y - 12 },
    ];
  }
  return x === at.x
    ? [
        { x, y: y + 10 },
        { x, y: at.y - 12 },
      ]
    : [
        { x, y: y + 10 },
        { x, y: at.y },
        { x: at.x + (x > at.x ? 20 : -20), y: at.y },
      ];
};

/** The cloud under the host, with its name, and the lines that lead down to it. */
export const belowPiece = (
  { outside }: Graph,
  standing: readonly StandingUplink[],
  at: Point,
): { readonly shapes: readonly Shape[]; readonly stop: Stop } => {
  const subject = about(outside.key);
  return {
    shapes: [
      ...standing.flatMap((each) => {
        const { out } = each.uplink;
        return out === null ? [] : [edgeLine(about(out.key), out, outPoints(each, at), null)];
      }),
      glyph(subject, at, "cloud", 38, "line"),
      text(subject, { x: at.x, y: at.y + 28 }, outside.label, "plain", {
        fill: "ink-soft",
        anchor: "middle",
      }),
    ],
    stop: {
      key: outside.key,
      name: outside.label,
      rect: { x: at.x - 22, y: at.y - 18, width: 44, height: 34 },
    },
  };
};
