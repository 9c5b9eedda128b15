/** The addresses of one prefix: `base` has no bits set beyond `length`. */
export type Block = { readonly base: bigint; readonly length: number };

type Node = Block & { readonly inside: Node[] };

export const sizeOf = (bits: number, length: number): bigint => 1n << BigInt(bits - length);

/** The blocks as a forest: each inside the smallest other that holds it. */
function nested(bits: number, blocks: readonly Block[]): readonly Node[] {
  const sorted = blocks.toSorted((a, b) =>
    a.base === b.base ? a.length - b.length : a.base < b.base ? -1 : 1,
  );
  const tops: Node[] = [];
  const open: Node[] = [];
  const holds = (node: Node | undefined, { base }: Block): boolean =>
    node !== undefined && base < node.base + sizeOf(bits, node.length);
  for (const block of sorted) {
    while (open.length > 0 && !holds(open.at(-1), block)) open.pop();
    const node: Node = { ...block, inside: [] };
    (open.at(-1)?.inside ?? tops).push(node);
    open.push(node);
  }
  return tops;
}

export const blockName = ({ base, length }: Block): string => `${base}/${length}`;

/** Where blocks may go that lie in no other. `singles`: single addresses begin there. */
export type Ground = {
  readonly bits: number;
  readonly from: bigint;
  readonly to: bigint;
  readonly singles: (base: bigint) => bigint;
};

/**
 * Renumbers blocks and single addresses (blocks of full length) so that what was inside a block still is,
 * and sizes stay: larger blocks go to the end of the block around them, single addresses are counted from
 * its beginning. Where the ground is full a block is left out, and what is inside goes on the ground.
 * @returns the new base of each block, by {@link blockName}, and those that were left out
 */
export function renumbered(
  ground: Ground,
  blocks: readonly Block[],
): { readonly placed: ReadonlyMap<string, bigint>; readonly leftOut: ReadonlySet<string> } {
  const { bits } = ground;
  const placed = new Map<string, bigint>();
  const leftOut = new Set<string>();
  const largestFirst = (nodes: readonly Node[]) => nodes.toSorted((a, b) => a.length - b.length);
  const isSingle = ({ length }: Block): boolean => length === bits;

  const fill = (around: Node, base: bigint): void => {
    placed.set(blockName(around), base);
    let end = base + sizeOf(bits, around.length);
    for (const node of largestFirst(around.inside.filter((each) => !isSingle(each)))) {
      end -= sizeOf(bits, node.length);
      fill(node, end);
    }
    // The first address of a network is the network's own; where there is no room it is used, too.
    let next = base + 1n;
    for (const node of around.inside.filter(isSingle)) {
      placed.set(blockName(node), next < end ? next : base);
      next += 1n;
    }
  };

  let { from } = ground;
  const outside = new Map<bigint, bigint>();
  const single = (node: Node): void => {
    const start = ground.singles(node.base);
    const taken = (outside.get(start) ?? 0n) + 1n;
    outside.set(start, taken);
    placed.set(blockName(node), start + taken);
  };
  const place = (node: Node): void => {
    if (isSingle(node)) {
      single(node);
      return;
    }
    const size = sizeOf(bits, node.length);
    const base = ((from + size - 1n) / size) * size;
    if (base + size > ground.to) {
      placed.set(blockName(node), ground.from - (ground.from % size));
      leftOut.add(blockName(node));
      for (const each of largestFirst(node.inside)) place(each);
      return;
    }
    fill(node, base);
    from = base + size;
  };
  for (const node of largestFirst(nested(bits, blocks))) place(node);
  return { placed, leftOut };
}
