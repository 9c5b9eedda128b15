import type { Words } from "@/lib/messages/words";
import {
  type Block,
  type Box,
  type Edge,
  type Graph,
  type LegendEntry,
  type Proof,
  type Row,
  type SignEntry,
  signNames,
} from "./model";

const lineNames = [
  "wired.exact",
  "wired.consistent",
  "wired.unproven",
  "stacked",
  "tunnelled",
  "reaches.exact",
  "reaches.unproven",
] as const;
const glyphNames = ["up", "down", "unknown", "internal", "ghost"] as const;

type Present = Pick<Graph, "uplinks" | "blocks">;

const rowsOf = (block: Block): readonly Row[] => (block.kind === "list" ? [] : block.rows);

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

const lineName = (edge: Edge): string =>
  edge.means === "wired" || edge.means === "reaches" ? `${edge.means}.${edge.proof}` : edge.means;

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
    ...glyphNames
      .filter((glyph) => signs.has(glyph))
      .map(
        (glyph): LegendEntry => ({ kind: "glyph", glyph, text: words(`graph.legend.${glyph}`) }),
      ),
  ];
};

const boxesOf = (block: Block): readonly Box[] =>
  block.kind === "list" ? block.boxes : block.rows.flatMap(({ box }) => box ?? []);

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
