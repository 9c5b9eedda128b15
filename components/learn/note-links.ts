import type { Term } from "@/lib/learn/terms";
import type { Key } from "@/lib/net/ids";

/** From which host and selection a reader came: a note keeps both, for the way back. */
export type From = { readonly host: string | null; readonly selected: Key | null };

/** What a reader came from is nobody else's business. */
export const fromNowhere: From = { host: null, selected: null };

const queryOf = (entries: readonly (readonly [string, string | null])[]): string => {
  const parts = entries.flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
};

/** `term` null: the list of all notes. */
export const noteHref = (term: Term | null, { host, selected }: From): string =>
  `/learn${term === null ? "" : `/${term}`}${queryOf([
    ["host", host],
    ["sel", selected],
  ])}`;

/** The page of a host with something selected; the picture, whatever the width of the window, where `picture`. */
export const hostHref = (host: string, selected: Key | null, picture = false): string =>
  `/hosts/${encodeURIComponent(host)}${queryOf([
    ["view", picture ? "graph" : null],
    ["sel", selected],
  ])}`;
