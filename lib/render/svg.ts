import type { Marks, Trouble } from "@/lib/graph/model";
import { advance } from "@/lib/scene/advance";
import { legendStrip } from "@/lib/scene/legend-strip";
import { lit } from "@/lib/scene/lit";
import type { Rect, Scene, Shape } from "@/lib/scene/model";
import { decoration, text, widthOf } from "@/lib/scene/pen";
import { problemShapes } from "@/lib/scene/problem-shapes";
import { type Code, codeSide, codeSvg } from "./code-svg";
import { shapeSvg } from "./svg-shapes";
import { fonts, type Theme, type ThemeName, themes } from "./theme";
import { element, escaped } from "./xml";

export type SvgOptions = {
  readonly theme: ThemeName;
  /** Read out in place of the picture, and shown as its name; the scene's summary where not given. */
  readonly title?: string;
  readonly marks?: Marks;
  /** What has a problem, drawn whatever else is marked. The sign is in the legend where the graph has it (`withTrouble`). */
  readonly trouble?: Trouble;
  /** Written above the picture; nothing is where not given. */
  readonly heading?: string;
  /** Said in the footer behind the host's name: that there is more of it than is drawn. */
  readonly note?: string;
  /** The footer says when the host was read, unless `false`. */
  readonly time?: boolean;
  /** A QR code under the picture: what is left of its data where pictures lose what they carry. */
  readonly code?: Code;
  /** Only this part of the scene; all of it where not given. */
  readonly part?: Rect;
  /** Without it the lines have to be known by heart; it is there unless `false`. */
  readonly legend?: boolean;
  /** Base64 that the file carries for whoever opens it again (lib/share). */
  readonly data?: string;
  /** Written large across the picture, which is paled under it. */
  readonly watermark?: string;
};

const padding = 24;
const footerHeight = 34;
// A legend of one short entry in each line would be higher than what it explains.
const leastWidth = 360;

/** 2026-11-21T17:40:03.512Z → 2026-11-21 17:40:03 UTC: the same in every language and time zone. */
export const plainTime = (iso: string): string =>
  iso.replace("T", " ").replace(/([.]\d+)?Z$/, " UTC");

const footerOf = ({ host, at }: Scene, { note, time = true }: SvgOptions): string =>
  [host, ...(note === undefined ? [] : [note]), ...(time ? [plainTime(at)] : []), "Vethscope"].join(
    " · ",
  );

const headingFace = { font: "sans", size: 17, bold: true } as const;
const headingHeight = 48;

const headingShapes = (heading: string): readonly Shape[] => [
  {
    ...text(decoration, { x: padding, y: headingHeight / 2 }, heading, "title"),
    ...headingFace,
    width: Math.ceil(advance(heading, headingFace)),
  },
];

const footerShapes = (footer: string, width: number, y: number): readonly Shape[] => [
  text(decoration, { x: width - padding, y }, footer, "plain", { fill: "ink-soft", anchor: "end" }),
];

const moved = (shapes: readonly Shape[], theme: Theme, x: number, y: number): string =>
  element(
    "g",
    { transform: `translate(${x} ${y})` },
    shapes.map((each) => shapeSvg(each, theme)).join("\n"),
  );

/** Slanted, as wide as the shorter way across allows; its letters are about half as wide as high. */
const watermarkSvg = (words: string, { x, y, width, height }: Rect, theme: Theme): string => {
  const [middle, centre] = [x + width / 2, y + height / 2];
  const size = Math.max(10, Math.min(height / 4, (width * 0.9) / (words.length * 0.6)));
  return element(
    "text",
    {
      x: middle,
      y: centre,
      "font-size": Math.round(size),
      "font-weight": 700,
      "text-anchor": "middle",
      fill: theme.ink,
      opacity: 0.2,
      transform: `rotate(-12 ${middle} ${centre})`,
    },
    escaped(words),
  );
};

const body = (scene: Scene, theme: Theme, marks: Marks, trouble: Trouble): string => {
  const { scrim, shapes: marked } = lit(scene, marks);
  const { under, over } = problemShapes(scene, trouble);
  const shapes = [...under, ...marked, ...over];
  const plain = scene.shapes.map((each) => shapeSvg(each, theme)).join("\n");
  return [
    element("g", { opacity: scrim ? 0.25 : null }, plain),
    ...(shapes.length === 0
      ? []
      : [element("g", {}, shapes.map((each) => shapeSvg(each, theme)).join("\n"))]),
  ].join("\n");
};

type Page = {
  readonly width: number;
  readonly height: number;
  /** Where the picture begins, under its heading. */
  readonly top: number;
  /** Where the code begins. */
  readonly codeTop: number;
  readonly strip: ReturnType<typeof legendStrip>;
  readonly part: Rect;
};

/** The picture with its heading above it, its legend, code and footer under it. */
const pageOf = (scene: Scene, options: SvgOptions): Page => {
  const { part, heading, code, legend = true } = options;
  const shown = part ?? { x: 0, y: 0, width: scene.width, height: scene.height };
  const across = [
    widthOf(footerOf(scene, options), "plain"),
    heading === undefined ? 0 : advance(heading, headingFace),
    code === undefined ? 0 : codeSide(code) + widthOf(code.caption, "plain") + padding,
  ];
  const width = Math.ceil(Math.max(shown.width, Math.max(...across) + 2 * padding, leastWidth));
  const strip = legendStrip(legend ? scene.legend : [], width - 2 * padding);
  const top = heading === undefined ? 0 : headingHeight;
  const codeTop = Math.ceil(top + shown.height + strip.height);
  const codeHeight = code === undefined ? 0 : codeSide(code) + padding;
  return { width, height: codeTop + codeHeight + footerHeight, top, codeTop, strip, part: shown };
};

/** Size of the file in px at 100 %. */
export const svgSize = (
  scene: Scene,
  options: SvgOptions,
): { readonly width: number; readonly height: number } => {
  const { width, height } = pageOf(scene, options);
  return { width, height };
};

/** A part is cut out by a window of its own; the whole needs none. */
const cut = (scene: Scene, { part }: Page, inner: string): string => {
  const { x, y, width, height } = part;
  return width === scene.width && height === scene.height
    ? inner
    : element("svg", { width, height, viewBox: `${x} ${y} ${width} ${height}` }, inner);
};

const marked = (inner: string, { watermark }: SvgOptions, part: Rect, theme: Theme): string =>
  watermark === undefined
    ? inner
    : [element("g", { opacity: 0.55 }, inner), watermarkSvg(watermark, part, theme)].join("\n");

/**
 * The scene as a file of its own: the same bytes for the same scene everywhere. Text stays text, nothing
 * in it runs, and it asks for no other file.
 */
export const svg = (scene: Scene, options: SvgOptions): string => {
  const { theme: name, title, data, heading, code } = options;
  const { marks = new Map(), trouble = new Map() } = options;
  const theme = themes[name];
  const footer = footerOf(scene, options);
  const page = pageOf(scene, options);
  const { width, height, strip, top } = page;
  const under = Math.ceil(top + page.part.height);
  const drawn = body(scene, theme, marks, trouble);
  const inner = cut(scene, page, marked(drawn, options, page.part, theme));
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "font-family": fonts.sans,
    },
    [
      element("title", {}, escaped(title ?? scene.summary)),
      ...(data === undefined ? [] : [element("metadata", { id: "vethscope" }, escaped(data))]),
      element("rect", { width, height, fill: theme.canvas }),
      ...(heading === undefined ? [] : [moved(headingShapes(heading), theme, 0, 0)]),
      top === 0 ? inner : element("g", { transform: `translate(0 ${top})` }, inner),
      moved(strip.shapes, theme, padding, under),
      ...(code === undefined ? [] : [codeSvg(code, { x: padding, y: page.codeTop }, theme)]),
      moved(footerShapes(footer, width, 0), theme, 0, height - footerHeight / 2),
    ].join("\n"),
  )}\n`;
};
