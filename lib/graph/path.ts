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

const isCalled = (part: { readonly key: Key } | null, key: Key): boolean => part?.key === key;

/** One of {@link rowKeys}: asked of every row at every click, so none of them are listed for it. */
const isOnRow = (row: Row, key: Key): boolean =>
  isCalled(row, key) ||
  isCalled(row.port, key) ||
  isCalled(row.host, key) ||
  isCalled(row.wire, key) ||
  isCalled(row.inner, key) ||
  isCalled(row.owner, key) ||
  (row.box !== null && isInBox(row.box, key));

const isInBox = (box: Box, key: Key): boolean =>
  isCalled(box, key) || box.badges.some((badge) => isCalled(badge, key));

/** A bridge with its network, and with the namespace that it is in, where that is not the host's. */
const headKeys = (block: Wired): readonly Key[] => {
  if (block.kind === "rows") return block.key === null ? [] : [block.key];
  const { key, network, lines } = block.bridge;
  const names = lines.flatMap(({ of }) => (of === undefined ? [] : [of.key]));
  return [key, ...(network === null ? [] : [network]), ...names];
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

/** What is routed goes through the rules that translate; what is stacked on a device does not. */
const natKeys = ({ nat }: Graph, block: Wired): readonly Key[] =>
  nat !== null && block.ways.some(({ edge }) => edge.means === "reaches") ? [nat.key] : [];

const towardsOutside = (graph: Graph, block: Wired): readonly Key[] => [
  ...headKeys(block),
  ...natKeys(graph, block),
  ...waysKeys(graph, block),
];

/** The ports that lead to what is on these rows. */
const portsTo = ({ nat }: Graph, rows: readonly Row[]): readonly Key[] => {
  const boxes = new Set(rows.flatMap(({ box }) => (box === null ? [] : boxKeys(box))));
  return (nat?.ports ?? []).filter(({ container }) => boxes.has(container)).map(({ key }) => key);
};

const ofBlock = (graph: Graph, block: Wired, key: Key): readonly Key[] => {
  const rows = block.rows.filter((row) => isOnRow(row, key));
  if (rows.length > 0) {
    return [...towardsOutside(graph, block), ...rows.flatMap(rowKeys), ...portsTo(graph, rows)];
  }
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
    .filter((box) => isInBox(box, key))
    .flatMap(boxKeys);

/** The path to the container of a port; of the rules that translate, what is routed through them. */
const ofNat = (graph: Graph, key: Key): ReadonlySet<Key> | null => {
  const { nat } = graph;
  if (nat === null) return null;
  const port = nat.ports.find((each) => each.key === key);
  if (port !== undefined) return new Set([key, ...pathOf(graph, port.container)]);
  if (key !== nat.key) return null;
  const routed = graph.blocks.filter(
    (block) => block.kind !== "list" && natKeys(graph, block).length > 0,
  );
  return new Set([
    key,
    ...nat.ports.map((each) => each.key),
    ...routed.flatMap((block) => (block.kind === "list" ? [] : towardsOutside(graph, block))),
  ]);
};

/**
 * What lights up when something is pointed at: outside, NIC, bridge, host end, container end and
 * container of every attachment that it is part of. Empty where the picture does not show it.
 */
export const pathOf = (graph: Graph, key: Key): ReadonlySet<Key> => {
  const translated = ofNat(graph, key);
  if (translated !== null) return translated;
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
