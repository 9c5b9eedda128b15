import type { Block, Hue } from "@/lib/graph/model";
import { hueBars } from "./block-shapes";
import { lineStops } from "./bridge-lines";
import { edgeLine, hueRole } from "./lines";
import type { PlacedPart, Point, Rect, SceneRow, Shape } from "./model";
import { about, box, decoration, widthOf } from "./pen";
import { baseOf, baseShapes } from "./textbook-bars";
import { cellOf, cellPiece, wireLength } from "./textbook-cells";
import { bracketShapes, type Course, cellGap, coursesOf } from "./textbook-courses";

type WiredBlock = Extract<Block, { kind: "bridge" | "rows" }>;

/** A block, measured: as wide and high as what is in it. */
export type Measured = {
  readonly block: WiredBlock;
  readonly courses: readonly Course[];
  readonly width: number;
  readonly height: number;
  /** Left of the cells runs the line that upper courses, and what is stacked, come down by. */
  readonly spine: boolean;
  readonly base: number;
};

/** A block at its place. */
export type PlacedColumns = PlacedPart & {
  readonly block: WiredBlock;
  readonly rows: readonly SceneRow[];
  /** Where lines from it to an uplink begin. */
  readonly exit: Point;
};

const padding = 12;
const spineRoom = 16;
const courseGap = 30;
const bracketRoom = 24;
const toBase = 18;

/** How much room a block takes where at most `most` px are to be had beside each other. */
export const measured = (block: WiredBlock, most: number): Measured => {
  const named = block.projects.reduce((top, { name }) => Math.max(top, widthOf(name, "plain")), 0);
  const cells = block.rows.map((row) => cellOf(row, named));
  const courses = coursesOf(cells, most - 2 * padding - spineRoom);
  const spine = courses.length > 1 || (block.kind === "rows" && block.what === "stacked");
  const inner = Math.max(0, ...courses.map(({ width }) => width)) + (spine ? spineRoom : 0);
  const base = baseOf(block, inner);
  const bracket = block.projects.length > 0 ? bracketRoom : 0;
  const body = courses.reduce(
    (sum, { head, foot }) => sum + bracket + head + wireLength + foot,
    Math.max(0, courses.length - 1) * courseGap,
  );
  return {
    block,
    courses,
    spine,
    base: base.height,
    width: Math.max(inner, base.width) + 2 * padding,
    height: 2 * padding + body + (courses.length > 0 ? toBase : 0) + base.height,
  };
};

type Drawn = {
  readonly lines: readonly Shape[];
  readonly shapes: readonly Shape[];
  readonly rows: readonly SceneRow[];
};

type Ground = { readonly rect: Rect; readonly hue: Hue | null; readonly base: Point };

/** From a cell to the bar: straight down from the last course, down by the spine from those above it. */
const portPoints = (
  from: Point,
  { rect, base }: Ground,
  straight: boolean,
  bottom: number,
): readonly Point[] => {
  if (straight) return [from, { x: from.x, y: base.y }];
  const spine = rect.x + padding + 4;
  const bus = bottom + 9;
  return [from, { x: from.x, y: bus }, { x: spine, y: bus }, { x: spine, y: base.y }];
};

const courseShapes = (
  measure: Measured,
  course: Course,
  ground: Ground,
  top: number,
  last: boolean,
): Drawn => {
  const { block, spine } = measure;
  const bracket = block.projects.length > 0 ? bracketRoom : 0;
  const headBottom = top + bracket + course.head;
  const bottom = headBottom + wireLength + course.foot;
  const room = ground.rect.width - 2 * padding - (spine ? spineRoom : 0);
  let x =
    ground.rect.x +
    padding +
    (spine ? spineRoom : 0) +
    (measure.courses.length > 1 ? 0 : Math.floor((room - course.width) / 2));
  const lefts: number[] = [];
  const stacks = block.kind === "rows" && block.what === "stacked";
  const pieces = course.cells.map((cell) => {
    const piece = cellPiece(
      cell,
      {
        x,
        width: cell.width,
        // Containers of one course are equally high; a note is as high as it is.
        head: cell.row.box === null ? cell.head : course.head,
        headBottom,
        footTop: headBottom + wireLength,
      },
      ground.hue,
    );
    lefts.push(x);
    x += cell.width + cellGap;
    return { row: cell.row, ...piece };
  });
  return {
    lines: pieces.flatMap(({ row, exit, wires }) => [
      ...(row.port === null
        ? []
        : [
            edgeLine(
              about(row.port.key),
              row.port,
              portPoints(exit, ground, last && !stacks, stacks ? headBottom + 8 : bottom),
              ground.hue,
            ),
          ]),
      ...wires,
    ]),
    shapes: [
      ...pieces.flatMap(({ shapes }) => shapes),
      ...bracketShapes(block.projects, course, lefts, top),
    ],
    rows: pieces.map(({ row, stops }) => ({ key: row.key, said: row.said, stops })),
  };
};

const groundShapes = (block: WiredBlock, rect: Rect): readonly Shape[] => {
  const trouble = block.kind === "rows" && block.what === "dangling";
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

/** Where lines from the cells end: at the bar; under what is stacked, at the device below, or where that is not drawn, at the title. */
const baseY = (block: WiredBlock, bar: Rect, bottom: number): number => {
  if (block.kind === "bridge") return bar.y;
  return block.ways.length > 0 ? bottom : bar.y + bar.height / 2;
};

/** Courses from the top, the bar or the title at the bottom; `x`, `y`: its upper left corner. */
export const placeColumns = (measure: Measured, { x, y }: Point): PlacedColumns => {
  const { block, courses, width, height, base } = measure;
  const rect: Rect = { x, y, width, height };
  const bar: Rect = {
    x: x + padding,
    y: y + height - padding - base,
    width: width - 2 * padding,
    height: base,
  };
  const bridge = block.kind === "bridge" ? block.bridge : null;
  const bottom = y + height;
  const ground: Ground = {
    rect,
    hue: block.hue,
    base: { x: bar.x, y: baseY(block, bar, bottom) },
  };
  let top = y + padding;
  const drawn = courses.map((course, nth) => {
    const piece = courseShapes(measure, course, ground, top, nth === courses.length - 1);
    const bracket = block.projects.length > 0 ? bracketRoom : 0;
    top += bracket + course.head + wireLength + course.foot + courseGap;
    return piece;
  });
  const baseDrawn = baseShapes(block, bar);
  const stop =
    bridge === null
      ? []
      : [{ key: bridge.key, name: bridge.label, rect: bar }, ...lineStops(bridge, baseDrawn)];
  const rows = drawn.flatMap((each) => each.rows);
  return {
    block,
    rect,
    ground: groundShapes(block, rect),
    shapes: [
      ...drawn.flatMap(({ lines }) => lines),
      ...baseDrawn,
      ...drawn.flatMap((each) => each.shapes),
    ],
    rows:
      rows.length === 0 && bridge !== null
        ? [{ key: bridge.key, said: bridge.label, stops: stop }]
        : rows.map((row) => ({ ...row, stops: [...stop, ...row.stops] })),
    exit: {
      x: bridge === null ? x + padding + 4 : bar.x + Math.floor(bar.width / 2),
      y: bridge === null ? bottom : bar.y + bar.height,
    },
  };
};
