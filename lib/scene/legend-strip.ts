import type { LegendEntry, LegendGlyph, SignEntry } from "@/lib/graph/model";
import { openGlyph } from "./lines";
import type { Dash, Role, Shape } from "./model";
import { box, decoration, glyph, line, text, widthOf } from "./pen";

const signWidth = 30;
const entryGap = 22;
const stripLine = 22;

/** The colours of signs, as the picture has them. */
export const glyphRoles: Readonly<Record<LegendGlyph, Role>> = {
  up: "up",
  down: "down",
  unknown: "ink-soft",
  internal: "problem",
  ghost: "ink-soft",
  paused: "resting",
  restarting: "resting",
  created: "ink-soft",
  stopped: "ink-soft",
};

const sampleOf = (
  entry: Extract<LegendEntry, { kind: "line" }>,
): { width: number; stroke: Role; dash: Dash } => {
  if (entry.edge === "stacked") return { width: 1.5, stroke: "line", dash: "dash-dot" };
  if (entry.edge === "tunnelled") return { width: 1, stroke: "line", dash: "dashed" };
  if (entry.edge === "reaches") {
    return { width: 1, stroke: "line", dash: entry.proof === "exact" ? "solid" : "dotted" };
  }
  if (entry.proof === "unproven") return { width: 2, stroke: "problem", dash: "dotted" };
  return { width: 3, stroke: "hue-0", dash: entry.proof === "exact" ? "solid" : "dashed" };
};

type Entry = LegendEntry | SignEntry;

const entryWidth = (entry: Entry): number =>
  (entry.kind === "line" ? signWidth : 16) + widthOf(entry.text, "plain");

const signShape = ({ sign }: SignEntry, x: number, y: number): Shape => {
  if (sign === "problem") return glyph(decoration, { x: x + 5, y }, sign, 12, "problem");
  return sign === "unread"
    ? box(
        decoration,
        { x, y: y - 5, width: 11, height: 10 },
        { radius: 2, stroke: "line", dash: "dotted", hatched: true },
      )
    : openGlyph(decoration, { x: x + 5, y }, sign);
};

const entryShapes = (entry: Entry, x: number, y: number): readonly Shape[] =>
  entry.kind === "line"
    ? [
        line(
          decoration,
          [
            { x, y },
            { x: x + signWidth - 8, y },
          ],
          sampleOf(entry),
        ),
        text(decoration, { x: x + signWidth, y }, entry.text, "plain", { fill: "ink-soft" }),
      ]
    : [
        entry.kind === "sign"
          ? signShape(entry, x, y)
          : glyph(decoration, { x: x + 5, y }, entry.glyph, 9, glyphRoles[entry.glyph]),
        text(decoration, { x: x + 16, y }, entry.text, "plain", { fill: "ink-soft" }),
      ];

/** The legend in lines of at most `width`, its upper left corner at 0, 0. */
export const legendStrip = (
  entries: readonly Entry[],
  width: number,
): { readonly shapes: readonly Shape[]; readonly height: number } => {
  const shapes: Shape[] = [];
  let x = 0;
  let y = stripLine / 2;
  for (const entry of entries) {
    const wide = entryWidth(entry);
    if (x > 0 && x + wide > width) {
      x = 0;
      y += stripLine;
    }
    shapes.push(...entryShapes(entry, x, y));
    x += wide + entryGap;
  }
  return { shapes, height: entries.length === 0 ? 0 : y + stripLine / 2 };
};
