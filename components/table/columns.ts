import { proofLooks } from "@/components/inspector/proof-words";
import { namespaceName } from "@/components/workbench/place-words";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import type { TableColumn } from "@/components/workbench/url-state";
import { portText } from "@/lib/find/entries";
import type { Field } from "@/lib/find/fields";
import { visible } from "@/lib/graph/names";
import type { Term } from "@/lib/learn/terms";
import type { MessageKey } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";
import type { Link } from "@/lib/topology/model";
import type { AttachmentRow } from "./attachment-rows";

/** What a cell says is asked with these at hand. */
export type Saying = { readonly words: Words; readonly index: TopologyIndex };

type Column = {
  readonly heading: MessageKey;
  /** Least and relative width on a wide screen. */
  readonly width: string;
  /** What is explained beside its head. */
  readonly note?: Term;
  /** The condition of a search that filters by it. */
  readonly field: Field;
  /** As it is copied and saved. Nothing: empty. */
  readonly text: (row: AttachmentRow, saying: Saying) => string;
};

const linkText = (link: Link | null): string => {
  if (link === null) return "";
  return link.state === "up" ? visible(link.label) : `${visible(link.label)} (${link.state})`;
};

const listed = (texts: readonly (string | null)[]): string =>
  [...new Set(texts.filter((text) => text !== null && text !== ""))]
    .map((text) => visible(text ?? ""))
    .join(", ");

/** `docker0 · bridge`: what the kernel calls it, then what the engine does. */
const networkText = ({ bridge, network }: AttachmentRow): string =>
  [...new Set([bridge?.name, network?.name].flatMap((name) => name ?? []))]
    .map(visible)
    .join(" · ");

const whoText = (row: AttachmentRow, { words }: Saying): string => {
  if (row.containers.length > 0) return listed(row.containers.map(({ name }) => name));
  return row.namespace === null || row.far === null ? "" : namespaceName(words, row.namespace);
};

/** The ports of its containers, each once: an engine lists them for both address families. */
export const portsOf = ({ containers }: AttachmentRow): readonly string[] => [
  ...new Set(containers.flatMap(({ ports }) => ports.map(portText))),
];

export const columns: Readonly<Record<TableColumn, Column>> = {
  network: {
    heading: "table.network",
    note: "bridge",
    width: "minmax(9rem,1.5fr)",
    field: "net",
    text: networkText,
  },
  near: {
    heading: "table.near",
    note: "veth",
    width: "minmax(10.5rem,1.2fr)",
    field: "veth",
    text: ({ near }) => linkText(near),
  },
  far: {
    heading: "table.far",
    width: "minmax(8rem,0.9fr)",
    field: "eth",
    text: ({ far }) => linkText(far),
  },
  container: {
    heading: "table.container",
    width: "minmax(6rem,1fr)",
    field: "container",
    text: whoText,
  },
  state: {
    heading: "table.state",
    width: "minmax(5rem,0.5fr)",
    field: "state",
    text: ({ containers }) => listed(containers.map(({ state }) => state)),
  },
  image: {
    heading: "table.image",
    width: "minmax(7rem,1fr)",
    field: "image",
    text: ({ containers }) => listed(containers.map(({ image }) => image)),
  },
  project: {
    heading: "table.project",
    width: "minmax(6rem,0.7fr)",
    field: "project",
    text: ({ containers }) => listed(containers.map(({ project }) => project)),
  },
  address: {
    heading: "table.address",
    note: "gateway",
    width: "minmax(7.5rem,0.8fr)",
    field: "ip",
    text: ({ address }) => visible(address ?? ""),
  },
  mac: {
    heading: "table.mac",
    width: "minmax(10rem,0.8fr)",
    field: "mac",
    text: ({ far, near }) => visible((far ?? near)?.mac ?? ""),
  },
  ports: {
    heading: "table.ports",
    note: "dnat",
    width: "minmax(6.5rem,0.8fr)",
    field: "port",
    text: (row) => listed(portsOf(row)),
  },
  netns: {
    heading: "table.netns",
    note: "netns",
    width: "minmax(6.5rem,0.6fr)",
    field: "netns",
    text: ({ namespace }) => visible(namespace?.label ?? ""),
  },
  proof: {
    heading: "table.proof",
    note: "nsid",
    width: "minmax(7rem,0.6fr)",
    field: "proof",
    text: ({ proof }, { words }) => (proof === null ? "" : words(proofLooks[proof].name)),
  },
};

/** Headings and rows as text, in the order and with the columns of the screen. */
export const asText = (
  rows: readonly AttachmentRow[],
  shown: readonly TableColumn[],
  saying: Saying,
): readonly (readonly string[])[] => [
  shown.map((column) => saying.words(columns[column].heading)),
  ...rows.map((row) => shown.map((column) => columns[column].text(row, saying))),
];
