import { distance, slips } from "./distance";
import type { Tag } from "./entries";
import { type FindIndex, find } from "./find";
import type { Query, Term } from "./query";
import { folded } from "./values";

/** A term that nothing fits, and the name on this host that is nearest to it. */
export type Suggestion = { readonly term: Term; readonly name: string };

// Names that engines make up (veth9a1c2d3) are nobody's slip of the finger.
const named: ReadonlySet<Tag> = new Set([
  "container",
  "namespace",
  "network",
  "on",
  "image",
  "project",
  "service",
  "link",
]);

/** `docker.io/library/nginx:1.27` is called nginx. */
const shortName = (tag: Tag, text: string): string =>
  tag === "image" ? (text.split("/").at(-1) ?? text).replace(/[:@].*$/, "") : text;

const namesOf = ({ entries }: FindIndex): ReadonlySet<string> =>
  new Set(
    entries.flatMap(({ values }) =>
      values.flatMap(({ tag, text }) => (named.has(tag) ? [shortName(tag, text)] : [])),
    ),
  );

const longest = 40;

const nearestName = (word: string, names: ReadonlySet<string>): string | null => {
  let most = slips(word);
  let best: string | null = null;
  for (const name of names) {
    const found = distance(word, folded(name), most);
    if (found === null || (best !== null && found >= most)) continue;
    best = name;
    most = found;
  }
  return best;
};

const isText = ({ field, negated, values }: Term): boolean =>
  !negated &&
  values.length === 1 &&
  (values[0]?.length ?? 0) <= longest &&
  (field === null || ["name", "container", "net", "project", "service", "image"].includes(field));

/** For what no row fits: the names that were meant, perhaps. Asked where a query finds nothing. */
export const suggestions = (index: FindIndex, { terms }: Query): readonly Suggestion[] => {
  const lost = terms
    .filter(isText)
    .filter((term) => find(index, { terms: [term] }).matches.length === 0)
    .slice(0, 3);
  if (lost.length === 0) return [];
  const names = namesOf(index);
  return lost.flatMap((term) => {
    const name = nearestName(folded(term.values[0] ?? ""), names);
    return name === null ? [] : [{ term, name }];
  });
};
