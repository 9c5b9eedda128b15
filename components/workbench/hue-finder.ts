import type { Graph, Hue } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";

/** The picture gives hues to networks; lists and tables beside it show the same ones. */
export const hueFinder = (graph: Graph): ((key: Key) => Hue | null) => {
  const hues = new Map<Key, Hue>();
  for (const block of graph.blocks) {
    if (block.kind === "bridge") {
      hues.set(block.bridge.key, block.hue);
      if (block.bridge.network !== null) hues.set(block.bridge.network, block.hue);
    }
    if (block.kind === "rows" && block.key !== null && block.hue !== null) {
      hues.set(block.key, block.hue);
    }
  }
  return (key) => hues.get(key) ?? null;
};
