import type { Key } from "@/lib/net/ids";
import type { Topology } from "@/lib/topology/model";
import type { Graph, Row } from "./model";

const rowsOf = (graph: Graph): readonly Row[] =>
  graph.blocks.flatMap((block) => (block.kind === "list" ? [] : block.rows));

const otherEnd = ({ host, inner, wire }: Row, key: Key): Key | null => {
  if (wire === null) return null;
  if (host?.key === key) return inner?.key ?? null;
  if (inner?.key === key) return host?.key ?? null;
  return wire.key === key ? (inner?.key ?? null) : null;
};

const holds = ({ box }: Row, key: Key): boolean =>
  box !== null && !box.ghost && (box.key === key || box.badges.some((badge) => badge.key === key));

/**
 * Where one is led from an end of a pair: to its other end; from a container to the host end of its
 * main attachment. null: the picture shows no peer of it.
 */
export const peerKey = (graph: Graph, key: Key): Key | null => {
  const rows = rowsOf(graph);
  for (const row of rows) {
    const other = otherEnd(row, key);
    if (other !== null) return other;
  }
  return rows.find((row) => holds(row, key))?.host?.key ?? null;
};

/**
 * The interfaces that the number of an `@ifN` could mean where the picture draws no wire to them:
 * the candidates of an open end, the device under a stacked link. Empty for a found pair: its wire says it.
 */
export const namedBy = (topology: Topology, key: Key): readonly Key[] => {
  const link = topology.links.find((each) => each.key === key);
  const ids =
    link?.kind === "veth"
      ? link.peer.status === "ambiguous"
        ? link.peer.candidates
        : link.peer.status === "contradictory"
          ? link.peer.with
          : []
      : link !== undefined && "lower" in link && link.lower.status === "found"
        ? [link.lower.link]
        : [];
  const named = new Set(ids);
  return topology.links.filter(({ id }) => named.has(id)).map((each) => each.key);
};
