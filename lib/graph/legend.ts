import type { Words } from "@/lib/messages/words";
import {
  type Block,
  type Box,
  type Edge,
  type Graph,
  type LegendEntry,
  legendGlyphs,
  type Proof,
  type Row,
  type SignEntry,
  signNames,
  type Trouble,
} from "./model";
import { drawnTrouble } from "./trouble";

const lineNames = [
  "wired.exact",
  "wired.consistent",
  "wired.unproven",
  "stacked",
  "tunnelled",
  "reaches.exact",
  "reaches.unproven",
] as const;

type Present = Pick<Graph, "uplinks" | "blocks">;

const rowsOf = (block: Block): readonly Row[] => (block.kind === "list" ? [] : block.rows);

const boxesOf = (block: Block): readonly Box[] =>
  block.kind === "list" ? block.boxes : block.rows.flatMap(({ box }) => box ?? []);

const edges = ({ uplinks, blocks }: Present): readonly Edge[] => [
  ...uplinks.flatMap(({ out, over }) => [
    ...(out === null ? [] : [out]),
    ...(over === null ? [] : [over.edge]),
  ]),
  ...blocks.flatMap((block) => [
    ...(block.kind === "list" ? [] : block.ways.map(({ edge }) => edge)),
    ...rowsOf(block).flatMap(({ wire, port }) => [
      ...(wire === null ? [] : [wire]),
      ...(port === null ? [] : [port]),
    ]),
  ]),
];

type LineEntry = Extract<LegendEntry, { kind: "line" }>;

/** The kind of a line, as the legend names it. */
export const lineName = (line: Edge | LineEntry): string => {
  const means = "means" in line ? line.means : line.edge;
  return (means === "wired" || means === "reaches") && "proof" in line
    ? `${means}.${line.proof}`
    : means;
};

const glyphs = ({ uplinks, blocks }: Present): ReadonlySet<string> => {
  const rows = blocks.flatMap(rowsOf);
  return new Set([
    ...uplinks.map(({ chip }) => chip.state),
    ...rows.flatMap(({ host, inner }) => [host?.state ?? "", inner?.state ?? ""]),
    ...blocks.flatMap((block) =>
      block.kind === "bridge"
        ? [
            block.bridge.link === null ? "" : block.bridge.state,
            block.bridge.internal ? "internal" : "",
          ]
        : [],
    ),
    ...(rows.some(({ box }) => box?.ghost === true) ? ["ghost"] : []),
    ...blocks.flatMap(boxesOf).flatMap(({ badges }) => badges.map(({ state }) => state)),
  ]);
};

const line = (name: (typeof lineNames)[number], text: string): LegendEntry => {
  const [edge, proof] = name.split(".") as ["wired" | "stacked" | "reaches" | "tunnelled", Proof?];
  return { kind: "line", edge, proof: proof ?? "exact", text };
};

/** What the lines and signs of this picture mean: only those that are on it. */
export const legendOf = (present: Present, words: Words): readonly LegendEntry[] => {
  const lines = new Set(edges(present).map(lineName));
  const signs = glyphs(present);
  return [
    ...lineNames
      .filter((name) => lines.has(name))
      .map((name) => line(name, words(`graph.legend.${name}`))),
    ...legendGlyphs
      .filter((glyph) => signs.has(glyph))
      .map(
        (glyph): LegendEntry => ({ kind: "glyph", glyph, text: words(`graph.legend.${glyph}`) }),
      ),
  ];
};

/** The signs that stand at the end of a pair whose other end is not drawn, and the hatching of what was not read. */
export const signsOf = (blocks: readonly Block[], words: Words): readonly SignEntry[] => {
  const present = new Set<string>([
    ...blocks.flatMap(rowsOf).flatMap(({ open }) => open ?? []),
    ...(blocks.flatMap(boxesOf).some(({ unread }) => unread) ? ["unread"] : []),
  ]);
  return signNames
    .filter((sign) => present.has(sign))
    .map((sign) => ({ kind: "sign", sign, text: words(`graph.sign.${sign}`) }));
};

/** The trouble of what a picture draws; where there is any, the picture with its sign in the legend. */
export const withTrouble = (
  graph: Graph,
  trouble: Trouble,
  words: Words,
): { readonly graph: Graph; readonly trouble: Trouble } => {
  const drawn = drawnTrouble(graph, trouble);
  if (drawn.size === 0) return { graph, trouble: drawn };
  const sign: SignEntry = { kind: "sign", sign: "problem", text: words("graph.sign.problem") };
  return { graph: { ...graph, signs: [...graph.signs, sign] }, trouble: drawn };
};
