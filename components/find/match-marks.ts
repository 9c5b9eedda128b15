import type { Match } from "@/lib/find/find";
import type { Mark, Marks } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";

/** Marks in the picture for all that was found. */
export const matchMarks = (matches: readonly Match[]): Marks =>
  new Map<Key, Mark>(matches.map(({ thing }) => [thing.key, "match"]));

/** So many matches are drawn also where their block is closed; more would open everything. */
const mostDrawn = 60;

/** What was found and must be seen whatever is closed. */
export const alwaysDrawn = (matches: readonly Match[]): readonly Key[] =>
  matches.length > mostDrawn ? [] : matches.map(({ thing }) => thing.key);
