import { type Grouping, groupings, type Orientation, orientations } from "@/lib/graph/model";
import { type Locale, locales } from "@/lib/messages/keys";
import { type Key, key } from "@/lib/net/ids";

const viewNames = ["graph", "table", "diagnose"] as const;
export type ViewName = (typeof viewNames)[number];
export const sortColumns = ["network", "near", "far", "container", "address", "proof"] as const;
export type SortColumn = (typeof sortColumns)[number];
export type Sort = { readonly column: SortColumn; readonly descending: boolean };

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
};

const oneOf = <Name extends string>(names: readonly Name[], text: string | null): Name | null =>
  names.find((name) => name === text) ?? null;

const readSort = (text: string | null): Sort | null => {
  const descending = text?.startsWith("-") ?? false;
  const column = oneOf(sortColumns, descending ? (text?.slice(1) ?? null) : text);
  return column === null ? null : { column, descending };
};

/** Reads what it knows and passes over the rest: a URL comes from anywhere. */
export const readUrl = (params: URLSearchParams): UrlState => ({
  view: oneOf(viewNames, params.get("view")),
  selected: params.get("sel") ? key(params.get("sel") ?? "") : null,
  stopped: params.get("stopped") === "1",
  orientation: oneOf(orientations, params.get("orient")) ?? "rails",
  group: oneOf(groupings, params.get("grp")) ?? "network",
  locale: oneOf(locales, params.get("lang")),
  sort: readSort(params.get("sort")),
});

/**
 * Slashes, colons and at-signs are plain in a query and keep keys readable. Everything else that
 * encodeURIComponent escapes stays escaped.
 */
const readable = (text: string): string =>
  encodeURIComponent(text).replace(/%(2F|3A|40)/g, (each) => decodeURIComponent(each));

/** The query with its `?`, or nothing where all is as by default. */
export const writeUrl = (state: UrlState): string => {
  const parts = [
    state.view && `view=${state.view}`,
    state.selected && `sel=${readable(state.selected)}`,
    state.stopped && "stopped=1",
    state.orientation !== "rails" && `orient=${state.orientation}`,
    state.group !== "network" && `grp=${state.group}`,
    state.sort && `sort=${state.sort.descending ? "-" : ""}${state.sort.column}`,
    state.locale && `lang=${state.locale}`,
  ].filter((part) => typeof part === "string");
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
};
