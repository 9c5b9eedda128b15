import type { Key } from "@/lib/net/ids";
import { hasRowOf } from "./fold";
import type { Block, Graph } from "./model";

const names = (block: Block, wanted: Key): boolean => {
  if (block.kind === "bridge") return [block.bridge.key, block.bridge.network].includes(wanted);
  return block.kind === "rows" && block.key === wanted;
};

/** The fold by which the block of a thing is opened and closed; null: its block has none, or nothing shows it. */
export const foldOf = (graph: Graph, wanted: Key): Key | null => {
  const block = graph.blocks.find(
    (each) => names(each, wanted) || hasRowOf({ ...graph, blocks: [each] }, wanted),
  );
  if (block === undefined) return null;
  const boxes = block.kind === "list" ? block.boxes : block.rows.map(({ box }) => box);
  return boxes.find((box) => box?.kind === "fold")?.key ?? null;
};
