import { isJsonObject, type JsonObject } from "@/lib/facts/json-object";
import type { NetnsRules, Table } from "@/lib/topology/firewall/model";
import { ruleText } from "@/lib/topology/firewall/print-rule";

/**
 * The rules of one namespace as they cross to the browser. Thousands of rules are made of few parts, and
 * their references run on, so: each value that is not a plain one (part, counters, maker, …) is written
 * once, and named by its place. Rows keep the order of {@link ruleColumns}.
 */
export type PackedRules = {
  readonly format: "vethscope-rules/1";
  /** Everything but the chains' rules, which are numbers of rows in `rows`. */
  readonly frame: unknown;
  /** JSON of each distinct value. */
  readonly values: readonly unknown[];
  /** One for each rule, tables and chains in order. */
  readonly rows: readonly (readonly unknown[])[];
};

const format = "vethscope-rules/1";

type Rule = Table["chains"][number]["rules"][number];

/** Numbers values by what they say. */
function ledger() {
  const places = new Map<string, number>();
  const values: unknown[] = [];
  const placeOf = (value: unknown): number => {
    const text = JSON.stringify(value);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, values.length);
    values.push(value);
    return values.length - 1;
  };
  return { values, placeOf };
}

/** A line or a path of the answer that the chain's own evidence is in. */
const shortPlace = ({ at }: Rule["evidence"]): unknown => ("line" in at ? at.line : at.path);

type Ledger = ReturnType<typeof ledger>;

/** 0: the key that its text makes; a number: what follows it where the same text stood before; else all of it. */
function shortKey({ key }: Rule, plain: string): number | string {
  if (key === plain) return 0;
  const times = key.startsWith(`${plain}~`) ? Number(key.slice(plain.length + 1)) : 0;
  return Number.isSafeInteger(times) && `${plain}~${times}` === key ? times : key;
}

const rowOf = (
  rule: Rule,
  table: Table,
  chain: string,
  { placeOf }: Ledger,
): readonly unknown[] => {
  const { parts, counters, comment, handle, verbatim, madeBy, evidence } = rule;
  const row = [
    parts.map(placeOf),
    shortKey(rule, keysBegin(table, chain) + ruleText(table.backend, rule)),
    shortPlace(evidence),
    placeOf(madeBy),
    counters === null ? 0 : [counters.packets, counters.bytes],
    comment ?? 0,
    handle ?? 0,
    verbatim ?? 0,
  ];
  // What most rules do not have is left out at the end.
  while (row.at(-1) === 0) row.pop();
  return row;
};

const keysBegin = ({ backend, family, name }: Table, chain: string): string =>
  `rule:${backend}/${family}/${name}/${chain}/`;

/** Loses nothing: `unpackRules(packRules(r))` equals `r`. */
export function packRules(rules: NetnsRules): PackedRules {
  const book = ledger();
  const rows: (readonly unknown[])[] = [];
  const { firewall } = rules;
  if (firewall.status !== "read") return { format, frame: rules, values: [], rows };
  const tables = firewall.tables.map((table) => ({
    ...table,
    chains: table.chains.map((chain) => {
      for (const rule of chain.rules) rows.push(rowOf(rule, table, chain.name, book));
      return { ...chain, rules: chain.rules.length };
    }),
  }));
  return {
    format,
    frame: { ...rules, firewall: { ...firewall, tables } },
    values: book.values,
    rows,
  };
}

const isCountable = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

/** Something is not what it must be: the whole is not ours then. */
class Torn extends Error {}

const must = <Value>(value: Value | undefined | null): Value => {
  if (value === undefined || value === null) throw new Torn();
  return value;
};

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

function evidenceOf(answer: unknown, short: unknown) {
  if (isCountable(short)) return { answer, at: { line: short } };
  if (!Array.isArray(short)) throw new Torn();
  return { answer, at: { path: short } };
}

function countersOf(pair: unknown) {
  if (!Array.isArray(pair)) return null;
  const [packets, bytes] = pair;
  if (typeof packets !== "string" || typeof bytes !== "string") throw new Torn();
  return { packets, bytes };
}

function keyOf(told: unknown, plain: () => string): unknown {
  if (told === 0) return plain();
  return typeof told === "number" ? `${plain()}~${told}` : told;
}

type Chain = JsonObject & { readonly name: string; readonly evidence: JsonObject };

type Home = {
  readonly table: Table;
  readonly chain: Chain;
  readonly values: readonly unknown[];
};

function ruleOf(row: unknown, place: number, { table, chain, values }: Home) {
  if (!Array.isArray(row)) throw new Torn();
  const [parts, told, at, maker, counters, comment, handle, verbatim] = row;
  if (!Array.isArray(parts) || !isCountable(maker)) throw new Torn();
  const text = {
    parts: parts.map((part) => must(isCountable(part) ? values[part] : undefined)),
    comment: textOrNull(comment),
    verbatim: textOrNull(verbatim),
  } as Pick<Rule, "parts" | "comment" | "verbatim">;
  return {
    ...text,
    key: keyOf(told, () => keysBegin(table, chain.name) + ruleText(table.backend, text)),
    place,
    counters: countersOf(counters),
    handle: isCountable(handle) && handle > 0 ? handle : null,
    madeBy: must(values[maker]),
    evidence: evidenceOf(chain.evidence["answer"], at),
  };
}

const isChain = (value: unknown): value is Chain =>
  isJsonObject(value) && typeof value["name"] === "string" && isJsonObject(value["evidence"]);

function unpackTables(tables: readonly unknown[], packed: JsonObject): readonly unknown[] {
  const { rows, values } = packed;
  if (!Array.isArray(rows) || !Array.isArray(values)) throw new Torn();
  let next = 0;
  return tables.map((table) => {
    if (!isJsonObject(table) || !Array.isArray(table["chains"])) throw new Torn();
    const chains = table["chains"].map((chain) => {
      const count = isJsonObject(chain) ? chain["rules"] : undefined;
      if (!isChain(chain) || !isCountable(count) || next + count > rows.length) throw new Torn();
      const home: Home = { table: table as unknown as Table, chain, values };
      const rules = Array.from({ length: count }, (_, at) => ruleOf(rows[next + at], at + 1, home));
      next += count;
      return { ...chain, rules };
    });
    return { ...table, chains };
  });
}

/**
 * The rules that were packed. null: this is nothing that {@link packRules} made. Values are not looked into but
 * where a rule is printed for its key, which fails on what is no part.
 */
export function unpackRules(packed: unknown): NetnsRules | null {
  if (!isJsonObject(packed) || packed["format"] !== format || !isJsonObject(packed["frame"]))
    return null;
  const { frame } = packed;
  const { firewall } = frame;
  if (!isJsonObject(firewall)) return null;
  if (firewall["status"] !== "read") return frame as unknown as NetnsRules;
  if (!Array.isArray(firewall["tables"])) return null;
  try {
    const tables = unpackTables(firewall["tables"], packed);
    return { ...frame, firewall: { ...firewall, tables } } as unknown as NetnsRules;
  } catch {
    return null;
  }
}
