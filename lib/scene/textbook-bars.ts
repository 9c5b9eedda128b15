import type { Block, BridgeNode } from "@/lib/graph/model";
import { bridgeShapes, bridgeText } from "./block-shapes";
import { lineShapes, lineWidth } from "./bridge-lines";
import { hueRole, stateGlyph } from "./lines";
import type { Rect, Role, Shape } from "./model";
import { about, box, decoration, glyph, text, widthOf } from "./pen";

type WiredBlock = Extract<Block, { kind: "bridge" | "rows" }>;

const barHeight = 30;
const titleHeight = 24;
const titleIndent = 16;

/** Label and lines of a bridge beside each other. */
const barWidth = ({ label, lines, internal }: BridgeNode): number =>
  40 +
  widthOf(label, "bridge") +
  (internal ? 18 : 0) +
  lines.reduce((sum, each) => sum + 16 + lineWidth(each), 0);

const narrowBarWidth = ({ label, lines, internal }: BridgeNode): number =>
  26 + Math.max(widthOf(label, "bridge") + 16, ...lines.map(lineWidth)) + (internal ? 16 : 0);

type Base = { readonly width: number; readonly height: number };

/** The bar under the veths; under what touches no bridge, its title. */
export const baseOf = (block: WiredBlock, room: number): Base => {
  if (block.kind === "rows") {
    return { width: widthOf(block.title, "title") + titleIndent, height: titleHeight };
  }
  const wide = barWidth(block.bridge);
  return wide <= room
    ? { width: wide, height: barHeight }
    : { width: narrowBarWidth(block.bridge), height: bridgeText(block.bridge) };
};

const wideBar = (bridge: BridgeNode, rect: Rect, role: Role): readonly Shape[] => {
  const subject = about(bridge.key);
  const y = rect.y + rect.height / 2;
  let x = rect.x + Math.floor((rect.width - barWidth(bridge)) / 2) + 12;
  const seen = bridge.link !== null;
  const head = text(subject, { x: x + (seen ? 14 : 0), y }, bridge.label, "bridge");
  const sign = seen ? [stateGlyph(subject, { x: x + 4, y }, bridge.state)] : [];
  x += 14 + head.width;
  const lock = bridge.internal ? [glyph(subject, { x: x + 17, y }, "internal", 10, "problem")] : [];
  x += bridge.internal ? 18 : 0;
  return [
    box(subject, rect, {
      radius: 7,
      stroke: role,
      strokeWidth: 1.5,
      dash: seen ? "solid" : "dashed",
    }),
    ...sign,
    head,
    ...lock,
    ...bridge.lines.flatMap((each) => {
      x += 16;
      const shapes = lineShapes(bridge, each, { x, y });
      x += lineWidth(each);
      return shapes;
    }),
  ];
};

const titleShapes = (
  block: Extract<WiredBlock, { kind: "rows" }>,
  rect: Rect,
  y: number,
): readonly Shape[] => [
  text(
    block.key === null ? decoration : about(block.key),
    { x: rect.x + titleIndent, y },
    block.title,
    "title",
    { fill: block.what === "dangling" ? "problem" : "ink" },
  ),
];

/** At the foot of a block: its bridge as a bar, or its title. */
export const baseShapes = (block: WiredBlock, bar: Rect): readonly Shape[] => {
  if (block.kind === "rows") return titleShapes(block, bar, bar.y + bar.height / 2);
  const shapes = bar.height === barHeight ? wideBar : bridgeShapes;
  return shapes(block.bridge, bar, hueRole(block.hue));
};
