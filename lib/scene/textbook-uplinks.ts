import type { Graph, Uplink } from "@/lib/graph/model";
import { chipWidth } from "./columns";
import { edgeLine } from "./lines";
import type { Point, Shape, Stop } from "./model";
import { about, glyph, text, widest } from "./pen";
import { chipPiece, type Piece } from "./row-shapes";

/** A way out at its place: `x` is the middle of its interface, where lines come in and go out. */
export type StandingUplink = {
  readonly uplink: Uplink;
  readonly left: number;
  readonly x: number;
  readonly y: number;
};

const gap = 34;
const addressHeight = 15;
const lineGap = 22;

const widthOfUplink = ({ chip, addresses }: Uplink): number =>
  chipWidth(chip.label) + (addresses.length === 0 ? 0 : 10 + widest(addresses, "small"));

const heightOfUplink = ({ addresses }: Uplink): number =>
  Math.max(20, addresses.length * addressHeight);

type Line = {
  readonly uplinks: readonly Uplink[];
  readonly width: number;
  readonly height: number;
};

const linesOf = (uplinks: readonly Uplink[], most: number): readonly Line[] => {
  const lines: { uplinks: Uplink[]; width: number; height: number }[] = [];
  for (const uplink of uplinks) {
    const width = widthOfUplink(uplink);
    const last = lines.at(-1);
    if (last === undefined || last.width + gap + width > most) {
      lines.push({ uplinks: [uplink], width, height: heightOfUplink(uplink) });
    } else {
      last.uplinks.push(uplink);
      last.width += gap + width;
      last.height = Math.max(last.height, heightOfUplink(uplink));
    }
  }
  return lines;
};

/** Side by side, in as many lines as it takes, with its upper left corner at 0, 0. */
export const standUplinks = (
  uplinks: readonly Uplink[],
  most: number,
): {
  readonly standing: readonly StandingUplink[];
  readonly width: number;
  readonly height: number;
} => {
  const lines = linesOf(uplinks, most);
  let y = 0;
  const standing = lines.flatMap((line) => {
    let left = 0;
    const middle = y + Math.floor(line.height / 2);
    y += line.height + lineGap;
    return line.uplinks.map((uplink) => {
      const at = left;
      left += widthOfUplink(uplink) + gap;
      const x = at + Math.floor(chipWidth(uplink.chip.label) / 2);
      return { uplink, left: at, x, y: middle };
    });
  });
  return {
    standing,
    width: Math.max(0, ...lines.map(({ width }) => width)),
    height: Math.max(20, y - lineGap),
  };
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

/** What is stacked on another device leans on it from above. */
export const leaningShapes = (standing: readonly StandingUplink[]): readonly Shape[] =>
  standing.flatMap(({ uplink, x, y }) => {
    const lower = standing.find((each) => each.uplink.chip.key === uplink.over?.uplink);
    if (uplink.over === null || lower === undefined) return [];
    const above = Math.min(y, lower.y) - 17;
    const points = [
      { x: lower.x + 14, y: lower.y - 10 },
      { x: lower.x + 14, y: above },
      { x, y: above },
      { x, y: y - 10 },
    ];
    return [edgeLine(about(uplink.over.edge.key), uplink.over.edge, points, null)];
  });

/** The cloud under the host, with its name, and the lines that lead down to it. */
export const belowPiece = (
  { outside }: Graph,
  standing: readonly StandingUplink[],
  at: Point,
): { readonly shapes: readonly Shape[]; readonly stop: Stop } => {
  const subject = about(outside.key);
  return {
    shapes: [
      ...standing.flatMap(({ uplink, x, y }) => {
        if (uplink.out === null) return [];
        const points =
          x === at.x
            ? [
                { x, y: y + 10 },
                { x, y: at.y - 12 },
              ]
            : [
                { x, y: y + 10 },
                { x, y: at.y },
                { x: at.x + (x > at.x ? 20 : -20), y: at.y },
              ];
        return [edgeLine(about(uplink.out.key), uplink.out, points, null)];
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
