import type { Key } from "@/lib/net/ids";
import type { Block, Box, Graph, Row, Trouble } from "./model";

type Visit = (key: Key) => void;

const visitBox = (box: Box, visit: Visit): void => {
  visit(box.key);
  for (const { key } of box.badges) if (key !== box.key) visit(key);
};

// Asked of each of 3,000 rows at every reading: a list for each would take longer than what it is for.
const visitRow = ({ key, owner, host, wire, inner, box }: Row, visit: Visit): void => {
  visit(key);
  if (owner !== null) visit(owner.key);
  if (host !== null) visit(host.key);
  if (wire !== null && wire.key !== key) visit(wire.key);
  if (inner !== null) visit(inner.key);
  if (box !== null) visitBox(box, visit);
};

const visitBlock = (block: Block, visit: Visit): void => {
  if (block.kind === "list") {
    for (const box of block.boxes) visitBox(box, visit);
    return;
  }
  if (block.kind === "bridge") visit(block.bridge.key);
  else if (block.key !== null) visit(block.key);
  for (const row of block.rows) visitRow(row, visit);
};

const networkOf = (block: Block): Key | null =>
  block.kind === "bridge" ? block.bridge.network : null;

/** All that stands on a row, from the left to the right. */
export const keysOfRow = (row: Row): readonly Key[] => {
  const keys: Key[] = [];
  visitRow(row, (key) => keys.push(key));
  return keys;
};

/**
 * The trouble of what a picture draws. What a network has is its bridge's, since there is no other place for it.
 */
export const drawnTrouble = ({ uplinks, blocks }: Graph, trouble: Trouble): Trouble => {
  const drawn = new Map<Key, readonly number[]>();
  if (trouble.size === 0) return drawn;
  const add = (at: Key, of: Key) => {
    const more = trouble.get(of);
    if (more !== undefined) drawn.set(at, [...new Set([...(drawn.get(at) ?? []), ...more])]);
  };
  const visit = (key: Key) => add(key, key);
  for (const { chip } of uplinks) visit(chip.key);
  for (const block of blocks) {
    visitBlock(block, visit);
    const network = networkOf(block);
    if (block.kind === "bridge" && network !== null) add(block.bridge.key, network);
  }
  return drawn;
};

/** How many problems are about a block or about something in it, each counted once. */
export const problemsIn = (block: Block, trouble: Trouble): number => {
  if (trouble.size === 0) return 0;
  const found = new Set<number>();
  const visit = (key: Key) => {
    for (const number of trouble.get(key) ?? []) found.add(number);
  };
  visitBlock(block, visit);
  const network = networkOf(block);
  if (network !== null) visit(network);
  return found.size;
};

/** The rows of which something has a problem: from afar a row is all that is drawn of it. */
export const troubledRows = (blocks: readonly Block[], trouble: Trouble): ReadonlySet<Key> =>
  new Set(
    trouble.size === 0
      ? []
      : blocks
          .flatMap((block) => (block.kind === "list" ? [] : block.rows))
          .filter((row) => keysOfRow(row).some((key) => trouble.has(key)))
          .map(({ key }) => key),
  );
