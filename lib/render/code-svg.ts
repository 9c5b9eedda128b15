import type { Point } from "@/lib/scene/model";
import { decoration, text } from "@/lib/scene/pen";
import { shapeSvg } from "./svg-shapes";
import type { Theme } from "./theme";
import { element } from "./xml";

/** A QR code as its rows of modules (true: dark), with the quiet border that scanners want. */
export type Code = {
  readonly modules: readonly (readonly boolean[])[];
  /** What it leads to, beside it. */
  readonly caption: string;
};

/** px; a telephone reads smaller ones only from paper. */
const moduleSide = 3;

export const codeSide = ({ modules }: Code): number => modules.length * moduleSide;

/** Dark modules side by side are one bar. */
const barsOf = (row: readonly boolean[], y: number): string =>
  [
    ...row
      .map((dark) => (dark ? "1" : "0"))
      .join("")
      .matchAll(/1+/g),
  ]
    .map(({ index, 0: { length } }) => `M${index} ${y}h${length}v1h-${length}z`)
    .join("");

/** Black on white in either theme: many scanners read no other. */
export const codeSvg = (code: Code, { x, y }: Point, theme: Theme): string => {
  const side = codeSide(code);
  const beside = { x: x + side + 16, y: y + side / 2 };
  return [
    element("rect", { x, y, width: side, height: side, fill: "#ffffff" }),
    element("path", {
      d: code.modules.map(barsOf).join(""),
      fill: "#000000",
      transform: `translate(${x} ${y}) scale(${moduleSide})`,
      "shape-rendering": "crispEdges",
    }),
    shapeSvg(text(decoration, beside, code.caption, "plain", { fill: "ink-soft" }), theme),
  ].join("\n");
};
