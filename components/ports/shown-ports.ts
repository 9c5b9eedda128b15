import { type PortColumn, type PortSort, portColumns } from "@/components/workbench/url-state";
import { naturally } from "@/lib/graph/names";
import type { PortRow, Scope } from "@/lib/ports/model";
import { portColumnLooks } from "./port-columns";
import { hostText } from "./port-text";
import { scopes } from "./port-words";
import type { Saying } from "./reason-words";

const kinds: readonly PortRow["kind"][] = [
  "published",
  "redirected",
  "host",
  "unpublished",
  "exposed",
];

/** An address so that text order is number order. */
const sortable = (text: string): string =>
  text.replace(/\d+/g, (digits) => digits.padStart(5, "0"));

const orderText = (row: PortRow, column: PortColumn, saying: Saying): string => {
  switch (column) {
    case "port":
      return row.host === null
        ? ""
        : `${`${row.host.port}`.padStart(5, "0")} ${row.family === "ip" ? 4 : 6} ${sortable(hostText(row))}`;
    case "scope":
      return `${scopes.indexOf(row.scope)}`;
    case "kind":
      return `${kinds.indexOf(row.kind)}`;
    default:
      return portColumnLooks[column].text(row, saying);
  }
};

/** Published ports first, by number; what was sorted by where it has something there. */
export function sortPorts(
  rows: readonly PortRow[],
  sort: PortSort | null,
  saying: Saying,
): readonly PortRow[] {
  const sign = sort?.descending ? -1 : 1;
  return rows
    .map((row) => ({
      row,
      by: sort === null ? "" : orderText(row, sort.column, saying),
      kind: kinds.indexOf(row.kind),
      port: orderText(row, "port", saying),
    }))
    .sort(
      (a, b) =>
        (sort === null ? 0 : Number(a.by === "") - Number(b.by === "")) ||
        sign * naturally(a.by, b.by) ||
        a.kind - b.kind ||
        naturally(a.port, b.port) ||
        naturally(a.row.key, b.row.key),
    )
    .map(({ row }) => row);
}

const fromToken = /^from:([a-z]+)$/;

/** The circle that the words ask for (`from:world`); null: any. */
export const scopeAsked = (typed: string): Scope | null => {
  const name = typed
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => fromToken.exec(word)?.[1])
    .find((each) => each !== undefined);
  return scopes.find((scope) => scope === name) ?? null;
};

/** The words with another circle asked for, or none. */
export const withScope = (typed: string, scope: Scope | null): string =>
  [
    ...typed.split(/\s+/u).filter((word) => word !== "" && !fromToken.test(word.toLowerCase())),
    ...(scope === null ? [] : [`from:${scope}`]),
  ].join(" ");

/** A port inside a range finds it, although the range does not spell it. */
const holdsPort = ({ host, target }: PortRow, term: string): boolean => {
  if (!/^\d{1,5}$/.test(term)) return false;
  const port = Number(term);
  return [host, target].some((span) => span !== null && span.port <= port && port <= span.last);
};

/** The rows that hold every word in any column, and are reached from where it was asked for. */
export function fittingPorts(
  rows: readonly PortRow[],
  typed: string,
  saying: Saying,
): readonly PortRow[] {
  const scope = scopeAsked(typed);
  const terms = withScope(typed, null).toLowerCase().split(/\s+/u).filter(Boolean);
  if (terms.length === 0 && scope === null) return rows;
  return rows.filter((row) => {
    if (scope !== null && row.scope !== scope) return false;
    const text = portColumns
      .map((column) => portColumnLooks[column].text(row, saying))
      .join("\n")
      .toLowerCase();
    return terms.every((term) => text.includes(term) || holdsPort(row, term));
  });
}

/** Headings and rows as text. */
export const portsAsText = (
  rows: readonly PortRow[],
  saying: Saying,
): readonly (readonly string[])[] => [
  portColumns.map((column) => saying.words(portColumnLooks[column].heading)),
  ...rows.map((row) => portColumns.map((column) => portColumnLooks[column].text(row, saying))),
];
