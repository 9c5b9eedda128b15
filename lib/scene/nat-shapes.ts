import type { Nat, NatPort } from "@/lib/graph/model";
import type { Point, Rect, SceneRow, Shape, Stop } from "./model";
import { about, box, decoration, text, widest, widthOf } from "./pen";

const pad = 9;
const lineHeight = 15;
const backendHeight = 2 * lineHeight + 6;
const listGap = 8;

type Backend = Nat["backends"][number];

const backendWidth = ({ name, counts }: Backend): number =>
  Math.max(widthOf(name, "title"), widthOf(counts, "small"));

const listHeight = ({ ports, more }: Nat): number =>
  ports.length === 0 ? 0 : (1 + ports.length + (more === "" ? 0 : 1)) * lineHeight;

/** px that it takes; 0: nothing is translated. */
export const natWidth = (nat: Nat | null): number =>
  nat === null
    ? 0
    : 2 * pad +
      Math.max(
        ...nat.backends.map(backendWidth),
        ...(nat.ports.length === 0 ? [0] : [widthOf(nat.listed, "heading")]),
        widest(
          nat.ports.map((port) => port.text),
          "small",
        ),
        widthOf(nat.more, "small"),
      );

export const natHeight = (nat: Nat): number =>
  2 * pad +
  nat.backends.length * backendHeight -
  (nat.backends.length > 0 ? 6 : 0) +
  (nat.backends.length > 0 && nat.ports.length > 0 ? listGap : 0) +
  listHeight(nat);

/** Name and counts of a backend, from its upper left corner; slanted lines over what was not read. */
const backendShapes = (nat: Nat, backend: Backend, at: Point, width: number): readonly Shape[] => {
  const subject = about(nat.key);
  const ground: Rect = { x: at.x - 4, y: at.y - 2, width: width + 8, height: 2 * lineHeight + 3 };
  return [
    ...(backend.unread
      ? [box(decoration, ground, { layer: "inset", radius: 3, stroke: "border", hatched: true })]
      : []),
    text(subject, { x: at.x, y: at.y + lineHeight / 2 }, backend.name, "title"),
    text(subject, { x: at.x, y: at.y + lineHeight * 1.5 }, backend.counts, "small", {
      fill: "ink-soft",
    }),
  ];
};

const portShapes = (port: NatPort, at: Point): readonly Shape[] => [
  text(about(port.key), at, port.text, "small", {
    fill: port.reach === "open" ? "port-open" : "ink-soft",
  }),
];

/** What was drawn, and how the keyboard walks along it. */
type Placed = { readonly shapes: readonly Shape[]; readonly rows: readonly SceneRow[] };

const saidOf = (nat: Nat): string =>
  nat.backends.map(({ name, counts }) => `${name}: ${counts}`).join(", ");

const rowsOf = (nat: Nat, rect: Rect, ports: readonly Stop[]): readonly SceneRow[] => [
  {
    key: nat.key,
    said: [saidOf(nat), ...nat.ports.map(({ full }) => full)].filter(Boolean).join(", "),
    stops: [{ key: nat.key, name: `NAT: ${saidOf(nat)}`, rect }, ...ports],
  },
];

/** Backends with their counts, then the published ports, in one box; its upper left corner is at `at`. */
export function natPiece(nat: Nat, at: Point): Placed {
  const width = natWidth(nat);
  const rect: Rect = { ...at, width, height: natHeight(nat) };
  const x = at.x + pad;
  let y = at.y + pad;
  const shapes: Shape[] = [box(about(nat.key), rect, {})];
  for (const backend of nat.backends) {
    shapes.push(...backendShapes(nat, backend, { x, y }, width - 2 * pad));
    y += backendHeight;
  }
  const stops: Stop[] = [];
  if (nat.ports.length > 0) {
    y += nat.backends.length > 0 ? listGap - 6 : 0;
    shapes.push(
      text(about(nat.key), { x, y: y + lineHeight / 2 }, nat.listed, "heading", {
        fill: "ink-soft",
      }),
    );
    for (const port of nat.ports) {
      y += lineHeight;
      shapes.push(...portShapes(port, { x, y: y + lineHeight / 2 }));
      stops.push({
        key: port.key,
        name: port.full,
        rect: { x: x - 3, y, width: width - 2 * pad + 6, height: lineHeight },
      });
    }
    if (nat.more !== "") {
      y += lineHeight;
      shapes.push(
        text(about(nat.key), { x, y: y + lineHeight / 2 }, nat.more, "small", { fill: "ink-soft" }),
      );
    }
  }
  return { shapes, rows: rowsOf(nat, rect, stops) };
}

const tagHeight = 22;
const tagGap = 14;

const tagTexts = (nat: Nat | null): readonly string[] =>
  (nat?.backends ?? []).map(({ name, counts }) => `${name} ${counts}`);

/** The same as a tag in one line; ports stand with their containers. */
export const tagWidth = (nat: Nat | null): number =>
  2 * pad +
  tagTexts(nat).reduce((sum, each) => sum + widthOf(each, "small"), 0) +
  tagGap * Math.max(0, tagTexts(nat).length - 1);

/** A tag with its middle at `at`. */
export function natTag(nat: Nat, at: Point): Placed {
  const width = tagWidth(nat);
  const rect: Rect = {
    x: Math.round(at.x - width / 2) + 0.5,
    y: at.y - tagHeight / 2,
    width,
    height: tagHeight,
  };
  let x = rect.x + pad;
  const shapes: Shape[] = [
    box(about(nat.key), rect, { hatched: nat.backends.some(({ unread }) => unread) }),
  ];
  for (const each of tagTexts(nat)) {
    shapes.push(text(about(nat.key), { x, y: at.y }, each, "small"));
    x += widthOf(each, "small") + tagGap;
  }
  return { shapes, rows: rowsOf(nat, rect, []) };
}
