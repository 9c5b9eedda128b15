import { fonts, type Theme } from "@/lib/render/theme";
import { glyphOutlines } from "@/lib/scene/glyphs";
import { dashPattern } from "@/lib/scene/lit";
import type { BoxShape, GlyphShape, LineShape, Role, Shape, TextShape } from "@/lib/scene/model";

type Pen = {
  readonly on: CanvasRenderingContext2D;
  readonly theme: Theme;
  readonly zoom: number;
};

/** Smaller than this, in px on the screen, a text is a smear: it is left out. */
const leastText = 4;
const hatchStep = 7;

const paint = (theme: Theme, role: Role): string => theme[role];

const outline = ({ on }: Pen, { x, y, width, height, radius }: BoxShape): void => {
  on.beginPath();
  if (radius === 0) on.rect(x, y, width, height);
  else on.roundRect(x, y, width, height, radius);
};

/** Slanted lines over the box whose outline is the current path. */
const hatch = ({ on, theme }: Pen, { x, y, width, height }: BoxShape): void => {
  on.save();
  on.clip();
  on.beginPath();
  for (let at = hatchStep; at < width + height; at += hatchStep) {
    on.moveTo(x + at, y);
    on.lineTo(x + at - height, y + height);
  }
  on.setLineDash([]);
  on.lineWidth = 1;
  on.strokeStyle = theme.border;
  on.stroke();
  on.restore();
};

const paintBox = (pen: Pen, shape: BoxShape): void => {
  const { on, theme } = pen;
  outline(pen, shape);
  if (shape.fill !== null) {
    on.fillStyle = paint(theme, shape.fill);
    on.fill();
  }
  if (shape.hatched) {
    hatch(pen, shape);
    outline(pen, shape);
  }
  if (shape.stroke === null || shape.strokeWidth === 0) return;
  on.setLineDash(dashPattern(shape.dash));
  on.lineWidth = shape.strokeWidth;
  on.strokeStyle = paint(theme, shape.stroke);
  on.stroke();
};

const paintLine = ({ on, theme }: Pen, shape: LineShape): void => {
  on.beginPath();
  for (const { x, y } of shape.points) on.lineTo(x, y);
  on.setLineDash(dashPattern(shape.dash));
  on.lineCap = shape.dash === "dotted" ? "round" : "butt";
  on.lineWidth = shape.width;
  on.strokeStyle = paint(theme, shape.stroke);
  on.stroke();
};

const sides = { start: "left", middle: "center", end: "right" } as const;

// Setting the font takes longer than drawing a short text: only where it changes.
const paintText = ({ on, theme, zoom }: Pen, shape: TextShape, before: string): string => {
  if (shape.size * zoom < leastText) return before;
  const font = `${shape.bold ? "600 " : ""}${shape.size}px ${fonts[shape.font]}`;
  if (font !== before) on.font = font;
  on.textAlign = sides[shape.anchor];
  on.fillStyle = paint(theme, shape.fill);
  on.fillText(shape.text, shape.x, shape.y + 0.35 * shape.size);
  return font;
};

const paintGlyph = ({ on, theme }: Pen, { glyph, x, y, size, fill }: GlyphShape): void => {
  const { points, filled } = glyphOutlines[glyph];
  on.beginPath();
  for (const [dx, dy] of points) on.lineTo(x + (dx * size) / 2, y + (dy * size) / 2);
  on.closePath();
  const colour = paint(theme, fill);
  if (filled) {
    on.fillStyle = colour;
    on.fill();
    return;
  }
  on.setLineDash([]);
  on.lineWidth = 1.5;
  on.strokeStyle = colour;
  on.stroke();
};

/**
 * Paints shapes in their order on a context whose transform maps the scene to the canvas. `zoom`: px
 * on the screen for one of the scene.
 */
export const paintShapes = (
  on: CanvasRenderingContext2D,
  shapes: readonly Shape[],
  { theme, zoom }: Omit<Pen, "on">,
): void => {
  const pen: Pen = { on, theme, zoom };
  let font = "";
  on.lineJoin = "round";
  on.textBaseline = "alphabetic";
  for (const shape of shapes) {
    switch (shape.kind) {
      case "box":
        paintBox(pen, shape);
        break;
      case "line":
        paintLine(pen, shape);
        break;
      case "text":
        font = paintText(pen, shape, font);
        break;
      case "glyph":
        paintGlyph(pen, shape);
        break;
    }
  }
};
