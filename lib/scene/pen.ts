import type { Key } from "@/lib/net/ids";
import { advance } from "./advance";
import { type FaceName, faces } from "./faces";
import type {
  BoxShape,
  Dash,
  GlyphName,
  LineShape,
  Point,
  Rect,
  Role,
  Shape,
  TextShape,
} from "./model";

/** What a shape stands for; see `Drawn` in the model. */
export type Subject = { readonly key: Key | null; readonly within: Key | null };
export const decoration: Subject = { key: null, within: null };
export const about = (key: Key, within: Key | null = null): Subject => ({ key, within });

export const widthOf = (text: string, face: FaceName): number =>
  Math.ceil(advance(text, faces[face]));
export const widest = (texts: readonly string[], face: FaceName): number =>
  texts.reduce((most, text) => Math.max(most, widthOf(text, face)), 0);

type BoxStyle = Partial<
  Pick<BoxShape, "layer" | "radius" | "fill" | "stroke" | "strokeWidth" | "dash" | "hatched">
>;

export const box = (
  subject: Subject,
  { x, y, width, height }: Rect,
  style: BoxStyle,
): BoxShape => ({
  kind: "box",
  ...subject,
  x,
  y,
  width,
  height,
  layer: "thing",
  radius: 5,
  fill: "chip",
  stroke: "border",
  strokeWidth: 1,
  dash: "solid",
  hatched: false,
  ...style,
});

export const line = (
  subject: Subject,
  points: readonly Point[],
  style: { readonly width: number; readonly stroke: Role; readonly dash: Dash },
): LineShape => ({ kind: "line", ...subject, points, ...style });

export const text = (
  subject: Subject,
  { x, y }: Point,
  words: string,
  face: FaceName,
  style: { readonly fill?: Role; readonly anchor?: TextShape["anchor"] } = {},
): TextShape => ({
  kind: "text",
  ...subject,
  x: Math.round(x),
  y: Math.round(y),
  text: words,
  ...faces[face],
  anchor: style.anchor ?? "start",
  width: widthOf(words, face),
  fill: style.fill ?? "ink",
});

export const glyph = (
  subject: Subject,
  { x, y }: Point,
  name: GlyphName,
  size: number,
  fill: Role,
): Shape => ({ kind: "glyph", ...subject, x, y, glyph: name, size, fill });
