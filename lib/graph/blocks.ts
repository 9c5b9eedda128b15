import type { Words } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import type { Bridge } from "@/lib/topology/model";
import { bridgeBlocks } from "./bridge-blocks";
import { huesFor } from "./hues";
import type { Lookup } from "./lookup";
import type { Block, Grouping, Hue, Uplink } from "./model";
import type { SeatedRow } from "./rows";
import { grouped, type Places, projectsOf, rowsAt } from "./seats";
import { stackedBlocks } from "./stacked-blocks";

type RowsBlock = Extract<Block, { kind: "rows" }>;

const plainBlock = (
  places: Places,
  what: "direct" | "host" | "between" | "dangling",
): readonly RowsBlock[] => {
  const rows = rowsAt(places, { at: what });
  if (rows.length === 0) return [];
  return [
    {
      kind: "rows",
      what,
      key: null,
      title: places.words(`graph.block.${what}`, { count: rows.length }),
      hue: null,
      ways: [],
      rows,
      projects: projectsOf(places, rows),
    },
  ];
};

/** Networks that have a place in this picture: by a bridge, or by a row. */
const networkHues = (known: Lookup, rows: readonly SeatedRow[]): ReadonlyMap<Key, Hue> => {
  const bridges = known.topology.links.filter((link) => link.kind === "bridge");
  const docker0 = bridges.find(
    ({ name, netns }) => name === "docker0" && netns === known.topology.host.netns,
  );
  const keyOf = ({ network, key }: Bridge): Key =>
    (network === null ? undefined : known.network.get(network)?.key) ?? key;
  const seated = rows.flatMap(({ seat }) =>
    "network" in seat && seat.network !== null ? (known.network.get(seat.network)?.key ?? []) : [],
  );
  return huesFor([...bridges.map(keyOf), ...seated], docker0 === undefined ? null : keyOf(docker0));
};

/** Rows in their blocks, in the order of the picture: bridges, what is stacked, what touches no bridge, what dangles. */
export const blocksOf = (
  known: Lookup,
  words: Words,
  uplinks: readonly Uplink[],
  rows: readonly SeatedRow[],
  group: Grouping,
): readonly Block[] => {
  const places: Places = {
    known,
    words,
    uplinks,
    rows: grouped(rows),
    hues: networkHues(known, rows),
    group,
  };
  return [
    ...bridgeBlocks(places),
    ...stackedBlocks(places),
    ...plainBlock(places, "direct"),
    ...plainBlock(places, "between"),
    ...plainBlock(places, "host"),
    ...plainBlock(places, "dangling"),
  ];
};
