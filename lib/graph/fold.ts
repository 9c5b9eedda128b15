import type { Words } from "@/lib/messages/words";
import { type Key, key } from "@/lib/net/ids";
import type { Block, Box, Graph, ProjectSpan, Row, Trouble } from "./model";
import { problemsIn } from "./trouble";

type WiredBlock = Extract<Block, { kind: "bridge" | "rows" }>;
type ListBlock = Extract<Block, { kind: "list" }>;

/** Above this many containers a picture begins with its blocks closed: so much one can still take in. */
export const mostDrawn = 300;
/** Above this many they are not all opened at once: a table shows so many better. */
export const mostOpen = 1500;
/** A block as small as this is never closed: its fold would take as much room. */
const leastFolded = 3;

const prefix = "fold:";
export const isFold = (each: Key): boolean => each.startsWith(prefix);

/**
 * What the reader opened; what must be seen whatever is closed (selected, in trouble); of what trouble a closed
 * block tells, of none where not given.
 */
export type Folding = {
  readonly open: ReadonlySet<Key>;
  readonly always: ReadonlySet<Key>;
  readonly trouble?: Trouble;
};

/** A picture with closed blocks, and how many of its containers and namespaces are drawn, each once. */
export type Folded = { readonly graph: Graph; readonly drawn: number; readonly all: number };

/** On the picture it says what the block holds; what it does is said where it is not seen to be a button. */
type FoldName = { readonly name: string; readonly full: string };

const foldBox = (fold: Key, { name, full }: FoldName): Box => ({
  key: fold,
  kind: "fold",
  netns: null,
  badges: [{ key: fold, name, full, state: "none", word: null, container: null }],
  ghost: false,
  unread: false,
  ports: [],
});

const foldRow = (fold: Key, name: FoldName): Row => ({
  key: key(`row:${fold}`),
  owner: null,
  port: null,
  host: null,
  wire: null,
  inner: null,
  box: foldBox(fold, name),
  note: null,
  open: null,
  said: name.full,
});

// Asked of every row at every click and every reading: nothing is made for the answer.
const isAmong = (part: { readonly key: Key } | null, keys: ReadonlySet<Key>): boolean =>
  part !== null && keys.size > 0 && keys.has(part.key);

const boxHas = (box: Box, keys: ReadonlySet<Key>): boolean =>
  isAmong(box, keys) || box.badges.some((badge) => isAmong(badge, keys));

const rowHas = (row: Row, keys: ReadonlySet<Key>): boolean =>
  isAmong(row, keys) ||
  isAmong(row.host, keys) ||
  isAmong(row.inner, keys) ||
  isAmong(row.wire, keys) ||
  isAmong(row.owner, keys) ||
  (row.box !== null && boxHas(row.box, keys));

/** Rows that are left keep their project; a project of which none is left has no bracket. The fold stands before them. */
const spansOf = (projects: readonly ProjectSpan[], kept: readonly number[]): ProjectSpan[] =>
  projects.flatMap(({ name, first, count }) => {
    const inside = kept.flatMap((nth, place) =>
      nth >= first && nth < first + count ? [place] : [],
    );
    const [start] = inside;
    return start === undefined ? [] : [{ name, first: start + 1, count: inside.length }];
  });

const blockName = (block: Block): string => {
  if (block.kind === "bridge") return block.bridge.key;
  return block.kind === "rows" && block.key !== null ? block.key : `${block.what} ${block.title}`;
};

/** People know a network by the engine's name for it; the kernel's is a number as often as not. */
const shownName = (block: Block): string => {
  if (block.kind !== "bridge") return block.title;
  const { bridge } = block;
  const [line] = bridge.lines;
  const named = bridge.link !== null && bridge.network !== null && line !== undefined;
  return named ? line.text : bridge.label;
};

/** The title that stands beside the rows tells name and number already. */
const isTitled = (block: Block): boolean => block.kind !== "bridge" && block.what !== "stacked";

const foldName = (
  block: Block,
  { count, hidden }: { readonly count: number; readonly hidden: number },
  { trouble = new Map() }: Folding,
  words: Words,
): FoldName => {
  const told = { name: shownName(block), count, hidden, problems: problemsIn(block, trouble) };
  return {
    name: words(isTitled(block) ? "picture.fold.rest" : "picture.fold.open", told),
    full: words("picture.fold.said", told),
  };
};

const closeName = (words: Words): FoldName => {
  const name = words("picture.fold.close");
  return { name, full: name };
};

/** The fold is the first row whether the block is open or closed: who pressed it stays on it. */
const foldWired = (block: WiredBlock, folding: Folding, words: Words): WiredBlock => {
  const { open, always } = folding;
  const fold = key(`${prefix}${blockName(block)}`);
  if (block.rows.length <= leastFolded) return block;
  const isOpen = open.has(fold);
  const kept = block.rows.flatMap((row, nth) =>
    isOpen || row.open !== null || rowHas(row, always) ? [nth] : [],
  );
  const hidden = block.rows.length - kept.length;
  if (hidden === 0 && !isOpen) return block;
  const name = isOpen
    ? closeName(words)
    : foldName(block, { count: block.rows.length, hidden }, folding, words);
  return {
    ...block,
    closed: hidden,
    rows: [foldRow(fold, name), ...kept.flatMap((nth) => block.rows[nth] ?? [])],
    projects: spansOf(block.projects, kept),
  };
};

const foldList = (block: ListBlock, folding: Folding, words: Words): ListBlock => {
  const { open, always } = folding;
  const fold = key(`${prefix}${blockName(block)}`);
  if (block.boxes.length <= leastFolded) return block;
  const isOpen = open.has(fold);
  const kept = isOpen ? block.boxes : block.boxes.filter((box) => boxHas(box, always));
  const hidden = block.boxes.length - kept.length;
  if (hidden === 0 && !isOpen) return block;
  const name = isOpen
    ? closeName(words)
    : foldName(block, { count: block.boxes.length, hidden }, folding, words);
  return { ...block, closed: hidden, boxes: [foldBox(fold, name), ...kept] };
};

const keysIn = (block: Block): readonly Key[] =>
  block.kind === "list"
    ? block.boxes.map((box) => box.key)
    : block.rows.map((row) => row.box?.key ?? row.key);

/** One that is in several networks has a row in each; it is one all the same. */
const thingsIn = (blocks: readonly Block[]): number =>
  new Set(blocks.flatMap(keysIn).filter((each) => !isFold(each))).size;

/** A row or a list of this picture shows it; what stands beside the rows (bridges, NICs) is always drawn. */
export const hasRowOf = ({ blocks }: Graph, wanted: Key): boolean => {
  const keys = new Set([wanted]);
  return blocks.some((block) =>
    block.kind === "list"
      ? block.boxes.some((box) => boxHas(box, keys))
      : block.rows.some((row) => rowHas(row, keys)),
  );
};

/** The folds that a picture has while its blocks are closed. */
export const foldKeys = ({ blocks }: Graph): readonly Key[] =>
  blocks
    .filter((block) => (block.kind === "list" ? block.boxes : block.rows).length > leastFolded)
    .map((block) => key(`${prefix}${blockName(block)}`));

/** Closes the blocks of a picture that is too large to be taken in at once; a smaller one stays as it is. */
export const folded = (graph: Graph, folding: Folding, words: Words): Folded => {
  const all = thingsIn(graph.blocks);
  if (all <= mostDrawn) return { graph, drawn: all, all };
  const blocks = graph.blocks.map((block) =>
    block.kind === "list" ? foldList(block, folding, words) : foldWired(block, folding, words),
  );
  return { graph: { ...graph, blocks }, drawn: thingsIn(blocks), all };
};
