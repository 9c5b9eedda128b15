import type { Words } from "@/lib/messages/words";
import type { Topology } from "@/lib/topology/model";
import { blocksOf } from "./blocks";
import { runs } from "./boxes";
import { outsideKey } from "./edges";
import { legendOf, signsOf } from "./legend";
import { listsOf } from "./lists";
import { lookup } from "./lookup";
import type { Block, Graph, View } from "./model";
import { visible } from "./names";
import { natOf } from "./nat";
import { seatedRows } from "./rows";
import { uplinksOf } from "./uplinks";

const dangling = (blocks: readonly Block[]): number =>
  blocks
    .flatMap((block) => (block.kind === "list" ? [] : block.rows))
    .filter(({ wire }) => wire?.means === "wired" && wire.proof === "unproven").length;

/** What is shown of one host, in the order of the picture. The same topology in any order of its tables gives the same graph. */
export const graph = (topology: Topology, view: View, words: Words): Graph => {
  const known = lookup(topology);
  const { uplinks, links } = uplinksOf(known);
  const rows = seatedRows(known, words, links);
  const blocks = [
    ...blocksOf(known, words, uplinks, rows, view.group ?? "network"),
    ...listsOf(known, words, view, rows),
  ];
  const running = topology.containers.filter(runs).length;
  const { key, name, at, source } = topology.host;
  return {
    orientation: view.orientation,
    host: { key, name: visible(name), at, source },
    headings: {
      outside: words("graph.column.outside"),
      uplink: words("graph.column.uplink"),
      nat: words("graph.column.nat"),
      bridge: words("graph.column.bridge"),
      veth: words("graph.column.veth"),
      eth: words("graph.column.eth"),
    },
    outside: { key: outsideKey, label: words("graph.column.outside") },
    uplinks,
    nat: natOf(topology, words),
    blocks,
    stopped: topology.containers.length - running,
    legend: legendOf({ uplinks, blocks }, words),
    signs: signsOf(blocks, words),
    summary: words("graph.summary", {
      host: visible(name),
      containers: running,
      bridges: blocks.filter(({ kind }) => kind === "bridge").length,
      dangling: dangling(blocks),
      stopped: topology.containers.length - running,
    }),
  };
};
