import type { Key } from "@/lib/net/ids";
import type { Block, Box, Graph, Mark, Marks, Row, Uplink } from "./model";

type Wired = Extract<Block, { kind: "bridge" | "rows" }>;

const boxKeys = (box: Box): readonly Key[] => [box.key, ...box.badges.map(({ key }) => key)];

/** Everything on a row that can be pointed at. */
const rowKeys = (row: Row): readonly Key[] => [
  row.key,
  ...[row.port, row.host, row.wire, row.inner].flatMap((each) => (each === null ? [] : [each.key])),
  ...(row.box === null ? [] : boxKeys(row.box)),
  ...(row.owner === null ? [] : [row.owner.key]),
];

const headKeys = (block: Wired): readonly Key[] => {
  if (block.kind === "rows") return block.key === null ? [] : [block.key];
  const { key, network } = block.bridge;
  return network === null ? [key] : [key, network];
};

const uplinkKeys = (graph: Graph, start: Key): readonly Key[] => {
  const byKey = new Map(graph.uplinks.map((each) => [each.chip.key, each]));
  const keys: Key[] = [];
  const seen = new Set<Uplink>();
  let at = byKey.get(start);
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    keys.push(at.chip.key);
    if (at.out !== null) keys.push(at.out.key, graph.outside.key);
    if (at.over !== null) keys.push(at.over.edge.key);
    at = at.over === null ? undefined : byKey.get(at.over.uplink);
  }
  return keys;
};

const waysKeys = (graph: Graph, block: Wired): readonly Key[] =>
  block.ways.flatMap(({ uplink, edge }) => [edge.key, ...uplinkKeys(graph, uplink)]);

const towardsOutside = (graph: Graph, block: Wired): readonly Key[] => [
  ...headKeys(block),
  ...waysKeys(graph, block),
];

const ofBlock = (graph: Graph, block: Wired, key: Key): readonly Key[] => {
  const rows = block.rows.filter((row) => rowKeys(row).includes(key));
  if (rows.length > 0) return [...towardsOutside(graph, block), ...rows.flatMap(rowKeys)];
  if (headKeys(block).includes(key)) {
    return [...towardsOutside(graph, block), ...block.rows.flatMap(rowKeys)];
  }
  return waysKeys(graph, block).includes(key) && block.ways.some(({ edge }) => edge.key === key)
    ? towardsOutside(graph, block)
    : [];
};

/** A NIC's path is what is reached through it: blocks, not every row of the host. */
const ofUplink = (graph: Graph, key: Key): readonly Key[] => {
  if (!graph.uplinks.some(({ chip, out }) => chip.key === key || out?.key === key)) return [];
  const blocks = graph.blocks.filter((block) => block.kind !== "list");
  return [
    ...uplinkKeys(graph, key),
    ...blocks
      .filter(({ ways }) => ways.some(({ uplink }) => uplinkKeys(graph, uplink).includes(key)))
      .flatMap((block) => towardsOutside(graph, block)),
  ];
};

const inLists = (graph: Graph, key: Key): readonly Key[] =>
  graph.blocks
    .flatMap((block) => (block.kind === "list" ? block.boxes : []))
    .filter((box) => boxKeys(box).includes(key))
    .flatMap(boxKeys);

/**
 * What lights up when something is pointed at: outside, NIC, bridge, host end, container end and
 * container of every attachment that it is part of. Empty where the picture does not show it.
 */
export const pathOf = (graph: Graph, key: Key): ReadonlySet<Key> => {
  if (key === graph.outside.key) {
    return new Set([
      key,
      ...graph.uplinks.flatMap(({ chip, out }) => (out === null ? [] : [out.key, chip.key])),
    ]);
  }
  return new Set([
    ...graph.blocks.flatMap((block) => (block.kind === "list" ? [] : ofBlock(graph, block, key))),
    ...ofUplink(graph, key),
    ...inLists(graph, key),
  ]);
};

/** Marks of a selection, or of what the pointer rests on while nothing is selected. */
export const pathMarks = (graph: Graph, selected: Key | null, pointed: Key | null): Marks => {
  const key = selected ?? pointed;
  if (key === null) return new Map();
  const marks = new Map<Key, Mark>([...pathOf(graph, key)].map((each) => [each, "path"]));
  if (selected !== null) marks.set(selected, "selected");
  return marks;
};
