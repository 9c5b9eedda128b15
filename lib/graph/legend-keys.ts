import type { Key } from "@/lib/net/ids";
import { lineName } from "./legend";
import type {
  Block,
  Box,
  Edge,
  Graph,
  LegendEntry,
  LegendGlyph,
  Mark,
  Marks,
  Row,
  SignEntry,
  State,
  Trouble,
} from "./model";
import { keysOfRow } from "./trouble";

/** What is of the kind: alone, or in its place on a row. */
type Found = { readonly key: Key; readonly row: Key | null };

const rowsOf = (block: Block): readonly Row[] => (block.kind === "list" ? [] : block.rows);
const alone = (key: Key): Found => ({ key, row: null });

const boxesOf = (block: Block): readonly { readonly box: Box; readonly row: Key | null }[] =>
  block.kind === "list"
    ? block.boxes.map((box) => ({ box, row: null }))
    : block.rows.flatMap(({ key, box }) => (box === null ? [] : [{ box, row: key }]));

const edgesOf = ({ uplinks, blocks }: Graph): readonly Edge[] =>
  [
    ...uplinks.flatMap(({ out, over }) => [out, over?.edge ?? null]),
    ...blocks.flatMap((block) => [
      ...(block.kind === "list" ? [] : block.ways.map(({ edge }) => edge)),
      ...rowsOf(block).flatMap(({ wire, port }) => [wire, port]),
    ]),
  ].filter((edge) => edge !== null);

const withState = ({ uplinks, blocks }: Graph, state: State): readonly Found[] => [
  ...uplinks.filter(({ chip }) => chip.state === state).map(({ chip }) => alone(chip.key)),
  ...blocks.flatMap((block) => [
    ...(block.kind === "bridge" && block.bridge.link !== null && block.bridge.state === state
      ? [alone(block.bridge.key)]
      : []),
    ...rowsOf(block).flatMap(({ key, host, inner }) =>
      [host, inner].flatMap((chip) => (chip?.state === state ? [{ key: chip.key, row: key }] : [])),
    ),
  ]),
];

const boxesWith = ({ blocks }: Graph, has: (box: Box) => boolean): readonly Found[] =>
  blocks
    .flatMap(boxesOf)
    .filter(({ box }) => has(box))
    .flatMap(({ box, row }) =>
      [box.key, ...box.badges.map(({ key }) => key)].map((key) => ({ key, row })),
    );

const badgesIn = ({ blocks }: Graph, glyph: LegendGlyph): readonly Found[] =>
  blocks
    .flatMap(boxesOf)
    .flatMap(({ box, row }) =>
      box.badges.filter(({ state }) => state === glyph).map(({ key }) => ({ key, row })),
    );

const ofGlyph = (graph: Graph, glyph: LegendGlyph): readonly Found[] => {
  switch (glyph) {
    case "up":
    case "down":
    case "unknown":
      return withState(graph, glyph);
    case "internal":
      return graph.blocks.flatMap((block) =>
        block.kind === "bridge" && block.bridge.internal ? [alone(block.bridge.key)] : [],
      );
    case "ghost":
      return boxesWith(graph, ({ ghost }) => ghost);
    case "paused":
    case "restarting":
    case "created":
    case "stopped":
      return badgesIn(graph, glyph);
  }
};

const inTrouble = ({ blocks }: Graph, trouble: Trouble): readonly Found[] => [
  ...[...trouble.keys()].map(alone),
  ...blocks
    .flatMap(rowsOf)
    .flatMap((row) =>
      keysOfRow(row).flatMap((key) => (trouble.has(key) ? [{ key, row: row.key }] : [])),
    ),
];

const ofSign = (graph: Graph, sign: SignEntry["sign"], trouble: Trouble): readonly Found[] => {
  switch (sign) {
    case "unread":
      return boxesWith(graph, ({ unread }) => unread);
    case "problem":
      return inTrouble(graph, trouble);
    case "unseen":
    case "ambiguous":
    case "contradictory":
      return graph.blocks
        .flatMap(rowsOf)
        .flatMap(({ open, wire }) => (open === sign && wire !== null ? [alone(wire.key)] : []));
  }
};

const ofEntry = (
  graph: Graph,
  entry: LegendEntry | SignEntry,
  trouble: Trouble,
): readonly Found[] => {
  switch (entry.kind) {
    case "line":
      return edgesOf(graph)
        .filter((edge) => lineName(edge) === lineName(entry))
        .map(({ key }) => alone(key));
    case "glyph":
      return ofGlyph(graph, entry.glyph);
    case "sign":
      return ofSign(graph, entry.sign, trouble);
  }
};

/** Lights all of a picture that an entry of its legend speaks of. */
export const legendMarks = (
  graph: Graph,
  entry: LegendEntry | SignEntry,
  trouble: Trouble,
): Marks => {
  const found = ofEntry(graph, entry, trouble);
  return new Map<Key, Mark>([
    ...found.flatMap(({ row }): [Key, Mark][] => (row === null ? [] : [[row, "row"]])),
    ...found.map(({ key }): [Key, Mark] => [key, "path"]),
  ]);
};
