import type { Block } from "@/lib/graph/model";
import { flow } from "./block-shapes";
import { listedWidth, thingHeight } from "./columns";
import type { PlacedPart, Point, Rect, SceneRow } from "./model";
import { box, decoration, text, widthOf } from "./pen";
import { boxFrame, namesPiece, portShapes } from "./row-shapes";

type ListBlock = Extract<Block, { kind: "list" }>;
type PlacedList = PlacedPart & {
  readonly rows: readonly SceneRow[];
};

const padding = 10;
const titleHeight = 22;
const gap = 12;

/** The least width of lists: that of their widest box or title. */
export const listsWidth = (lists: readonly ListBlock[]): number =>
  lists.reduce(
    (most, { title, boxes }) => Math.max(most, widthOf(title, "title"), ...boxes.map(listedWidth)),
    0,
  ) +
  2 * padding;

const placeList = (block: ListBlock, { x, y }: Point, width: number): PlacedList => {
  const area = { x: x + padding, width: width - 2 * padding };
  const { placed, bottom } = flow(block.boxes, area, y + padding + titleHeight - 4);
  const rect: Rect = { x, y, width, height: bottom + padding - 3 - y };
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
      text(decoration, { x: area.x, y: y + padding + 6 }, block.title, "title", {
        fill: "ink-soft",
      }),
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
  };
};

/** As wide as it takes to show all of its boxes beside each other, and no wider than `most`. */
const naturalWidth = ({ title, boxes }: ListBlock, most: number): number =>
  Math.min(
    most,
    2 * padding +
      Math.max(
        widthOf(title, "title"),
        boxes.reduce((sum, each) => sum + listedWidth(each) + 8, -8),
      ),
  );

/** What is on no wire: lists beside each other, in as many lines as it takes. */
export const placeLists = (
  lists: readonly ListBlock[],
  at: Point,
  width: number,
): readonly PlacedList[] => {
  const placed: PlacedList[] = [];
  let { x, y } = at;
  let bottom = at.y;
  for (const list of lists) {
    const wide = naturalWidth(list, width);
    if (x > at.x && x + wide > at.x + width) {
      x = at.x;
      y = bottom + gap;
    }
    const next = placeList(list, { x, y }, wide);
    placed.push(next);
    x += wide + gap;
    bottom = Math.max(bottom, next.rect.y + next.rect.height);
  }
  return placed;
};
