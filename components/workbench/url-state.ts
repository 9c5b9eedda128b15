import { type PacketKind, packetKinds } from "@/components/rules/hook-lines";
import { type Grouping, groupings, type Orientation, orientations } from "@/lib/graph/model";
import { type Locale, locales } from "@/lib/messages/keys";
import { type Key, key } from "@/lib/net/ids";

const viewNames = ["graph", "table", "ports", "rules", "diagnose"] as const;
export type ViewName = (typeof viewNames)[number];
/** Of the table, in their order. */
export const tableColumns = [
  "network",
  "near",
  "far",
  "container",
  "state",
  "image",
  "project",
  "address",
  "mac",
  "ports",
  "netns",
  "proof",
] as const;
export type TableColumn = (typeof tableColumns)[number];
/** What the table shows where nothing else was asked for. */
const usualColumns: readonly TableColumn[] = [
  "network",
  "near",
  "far",
  "container",
  "address",
  "ports",
  "proof",
];
/** By which column a list is sorted. */
export type SortBy<Column extends string> = {
  readonly column: Column;
  readonly descending: boolean;
};
export type Sort = SortBy<TableColumn>;
/** Of the list of ports, in their order. */
export const portColumns = [
  "port",
  "protocol",
  "target",
  "listener",
  "scope",
  "rule",
  "proxy",
  "kind",
] as const;
export type PortColumn = (typeof portColumns)[number];
export type PortSort = SortBy<PortColumn>;

/** All that the page shows besides the host itself: the URL reproduces it. */
export type UrlState = {
  /** null: not said, so the width of the window decides (a phone begins with the table). */
  readonly view: ViewName | null;
  readonly selected: Key | null;
  readonly stopped: boolean;
  readonly orientation: Orientation;
  /** How rows are put together within their bridge. */
  readonly group: Grouping;
  /** null: by cookie and Accept-Language. */
  readonly locale: Locale | null;
  readonly sort: Sort | null;
  /** In the order of `tableColumns`; at least one. */
  readonly columns: readonly TableColumn[];
  /** What is searched for, as it was typed. */
  readonly query: string;
  /** What does not fit the query is not shown. */
  readonly hide: boolean;
  /** Words that lines of the lists of ports and of rules have to hold. */
  readonly filter: string;
  readonly portSort: PortSort | null;
  /** Of which packets rules are shown; null: IPv4, or what the selected rule is for. */
  readonly packets: PacketKind | null;
  /** Only rules that can touch this container; null: all. */
  readonly touch: Key | null;
  /** The namespace whose rules are shown; null: the host's. */
  readonly inside: Key | null;
};

const oneOf = <Name extends string>(names: readonly Name[], text: string | null): Name | null =>
  names.find((name) => name === text) ?? null;

const readSort = <Column extends string>(
  columns: readonly Column[],
  text: string | null,
): SortBy<Column> | null => {
  const descending = text?.startsWith("-") ?? false;
  const column = oneOf(columns, descending ? (text?.slice(1) ?? null) : text);
  return column === null ? null : { column, descending };
};

const readKey = (text: string | null): Key | null => (text ? key(text) : null);

const readColumns = (text: string | null): readonly TableColumn[] => {
  const named = new Set(text?.split(",") ?? []);
  const columns = tableColumns.filter((column) => named.has(column));
  return columns.length === 0 ? usualColumns : columns;
};

/** Reads what it knows and passes over the rest: a URL comes from anywhere. */
export const readUrl = (params: URLSearchParams): UrlState => ({
  view: oneOf(viewNames, params.get("view")),
  selected: readKey(params.get("sel")),
  stopped: params.get("stopped") === "1",
  orientation: oneOf(orientations, params.get("orient")) ?? "rails",
  group: oneOf(groupings, params.get("grp")) ?? "network",
  locale: oneOf(locales, params.get("lang")),
  sort: readSort(tableColumns, params.get("sort")),
  columns: readColumns(params.get("cols")),
  query: params.get("q") ?? "",
  hide: params.get("hide") === "1",
  filter: params.get("f") ?? "",
  portSort: readSort(portColumns, params.get("psort")),
  packets: oneOf(packetKinds, params.get("packets")),
  touch: readKey(params.get("touch")),
  inside: readKey(params.get("in")),
});

/**
 * Slashes, colons, commas and at-signs are plain in a query and keep keys readable. Everything else that
 * encodeURIComponent escapes stays escaped.
 */
const readable = (text: string): string =>
  encodeURIComponent(text).replace(/%(2C|2F|3A|40)/g, (each) => decodeURIComponent(each));

const sortText = (sort: SortBy<string>): string => `${sort.descending ? "-" : ""}${sort.column}`;

/** What the lists of ports and of rules have for themselves. */
const listParts = ({ filter, portSort, packets, touch, inside }: UrlState) => [
  filter !== "" && `f=${readable(filter)}`,
  portSort && `psort=${sortText(portSort)}`,
  packets && `packets=${packets}`,
  touch && `touch=${readable(touch)}`,
  inside && `in=${readable(inside)}`,
];

/** The query with its `?`, or nothing where all is as by default. */
export const writeUrl = (state: UrlState): string => {
  const parts = [
    state.view && `view=${state.view}`,
    state.selected && `sel=${readable(state.selected)}`,
    state.stopped && "stopped=1",
    state.orientation !== "rails" && `orient=${state.orientation}`,
    state.group !== "network" && `grp=${state.group}`,
    state.sort && `sort=${sortText(state.sort)}`,
    state.columns.join() !== usualColumns.join() && `cols=${state.columns.join()}`,
    state.query !== "" && `q=${readable(state.query)}`,
    state.hide && "hide=1",
    ...listParts(state),
    state.locale && `lang=${state.locale}`,
  ].filter((part) => typeof part === "string");
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
};
