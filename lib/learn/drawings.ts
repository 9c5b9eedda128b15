import { graph } from "@/lib/graph/graph";
import type { Marks, Orientation } from "@/lib/graph/model";
import { pathMarks } from "@/lib/graph/path";
import type { Words } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { shapeSvg } from "@/lib/render/svg-shapes";
import { fonts, type Theme, themes } from "@/lib/render/theme";
import { element, escaped } from "@/lib/render/xml";
import { lit } from "@/lib/scene/lit";
import type { Scene } from "@/lib/scene/model";
import { scene } from "@/lib/scene/scene";
import type { Sketch } from "./sketch/model";
import * as sketches from "./sketch/sketches";
import { layersScene, mountsScene, type Picture } from "./sketch/stacks";
import { topologyOf } from "./sketch/topology";
import type { Term } from "./terms";

/** What a note draws: a small host, with the path of one thing lit; or a stack of boxes. */
type Drawing =
  | { readonly of: Sketch; readonly lit?: string }
  | { readonly scene: (words: Words) => Picture };

const drawings: Readonly<Record<Term, Drawing>> = {
  netns: { of: sketches.namespaces },
  veth: { of: sketches.onePair, lit: "peer:ctr:nginx/eth0" },
  ifindex: { of: sketches.twoPairs },
  nsid: { of: sketches.sameNumbers },
  mtu: { of: sketches.onePair, lit: "ctr:nginx" },
  bridge: { of: sketches.twoPairs, lit: "if:host/docker0" },
  docker0: { of: sketches.twoBridges },
  gateway: { of: sketches.onePair, lit: "if:host/docker0" },
  fdb: { of: sketches.twoPairs },
  stp: { of: sketches.deadPort },
  hairpin: { of: sketches.openPort },
  drivers: { of: sketches.everyMode },
  scope: { of: sketches.overlay },
  "host-network": { of: sketches.hostNetwork },
  "none-network": { of: sketches.noNetwork },
  "shared-netns": { of: sketches.sharedNamespace },
  macvlan: { of: sketches.macvlan },
  ipvlan: { of: sketches.ipvlan },
  overlay: { of: sketches.overlay },
  masquerade: { of: sketches.onePair, lit: "ctr:nginx" },
  dnat: { of: sketches.openPort, lit: "ctr:nginx" },
  "docker-proxy": { of: sketches.loopbackPort },
  dns: { of: sketches.twoBridges },
  "image-layers": { scene: layersScene },
  volumes: { scene: mountsScene },
};

/** Colours by the page's own custom properties, so that the drawing follows its theme. */
const pageTheme = Object.fromEntries(
  Object.keys(themes.light).map((role) => [role, `var(--color-${role})`]),
) as Theme;

const shapesSvg = ({ shapes }: Picture): string =>
  shapes.map((each) => shapeSvg(each, pageTheme)).join("\n");

const litSvg = (drawn: Scene, marks: Marks): string => {
  const { scrim, shapes } = lit(drawn, marks);
  return [
    element("g", { opacity: scrim ? 0.35 : null }, shapesSvg(drawn)),
    shapes.map((each) => shapeSvg(each, pageTheme)).join("\n"),
  ].join("\n");
};

const framed = ({ width, height }: Picture, title: string, inner: string): string =>
  element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: Math.ceil(width),
      height: Math.ceil(height),
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      // Smaller than this its letters cannot be read; its frame scrolls.
      style: `max-width:100%;min-width:${Math.ceil(width * 0.8)}px;height:auto`,
      role: "img",
      "aria-label": title,
      "font-family": fonts.sans,
    },
    `${element("title", {}, escaped(title))}${inner}`,
  );

const sketchSvg = (
  { of, lit: lighted }: Extract<Drawing, { of: Sketch }>,
  orientation: Orientation,
  title: string,
  words: Words,
): string => {
  const graphed = graph(topologyOf(of), { orientation, stopped: false }, words);
  const drawn = scene(graphed);
  const marks = lighted === undefined ? new Map() : pathMarks(graphed, key(lighted), null);
  return framed(drawn, title, litSvg(drawn, marks));
};

/** SVG for a page that has the theme's custom properties. Every text in it is escaped. */
export type NoteDrawing = {
  /** From left to right, for wide windows. */
  readonly wide: string;
  /** Containers on top, for narrow ones. */
  readonly narrow: string;
};

/** The same bytes for the same term, language and title. */
export const drawingOf = (term: Term, title: string, words: Words): NoteDrawing => {
  const drawing = drawings[term];
  if ("of" in drawing) {
    return {
      wide: sketchSvg(drawing, "rails", title, words),
      narrow: sketchSvg(drawing, "textbook", title, words),
    };
  }
  const placed = drawing.scene(words);
  const only = framed(placed, title, shapesSvg(placed));
  return { wide: only, narrow: only };
};
