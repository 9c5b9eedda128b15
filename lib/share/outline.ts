import type { Block, Box, Chip, Edge, Graph, Row, Uplink } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";

/** solid: proven; dashed: consistent; dotted: not proven. */
export type Stroke = "solid" | "dashed" | "dotted";

export type OutlineNode = {
  /** `n1`, `n2`, …: safe in any language. */
  readonly id: string;
  /** As the picture has it; not escaped. */
  readonly label: string;
  readonly kind: "outside" | "chip" | "bridge" | "box";
};

/** A namespace with interfaces that are drawn: they stand inside it. */
type OutlineGroup = {
  readonly id: string;
  readonly label: string;
  readonly nodes: readonly OutlineNode[];
};

type OutlineEdge = { readonly from: string; readonly to: string; readonly stroke: Stroke };

/** The graph as nodes and lines alone, for languages that arrange them themselves. */
export type Outline = {
  readonly summary: string;
  readonly across: boolean;
  readonly nodes: readonly OutlineNode[];
  readonly groups: readonly OutlineGroup[];
  readonly edges: readonly OutlineEdge[];
};

const strokes = { exact: "solid", consistent: "dashed", unproven: "dotted" } as const;

const strokeOf = (edge: Edge): Stroke =>
  edge.means === "attached" ? "solid" : edge.means === "tunnelled" ? "dotted" : strokes[edge.proof];

const boxLabel = ({ badges, ports }: Box): string =>
  [badges.map(({ full }) => full).join(" + "), ...ports.map(({ text }) => text)].join(" ");

/** What is drawn so far; the same key is the same node. */
type Sheet = {
  readonly nodes: Map<Key, OutlineNode>;
  readonly groups: Map<Key, { readonly label: string; readonly nodes: Set<Key> }>;
  readonly edges: Map<string, OutlineEdge>;
};

const put = (sheet: Sheet, key: Key, label: string, kind: OutlineNode["kind"]): void => {
  if (!sheet.nodes.has(key)) sheet.nodes.set(key, { id: `n${sheet.nodes.size}`, label, kind });
};

const chip = (sheet: Sheet, { key, label }: Chip): void => put(sheet, key, label, "chip");

const join = (sheet: Sheet, from: Key, to: Key, edge: Edge): void => {
  const [a, b] = [sheet.nodes.get(from), sheet.nodes.get(to)];
  if (a !== undefined && b !== undefined)
    sheet.edges.set(`${a.id} ${b.id}`, { from: a.id, to: b.id, stroke: strokeOf(edge) });
};

const uplinks = (sheet: Sheet, { outside, uplinks: all }: Graph): void => {
  put(sheet, outside.key, outside.label, "outside");
  for (const { chip: nic } of all) chip(sheet, nic);
  for (const { chip: nic, out, over } of all) {
    if (out !== null) join(sheet, outside.key, nic.key, out);
    if (over !== null) join(sheet, over.uplink, nic.key, over.edge);
  }
};

const inside = (sheet: Sheet, box: Box, key: Key): void => {
  const group = sheet.groups.get(box.key) ?? { label: boxLabel(box), nodes: new Set<Key>() };
  sheet.groups.set(box.key, group);
  group.nodes.add(key);
};

/** What a row without an interface in its box shows of it: only the engine tells of that. */
const lone = (sheet: Sheet, { host, box, wire, note, key }: Row, from: Key | null): void => {
  const told = box === null ? note : boxLabel(box);
  if (told === null) return;
  const at = box?.key ?? key;
  put(sheet, at, told, "box");
  const near = host?.key ?? from;
  if (near !== null) join(sheet, near, at, wire ?? { key, means: "reaches", proof: "unproven" });
};

const row = (sheet: Sheet, one: Row, from: Key | null): void => {
  const { port, host, wire, inner, box } = one;
  if (host !== null) chip(sheet, host);
  if (inner !== null) chip(sheet, inner);
  if (inner !== null && box !== null) inside(sheet, box, inner.key);
  const first = host ?? inner;
  if (from !== null && first !== null && port !== null) join(sheet, from, first.key, port);
  if (host !== null && inner !== null && wire !== null) join(sheet, host.key, inner.key, wire);
  if (inner === null) lone(sheet, one, from);
};

const block = (sheet: Sheet, one: Block): void => {
  if (one.kind === "list") {
    for (const box of one.boxes) put(sheet, box.key, boxLabel(box), "box");
    return;
  }
  if (one.kind === "bridge") {
    const { key, label, lines } = one.bridge;
    put(sheet, key, [label, ...lines.map(({ text }) => text)].join(" · "), "bridge");
    for (const { uplink, edge } of one.ways) join(sheet, uplink, key, edge);
  }
  const from =
    one.kind === "bridge" ? one.bridge.key : one.what === "stacked" ? stackedOn(one.ways) : null;
  for (const each of one.rows) row(sheet, each, from);
};

const stackedOn = (ways: readonly { readonly uplink: Uplink["chip"]["key"] }[]): Key | null =>
  ways[0]?.uplink ?? null;

/** Once through the graph, in its order. */
export function outlineOf(graph: Graph): Outline {
  const sheet: Sheet = { nodes: new Map(), groups: new Map(), edges: new Map() };
  uplinks(sheet, graph);
  for (const each of graph.blocks) block(sheet, each);
  const grouped = new Set([...sheet.groups.values()].flatMap(({ nodes }) => [...nodes]));
  return {
    summary: graph.summary,
    across: graph.orientation === "rails",
    nodes: [...sheet.nodes].filter(([key]) => !grouped.has(key)).map(([, node]) => node),
    groups: [...sheet.groups.values()].map(({ label, nodes }, nth) => ({
      id: `g${nth}`,
      label,
      nodes: [...nodes].flatMap((key) => sheet.nodes.get(key) ?? []),
    })),
    edges: [...sheet.edges.values()],
  };
}
