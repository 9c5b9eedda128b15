import type { BridgeLine, BridgeNode } from "@/lib/graph/model";
import type { Point, Rect, Shape, Stop } from "./model";
import { about, box, text, widthOf } from "./pen";

const pillPadding = 6;
const pillHeight = 15;

const wordsWidth = ({ text: words, font }: BridgeLine): number =>
  widthOf(words, font === "mono" ? "small" : "plain");

/** What is said of a bridge, in px; the name of its namespace stands in a frame of its own. */
export const lineWidth = (line: BridgeLine): number =>
  wordsWidth(line) + (line.of === undefined ? 0 : 2 * pillPadding);

const pill = (line: BridgeLine, { x, y }: Point): Rect => ({
  x,
  y: y - pillHeight / 2,
  width: lineWidth(line),
  height: pillHeight,
});

/** From `at` (left, middle) on. A namespace can be pointed at by itself. */
export const lineShapes = (
  { key }: BridgeNode,
  line: BridgeLine,
  { x, y }: Point,
): readonly Shape[] => {
  const face = line.font === "mono" ? "small" : "plain";
  if (line.of === undefined)
    return [text(about(key), { x, y }, line.text, face, { fill: "ink-soft" })];
  const subject = about(line.of.key);
  return [
    box(subject, pill(line, { x, y }), {
      layer: "inset",
      radius: pillHeight / 2,
      fill: "block",
      stroke: "border",
    }),
    text(subject, { x: x + pillPadding, y }, line.text, face, { fill: "ink-soft" }),
  ];
};

/** The namespaces among what was drawn of a bridge, for the keyboard. */
export const lineStops = ({ lines }: BridgeNode, shapes: readonly Shape[]): readonly Stop[] =>
  lines.flatMap(({ of }): readonly Stop[] => {
    const frame = shapes.find((shape) => shape.kind === "box" && shape.key === of?.key);
    return of === undefined || frame?.kind !== "box"
      ? []
      : [
          {
            key: of.key,
            name: of.full,
            rect: { x: frame.x, y: frame.y, width: frame.width, height: frame.height },
          },
        ];
  });
