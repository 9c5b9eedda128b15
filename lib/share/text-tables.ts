import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import { plainTime } from "@/lib/render/svg";
import type { Topology } from "@/lib/topology/model";
import { csv } from "./csv";
import { gapSentences } from "./gap-sentences";
import { type PairRow, pairRows } from "./pair-rows";

/** Cells as the host has them, or words of ours; whoever prints them escapes them. */
export type TextTable = {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

const proofWord = ({ proof }: PairRow, words: Words): string =>
  proof === null ? words("table.noVeth") : words(`proof.${proof}.name`);

const namesOf = ({ containers, namespace }: PairRow): string =>
  containers.length === 0 ? (namespace ?? "") : containers.map(({ name }) => name).join(", ");

/** Container, both ends, bridge, network, address, proof: one row for each cable. */
export const pairTable = (topology: Topology, words: Words): TextTable => ({
  title: words("share.text.containers"),
  head: [
    words("table.container"),
    words("table.far"),
    words("table.near"),
    words("share.text.bridge"),
    words("share.text.network"),
    words("table.address"),
    words("table.proof"),
    words("table.image"),
    words("table.state"),
  ],
  rows: pairRows(topology).map((row) => [
    namesOf(row),
    row.inner?.label ?? "",
    row.outer?.label ?? "",
    row.bridge?.name ?? "",
    row.network?.name ?? "",
    row.address ?? "",
    proofWord(row, words),
    row.containers.map(({ image }) => image ?? "").join(", "),
    row.containers.map(({ state }) => state).join(", "),
  ]),
});

const networkTable = ({ networks, links }: Topology, words: Words): TextTable => {
  const names = new Map(links.map(({ id, name }) => [id, name]));
  return {
    title: words("share.text.networks"),
    head: [
      words("share.text.name"),
      words("share.text.driver"),
      words("share.text.subnet"),
      words("share.text.gateway"),
      words("share.text.bridge"),
    ],
    rows: networks.map(({ name, driver, subnets, bridge }) => [
      name,
      driver,
      subnets.map(({ subnet }) => subnet).join(", "),
      subnets.flatMap(({ gateway }) => gateway ?? []).join(", "),
      (bridge === null ? undefined : names.get(bridge)) ?? "",
    ]),
  };
};

const uplinkTable = ({ host, links, routes }: Topology, words: Words): TextTable => {
  const leaving = routes.filter(({ netns, to }) => netns === host.netns && to === "default");
  return {
    title: words("share.text.uplinks"),
    head: [
      words("share.text.interface"),
      words("share.text.addresses"),
      words("share.text.gateway"),
    ],
    rows: links
      .filter(({ netns, name }) => netns === host.netns && leaving.some(({ dev }) => dev === name))
      .map(({ label, name, addresses }) => [
        label,
        addresses.map(({ address, prefix }) => `${address}/${prefix}`).join(", "),
        leaving.flatMap(({ dev, via }) => (dev === name && via !== null ? via : [])).join(", "),
      ]),
  };
};

// Where a reader puts it: a spreadsheet takes UTF-8 for its own code page without it, and 容器 for å®¹å™¨.
const byteOrderMark = "\ufeff";

/** The pairs as a file for spreadsheets. */
export const pairsCsv = (topology: Topology, words: Words): string => {
  const { head, rows } = pairTable(topology, words);
  return `${byteOrderMark}${csv([head, ...rows])}`;
};

/**
 * What Markdown would read: signs, links that it makes of plain text, mentions; `eth0@if5` is none of
 * them. As entities they are text in every dialect, which backslashes are not.
 */
const special =
  /[&<>|\\`*~[\]#$]|^[-+=]|(?<!\w)_|_(?!\w)|(?<![a-z0-9])@|@(?=[\w-]+[.])|:(?=\/\/)|(?<=\bwww)[.]/gi;

const escapedMarkdown = (text: string): string =>
  visible(text)
    .trim()
    .replace(special, (letter) => `&#${letter.charCodeAt(0)};`);

const markdownTable = ({ title, head, rows }: TextTable): readonly string[] => {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map(escapedMarkdown).join(" | ")} |`;
  return [
    `## ${escapedMarkdown(title)}`,
    "",
    line(head),
    `|${"---|".repeat(head.length)}`,
    ...rows.map(line),
    "",
  ];
};

/** The host as tables for a wiki, a ticket, a chat: GitHub's Markdown. */
export const markdown = (topology: Topology, words: Words, title: string | null): string => {
  const gaps = gapSentences(topology.gaps, words);
  const tables = [pairTable, networkTable, uplinkTable].map((table) => table(topology, words));
  return [
    `# ${escapedMarkdown(title ?? topology.host.name)}`,
    "",
    escapedMarkdown(words("share.text.read", { at: plainTime(topology.host.at) })),
    "",
    ...tables.flatMap(markdownTable),
    ...(gaps.length === 0 ? [] : [`## ${escapedMarkdown(words("share.text.gaps"))}`, ""]),
    ...gaps.map((gap) => `- ${escapedMarkdown(gap)}`),
    "",
  ].join("\n");
};
