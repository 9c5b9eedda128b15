import { glyphOutlines } from "@/lib/scene/glyphs";
import { dashArray } from "@/lib/scene/lit";
import type {
  BoxShape,
  GlyphShape,
  LineShape,
  Rect,
  Role,
  Shape,
  TextShape,
} from "@/lib/scene/model";
import { fonts, type Theme } from "./theme";
import { element, escaped } from "./xml";

const paint = (theme: Theme, role: Role | null): string => (role === null ? "none" : theme[role]);

const hatchStep = 7;

/** Slanted lines over a box, from its upper to its lower edge and no further; one path, whatever its size. `step`: px from line to line. */
export const hatchPath = ({ x, y, width, height }: Rect, step = hatchStep): string => {
  const count = Math.floor((width + height) / step);
  return Array.from({ length: count }, (_, nth) => {
    const at = (nth + 1) * step;
    const [fromX, fromY] = at <= width ? [at, 0] : [width, at - width];
    const [toX, toY] = at <= height ? [0, at] : [at - height, height];
    return `M${x + fromX} ${y + fromY}L${x + toX} ${y + toY}`;
  }).join("");
};

const boxSvg = (shape: BoxShape, theme: Theme): string =>
  frameSvg(shape, theme) +
  (shape.hatched
    ? element("path", { d: hatchPath(shape), stroke: theme.border, "stroke-width": 1 })
    : "");

const frameSvg = (shape: BoxShape, theme: Theme): string =>
  element("rect", {
    x: shape.x,
    y: shape.y,
    width: shape.width,
    height: shape.height,
    rx: shape.radius,
    fill: paint(theme, shape.fill),
    stroke: shape.strokeWidth === 0 ? null : paint(theme, shape.stroke),
    "stroke-width": shape.stroke === null || shape.strokeWidth === 0 ? null : shape.strokeWidth,
    "stroke-dasharray": dashArray(shape.dash),
  });

/** Points as a path; corners are rounded by the line join only. */
export const linePath = ({ points }: LineShape): string =>
  points.map(({ x, y }, nth) => `${nth === 0 ? "M" : "L"}${x} ${y}`).join("");

const lineSvg = (shape: LineShape, theme: Theme): string =>
  element("path", {
    d: linePath(shape),
    fill: "none",
    stroke: paint(theme, shape.stroke),
    "stroke-width": shape.width,
    "stroke-dasharray": dashArray(shape.dash),
    "stroke-linecap": shape.dash === "dotted" ? "round" : null,
    "stroke-linejoin": "round",
  });

// The middle of lower-case and capital letters together lies 0.35 em above the baseline in all common fonts.
/** Baseline of a text that has its middle at `y`. */
export const baseline = ({ y, size }: TextShape): number => y + 0.35 * size;

const textSvg = (shape: TextShape, theme: Theme): string =>
  element(
    "text",
    {
      x: shape.x,
      y: baseline(shape),
      fill: paint(theme, shape.fill),
      "font-size": shape.size,
      "font-family": shape.font === "mono" ? fonts.mono : null,
      "font-weight": shape.bold ? 600 : null,
      "text-anchor": shape.anchor === "start" ? null : shape.anchor,
    },
    escaped(shape.text),
  );

/** The outline of a sign as a closed path. */
export const glyphPath = ({
  glyph,
  x,
  y,
  size,
}: Pick<GlyphShape, "glyph" | "x" | "y" | "size">): string =>
  `${glyphOutlines[glyph].points
    .map(([dx, dy], nth) => {
      const at = [x + (dx * size) / 2, y + (dy * size) / 2].map(
        (each) => Math.round(each * 100) / 100,
      );
      return `${nth === 0 ? "M" : "L"}${at.join(" ")}`;
    })
    .join("")}Z`;

const glyphSvg = (shape: GlyphShape, theme: Theme): string => {
  const { filled } = glyphOutlines[shape.glyph];
  const colour = paint(theme, shape.fill);
  return element("path", {
    d: glyphPath(shape),
    fill: filled ? colour : "none",
    stroke: filled ? null : colour,
    "stroke-width": filled ? null : 1.5,
    "stroke-linejoin": "round",
  });
};

/** One shape as an SVG element. */
export const shapeSvg = (shape: Shape, theme: Theme): string => {
  switch (shape.kind) {
    case "box":
      return boxSvg(shape, theme);
    case "line":
      return lineSvg(shape, theme);
    case "text":
      return textSvg(shape, theme);
    case "glyph":
      return glyphSvg(shape, theme);
  }
};
