import type { ElementDefinition, StylesheetJson } from "cytoscape";
import { fonts, type Theme } from "@/lib/render/theme";
import { glyphOutlines } from "@/lib/scene/glyphs";
import type {
  BoxShape,
  Dash,
  GlyphShape,
  LineShape,
  Point,
  Role,
  Shape,
  TextShape,
} from "@/lib/scene/model";

type Painted = { readonly theme: Theme; readonly z: number };

// Cytoscape knows no "no colour": what is not drawn gets a colour and no opacity.
const colour = (theme: Theme, role: Role | null): string => theme[role ?? "canvas"];

/** Slanted lines, 7 px apart, as an image that repeats. */
const hatchTile = (ink: string): string =>
  `data:image/svg+xml;utf8,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"><path d="M-1 1L1 -1M0 7L7 0M6 8L8 6" stroke="${ink}"/></svg>`,
  )}`;

const boxElement = (shape: BoxShape, { theme, z }: Painted): ElementDefinition => ({
  group: "nodes",
  data: {
    id: `s${z}`,
    key: shape.key,
    z,
    w: shape.width,
    h: shape.height,
    radius: shape.radius,
    fill: colour(theme, shape.fill),
    seen: shape.fill === null ? 0 : 1,
    stroke: colour(theme, shape.stroke),
    edge: shape.stroke === null ? 0 : shape.strokeWidth,
    ...(shape.hatched ? { hatch: hatchTile(theme.border) } : {}),
  },
  classes: `box ${shape.dash}${shape.key === null ? " ground" : ""}${shape.hatched ? " hatched" : ""}`,
  position: { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 },
});

const sides = { start: "right", middle: "center", end: "left" } as const;

/** A label that hangs on a point: it starts there whatever font the reader has. */
const textElement = (shape: TextShape, { theme, z }: Painted): ElementDefinition => ({
  group: "nodes",
  data: {
    id: `s${z}`,
    z,
    label: shape.text,
    ink: colour(theme, shape.fill),
    size: shape.size,
  },
  classes: `text ground ${shape.font} ${sides[shape.anchor]}${shape.bold ? " bold" : ""}`,
  position: { x: shape.x, y: shape.y },
});

const glyphElement = (shape: GlyphShape, { theme, z }: Painted): ElementDefinition => ({
  group: "nodes",
  data: {
    id: `s${z}`,
    key: shape.key,
    z,
    w: shape.size,
    h: shape.size,
    stroke: colour(theme, shape.fill),
  },
  classes: `glyph ${shape.glyph}${shape.glyph === "cloud" ? "" : " ground"}`,
  position: { x: shape.x, y: shape.y },
});

const anchorId = ({ x, y }: Point): string => `p${x},${y}`;

const lineElements = (shape: LineShape, { theme, z }: Painted): readonly ElementDefinition[] =>
  shape.points.slice(1).map((to, nth) => ({
    group: "edges",
    data: {
      id: `s${z}.${nth}`,
      key: shape.key,
      z,
      source: anchorId(shape.points[nth] ?? to),
      target: anchorId(to),
      stroke: colour(theme, shape.stroke),
      w: shape.width,
    },
    classes: `line ${shape.dash}`,
  }));

/** Edges need nodes at their ends: points of no size, one for each place. */
const anchorElements = (shapes: readonly Shape[]): readonly ElementDefinition[] => {
  const places = new Map<string, Point>();
  for (const shape of shapes) {
    if (shape.kind !== "line") continue;
    for (const point of shape.points) places.set(anchorId(point), point);
  }
  return [...places].map(([id, { x, y }]) => ({
    group: "nodes",
    data: { id, z: 0 },
    classes: "anchor ground",
    position: { x, y },
  }));
};

const shapeElements = (shape: Shape, painted: Painted): readonly ElementDefinition[] => {
  switch (shape.kind) {
    case "box":
      return [boxElement(shape, painted)];
    case "text":
      return [textElement(shape, painted)];
    case "glyph":
      return [glyphElement(shape, painted)];
    case "line":
      return lineElements(shape, painted);
  }
};

/** A scene's shapes as flat elements at fixed places. No compound nodes: containment is drawn. */
export const elementsOf = (shapes: readonly Shape[], theme: Theme): ElementDefinition[] => [
  ...anchorElements(shapes),
  ...shapes.flatMap((shape, nth) => shapeElements(shape, { theme, z: nth + 1 })),
];

const dashPatterns: Readonly<Record<Exclude<Dash, "solid">, number[]>> = {
  dashed: [6, 4],
  dotted: [1.5, 4],
  "dash-dot": [8, 3, 2, 3],
};

const glyphStyles = (): StylesheetJson =>
  Object.entries(glyphOutlines).map(([name, { points, filled }]) => ({
    selector: `.${name}.glyph`,
    style: {
      shape: "polygon",
      "shape-polygon-points": points
        .flat()
        .map((each) => Math.round(each * 1000) / 1000)
        .join(" "),
      "background-opacity": filled ? 1 : 0,
      "border-width": filled ? 0 : 1.5,
    } as never,
  }));

/** How each class of element looks. Nothing here is a function: those are called on every frame. */
export const stylesheet = (): StylesheetJson => [
  {
    selector: "node",
    style: {
      "z-index-compare": "manual",
      "z-index": "data(z)",
      "overlay-opacity": 0,
      "underlay-opacity": 0,
      "min-zoomed-font-size": 4,
    } as never,
  },
  { selector: ".ground", style: { events: "no" } },
  { selector: ".anchor", style: { width: 0.01, height: 0.01, "background-opacity": 0 } },
  {
    selector: ".box",
    style: {
      shape: "round-rectangle",
      "corner-radius": "data(radius)",
      width: "data(w)",
      height: "data(h)",
      "background-color": "data(fill)",
      "background-opacity": "data(seen)",
      "border-color": "data(stroke)",
      "border-width": "data(edge)",
    } as never,
  },
  {
    selector: ".box.hatched",
    style: {
      "background-image": "data(hatch)",
      "background-repeat": "repeat",
      "background-fit": "none",
      "background-width": "7px",
      "background-height": "7px",
      "background-clip": "node",
    } as never,
  },
  { selector: ".box.dashed", style: { "border-style": "dashed" } },
  { selector: ".box.dotted", style: { "border-style": "dotted" } },
  {
    selector: ".text",
    style: {
      width: 0.01,
      height: 0.01,
      "background-opacity": 0,
      label: "data(label)",
      color: "data(ink)",
      "font-size": "data(size)",
      "font-family": fonts.sans,
      "text-valign": "center",
      "text-halign": "right",
      "text-events": "no",
    } as never,
  },
  { selector: ".mono", style: { "font-family": fonts.mono } },
  { selector: ".bold", style: { "font-weight": 600 } },
  { selector: ".text.left", style: { "text-halign": "left" } },
  { selector: ".text.center", style: { "text-halign": "center" } },
  {
    selector: ".glyph",
    style: {
      width: "data(w)",
      height: "data(h)",
      "background-color": "data(stroke)",
      "border-color": "data(stroke)",
    } as never,
  },
  ...glyphStyles(),
  {
    selector: "edge",
    style: {
      "z-index-compare": "manual",
      "z-index": "data(z)",
      "overlay-opacity": 0,
      "underlay-opacity": 0,
      "curve-style": "haystack",
      "haystack-radius": 0,
      width: "data(w)",
      "line-color": "data(stroke)",
    } as never,
  },
  ...Object.entries(dashPatterns).map(([name, pattern]) => ({
    selector: `.line.${name}`,
    style: { "line-style": "dashed" as const, "line-dash-pattern": pattern },
  })),
];
