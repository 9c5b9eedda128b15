import { naturally } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import { type IpAddress, ipAddress, isWithin, sameAddress } from "@/lib/net/ip-address";
import type { Topology } from "@/lib/topology/model";
import { type Entry, entriesOf, type Tag, type Thing, type Value } from "./entries";
import type { Field } from "./fields";
import type { Query, Term } from "./query";
import { folded, meanings, type Wanted, wantedBy } from "./values";

/** What a host can be asked, made once for a topology. */
export type FindIndex = {
  /** By name, in the order in which people count. */
  readonly entries: readonly IndexedEntry[];
};

type IndexedEntry = Entry & {
  /** All that a word may be a part of, and all that it has to be the whole of. */
  readonly has: string;
  readonly is: string;
};

/** Something that fits, and by what: for every term that has to fit, in their order. */
export type Match = {
  readonly thing: Thing;
  /** Whose it is; null: its own. */
  readonly of: Thing | null;
  readonly by: readonly Value[];
};

export type Found = {
  /** What is called like the first word comes first; each thing once. */
  readonly matches: readonly Match[];
  /** By which rows of table and picture are known to hold a match. */
  readonly rows: ReadonlySet<Key>;
};

/** Numbers and the kernel's words: `5` or `up` is meant whole. */
const whole: ReadonlySet<Tag> = new Set(["ifindex", "port", "state", "kind", "proof"]);

const joined = (values: readonly Value[]): string =>
  `\n${values.map((each) => each.folded).join("\n")}\n`;

export const findIndex = (topology: Topology): FindIndex => ({
  entries: entriesOf(topology)
    .map((entry) => ({
      ...entry,
      has: joined(entry.values.filter(({ tag }) => !whole.has(tag))),
      is: joined(entry.values.filter(({ tag }) => whole.has(tag))),
    }))
    .sort((a, b) => naturally(a.main.name, b.main.name)),
});

const tagsOf: Readonly<Record<Field, readonly Tag[]>> = {
  name: ["container", "namespace", "veth", "eth", "link", "network"],
  container: ["container", "namespace"],
  image: ["image"],
  id: ["id"],
  net: ["network", "on"],
  project: ["project"],
  service: ["service"],
  ip: ["ip", "subnet"],
  mac: ["mac"],
  if: ["veth", "eth", "link"],
  veth: ["veth"],
  eth: ["eth"],
  ifindex: ["ifindex"],
  netns: ["netns", "namespace"],
  port: ["port"],
  state: ["state"],
  kind: ["kind"],
  proof: ["proof"],
};

const compared = (a: IpAddress, b: IpAddress): number => {
  const nth = a.findIndex((byte, at) => byte !== b[at]);
  return nth < 0 ? 0 : (a[nth] ?? 0) - (b[nth] ?? 0);
};

const addressOf = (text: string): IpAddress | null => ipAddress(text.split("/")[0] ?? "");

const numbersIn = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number);

const isAmong = (text: string, { first, last, protocol }: Wanted & { by: "numbers" }): boolean =>
  (protocol === null || text.endsWith(`/${protocol}`)) &&
  numbersIn(text).some((number) => number >= first && number <= last);

const isBetween = (text: string, { first, last }: Wanted & { by: "addresses" }): boolean => {
  const address = addressOf(text);
  if (address === null || address.length !== first.length) return false;
  return compared(address, first) >= 0 && compared(address, last) <= 0;
};

const fits = (wanted: Wanted, { tag, folded: text }: Value): boolean => {
  switch (wanted.by) {
    case "part":
      // The beginning of an address, not something in its middle.
      return tag === "ip" || tag === "subnet"
        ? text.startsWith(wanted.text)
        : text.includes(wanted.text);
    case "words":
      return wanted.words.includes(text);
    case "numbers":
      return isAmong(text, wanted);
    case "digits":
      return text.replaceAll(":", "").includes(wanted.digits);
    case "addresses":
      return isBetween(text, wanted);
    case "address": {
      const address = addressOf(text);
      return address !== null && sameAddress(address, wanted.address);
    }
    case "cidr": {
      const address = addressOf(text);
      return address !== null && isWithin(address, wanted.cidr);
    }
  }
};

/** The first value of an entry that satisfies a term; null: it does not fit. */
type Fitting = (entry: IndexedEntry) => Value | null;

const anywhere = (word: string): Fitting => {
  const text = folded(word);
  const line = `\n${text}\n`;
  const others = meanings(word);
  const otherTags: readonly Tag[] = ["ip", "subnet", "mac"];
  const means = (value: Value): boolean =>
    otherTags.includes(value.tag) &&
    others.some(
      (wanted) => (wanted.by === "digits") === (value.tag === "mac") && fits(wanted, value),
    );
  return ({ has, is, values }) => {
    if (has.includes(text)) {
      return values.find(({ tag, folded: each }) => !whole.has(tag) && each.includes(text)) ?? null;
    }
    // A port is written with what it leads to: `8080→80/tcp`.
    if (is.includes(line) || /^\d+$/.test(text)) {
      const found = values.find((value) => whole.has(value.tag) && isWhole(text, value));
      if (found !== undefined) return found;
    }
    return others.length === 0 ? null : (values.find(means) ?? null);
  };
};

const isWhole = (text: string, { tag, folded: each }: Value): boolean =>
  tag === "port" ? numbersIn(each).includes(Number(text)) : each === text;

const inField = (field: Field, asked: readonly string[]): Fitting => {
  const wanted = asked.flatMap((each) => wantedBy(field, each) ?? []);
  const names = tagsOf[field];
  return ({ values }) =>
    values.find((value) => names.includes(value.tag) && wanted.some((each) => fits(each, value))) ??
    null;
};

const fittingOf = ({ field, values }: Term): Fitting =>
  field === null ? anywhere(values[0] ?? "") : inField(field, values);

/** An interface rather than what it belongs to, if one is what was asked for. */
const targetOf = ({ main }: Entry, by: readonly Value[]): Thing => {
  const things = by.flatMap(({ thing }) => thing ?? []);
  return things.find(({ kind }) => kind === "link") ?? things[0] ?? main;
};

/** 0: it is called just that; 1: its name begins so; 2: found by something else. */
const rankOf = (thing: Thing, first: string | null): 0 | 1 | 2 => {
  if (first === null) return 2;
  const name = folded(thing.name);
  if (name === first || name.startsWith(`${first}@`)) return 0;
  return name.startsWith(first) ? 1 : 2;
};

const firstWord = (terms: readonly Term[]): string | null => {
  const term = terms.find(({ negated }) => !negated);
  return term === undefined ? null : folded(term.values[0] ?? "");
};

/** null: a term does not fit. */
const foundIn = (
  entry: IndexedEntry,
  wanted: readonly Fitting[],
  unwanted: readonly Fitting[],
): readonly Value[] | null => {
  const by: Value[] = [];
  for (const fitting of wanted) {
    const value = fitting(entry);
    if (value === null) return null;
    by.push(value);
  }
  return unwanted.some((fitting) => fitting(entry) !== null) ? null : by;
};

const nothing: Found = { matches: [], rows: new Set() };

/** What fits a query. One without a term finds nothing. */
export const find = ({ entries }: FindIndex, { terms }: Pick<Query, "terms">): Found => {
  if (terms.length === 0) return nothing;
  const wanted = terms.filter(({ negated }) => !negated).map(fittingOf);
  const unwanted = terms.filter(({ negated }) => negated).map(fittingOf);
  const first = firstWord(terms);
  const ranked: readonly [Map<Key, Match>, Map<Key, Match>, Map<Key, Match>] = [
    new Map(),
    new Map(),
    new Map(),
  ];
  const rows = new Set<Key>();
  for (const entry of entries) {
    const by = foundIn(entry, wanted, unwanted);
    if (by === null) continue;
    for (const row of entry.rows) rows.add(row);
    const thing = targetOf(entry, by);
    const rank = ranked[rankOf(thing, first)];
    const of = entry.main.key === thing.key ? null : entry.main;
    if (!rank.has(thing.key)) rank.set(thing.key, { thing, of, by });
  }
  return { matches: ranked.flatMap((rank) => [...rank.values()]), rows };
};
