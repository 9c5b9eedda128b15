import type { ElementDefinition, StylesheetJson } from "cytoscape";
import type { BoxShape, GlyphShape, LineShape, Point, Rect, Shape } from "@/lib/scene/model";

const boxElement = (shape: BoxShape, z: number): ElementDefinition => ({
  group: "nodes",
  data: { id: `s${z}`, key: shape.key, z, w: shape.width, h: shape.height },
  classes: "thing",
  position: { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 },
});

const glyphElement = (shape: GlyphShape, z: number): ElementDefinition => ({
  group: "nodes",
  data: { id: `s${z}`, key: shape.key, z, w: shape.size, h: shape.size },
  classes: "thing",
  position: { x: shape.x, y: shape.y },
});

const anchorId = ({ x, y }: Point): string => `p${x},${y}`;

type Segment = {
  readonly shape: LineShape;
  readonly nth: number;
  readonly from: Point;
  readonly to: Point;
};

/** Of a long line only the stretches that are seen. */
const segmentsOf = (shape: LineShape, window: Rect): readonly Segment[] =>
  shape.points.slice(1).flatMap((to, at): readonly Segment[] => {
    const from = shape.points[at] ?? to;
    const seen =
      Math.max(from.x, to.x) >= window.x &&
      Math.min(from.x, to.x) <= window.x + window.width &&
      Math.max(from.y, to.y) >= window.y &&
      Math.min(from.y, to.y) <= window.y + window.height;
    return seen ? [{ shape, nth: at, from, to }] : [];
  });

const segmentElement = ({ shape, nth, from, to }: Segment, z: number): ElementDefinition => ({
  group: "edges",
  data: {
    id: `s${z}.${nth}`,
    key: shape.key,
    z,
    source: anchorId(from),
    target: anchorId(to),
    w: shape.width,
  },
});

/** Edges need nodes at their ends: points of no size, one for each place. */
const anchorElements = (segments: readonly Segment[]): readonly ElementDefinition[] => {
  const places = new Map<string, Point>();
  for (const { from, to } of segments) {
    places.set(anchorId(from), from);
    places.set(anchorId(to), to);
  }
  return [...places].map(([id, { x, y }]) => ({
    group: "nodes",
    data: { id, z: 0 },
    classes: "anchor",
    position: { x, y },
  }));
};

const nodeElements = (shape: Shape, z: number): readonly ElementDefinition[] => {
  if (shape.kind === "box") return shape.layer === "block" ? [] : [boxElement(shape, z)];
  return shape.kind === "glyph" ? [glyphElement(shape, z)] : [];
};

/**
 * What of these shapes can be pointed at in a window onto them, as flat elements at fixed places. No
 * compound nodes: containment is drawn.
 */
export const elementsOf = (shapes: readonly Shape[], window: Rect): ElementDefinition[] => {
  const things = shapes.filter(({ key }) => key !== null);
  const segments = things.flatMap((shape, nth) =>
    shape.kind === "line"
      ? segmentsOf(shape, window).map((segment) => ({ segment, z: nth + 1 }))
      : [],
  );
  return [
    ...anchorElements(segments.map(({ segment }) => segment)),
    ...things.flatMap((shape, nth) => nodeElements(shape, nth + 1)),
    ...segments.map(({ segment, z }) => segmentElement(segment, z)),
  ];
};

/** Nothing is drawn of them (./painter does), all of them are found. No style is a function: those are called on every frame. */
export const stylesheet = (): StylesheetJson => [
  {
    selector: "node",
    style: {
      shape: "rectangle",
      "z-index-compare": "manual",
      "z-index": "data(z)",
      opacity: 0,
      "overlay-opacity": 0,
      "underlay-opacity": 0,
    } as never,
  },
  { selector: ".thing", style: { width: "data(w)", height: "data(h)" } },
  { selector: ".anchor", style: { width: 0.01, height: 0.01, events: "no" } },
  {
    selector: "edge",
    style: {
      "z-index-compare": "manual",
      "z-index": "data(z)",
      opacity: 0,
      "overlay-opacity": 0,
      "underlay-opacity": 0,
      "curve-style": "haystack",
      "haystack-radius": 0,
      width: "data(w)",
    } as never,
  },
];
