import type { Evidence } from "@/lib/facts/model";
import type { AnswerId } from "@/lib/net/ids";
import type { NftObject, NftRow } from "@/lib/probes/nft-row";
import { jumpOf } from "./iptables-tables";
import { chainMaker, ruleMaker, tableMaker } from "./makers";
import type { BaseChain, Chain, Family, Hook, Rule, RuleSet, Table } from "./model";
import { declaredFields } from "./nft-fields";
import { elementValues, textOf } from "./nft-values";
import { printNftRule } from "./print-nft";
import { countersOf, mapElementOf, readNftRule } from "./read-nft-rule";
import { ruleKeys } from "./rule-keys";

const families: ReadonlySet<string> = new Set(["ip", "ip6", "inet", "bridge", "arp", "netdev"]);
const hooks: ReadonlySet<string> = new Set([
  ...["ingress", "prerouting", "input", "forward", "output", "postrouting", "egress"],
]);

const familyOf = ({ family }: NftObject): Family =>
  typeof family === "string" && families.has(family) ? (family as Family) : "inet";

/** `filter hook forward priority 0`; null: reached by jumps only. */
function baseOf({ type, hook, prio, policy }: NftObject): BaseChain | null {
  if (typeof hook !== "string" || !hooks.has(hook)) return null;
  return {
    type: type === "nat" || type === "route" ? type : "filter",
    hook: hook as Hook,
    priority: typeof prio === "number" ? prio : 0,
    policy: policy === "drop" ? "drop" : "accept",
  };
}

const evidenceOf = (answer: AnswerId, { at }: NftRow): Evidence => ({ answer, at });

const placeOf = (value: NftObject): string =>
  `${textOf(value["family"])} ${textOf(value["table"])}`;
const chainPlace = (value: NftObject, name: unknown): string => `${placeOf(value)} ${textOf(name)}`;

/** What does not follow from the table that a chain is in. */
type Around = {
  readonly answer: AnswerId;
  readonly table: Table["madeBy"];
};

function ruleOf(row: NftRow, index: number, chain: Chain["madeBy"], answer: AnswerId) {
  return (keyOf: (text: string) => Rule["key"]): Rule => {
    const { expr, comment: told, handle } = row.value;
    const parts = readNftRule(expr);
    const comment = typeof told === "string" ? told : null;
    const text = printNftRule(parts, comment, null);
    return {
      key: keyOf(text),
      place: index + 1,
      parts,
      counters: countersOf(expr),
      comment,
      handle: typeof handle === "number" ? handle : null,
      verbatim: null,
      madeBy: ruleMaker({ text, comment, jumpsTo: jumpOf(parts) }, chain),
      evidence: evidenceOf(answer, row),
    };
  };
}

function chainOf(row: NftRow, rules: readonly NftRow[], { answer, table }: Around): Chain {
  const name = textOf(row.value["name"]);
  const base = baseOf(row.value);
  const madeBy = chainMaker(name, base, table);
  const keyOf = ruleKeys("nft", familyOf(row.value), textOf(row.value["table"]), name);
  return {
    name,
    base,
    counters: null,
    rules: rules.map((rule, index) => ruleOf(rule, index, madeBy, answer)(keyOf)),
    madeBy,
    evidence: evidenceOf(answer, row),
  };
}

/** The same without a line of its own, as where the answer was torn. */
const unnamed = (rows: readonly NftRow[], kind: string, name: (row: NftRow) => string) => {
  const known = new Set(rows.filter((row) => row.kind === kind).map(name));
  return (place: string): boolean => known.has(place);
};

/** A chain whose own object is lost, by the first of its rules. */
function lostChains(rows: readonly NftRow[]): readonly NftRow[] {
  const isKnown = unnamed(rows, "chain", ({ value }) => chainPlace(value, value["name"]));
  const found = new Map<string, NftRow>();
  for (const row of rows) {
    if (row.kind !== "rule") continue;
    const place = chainPlace(row.value, row.value["chain"]);
    if (isKnown(place) || found.has(place)) continue;
    const { family, table, chain: name } = row.value;
    found.set(place, { ...row, kind: "chain", value: { family, table, name } });
  }
  return [...found.values()];
}

function lostTables(rows: readonly NftRow[]): readonly NftRow[] {
  const isKnown = unnamed(
    rows,
    "table",
    ({ value }) => `${textOf(value["family"])} ${textOf(value["name"])}`,
  );
  const found = new Map<string, NftRow>();
  for (const row of rows) {
    const place = placeOf(row.value);
    if (row.kind !== "chain" || isKnown(place) || found.has(place)) continue;
    const { family, table: name } = row.value;
    found.set(place, { ...row, kind: "table", value: { family, name } });
  }
  return [...found.values()];
}

/** Names of the chains of a table; null: nft did not list it. */
export type ListedChains = (family: Family, table: string) => ReadonlySet<string> | null;

export function listedChains(rows: readonly NftRow[]): ListedChains {
  const found = new Map<string, Set<string>>();
  for (const { kind, value } of rows) {
    if (kind === "table")
      found.set(`${textOf(value["family"])} ${textOf(value["name"])}`, new Set());
    if (kind === "chain") found.get(placeOf(value))?.add(textOf(value["name"]));
  }
  return (family, table) => found.get(`${family} ${table}`) ?? null;
}

/**
 * Native tables. Of a table that iptables-save prints too, only the chains that it does not print: of the others
 * nft knows less.
 */
export function nftTables(
  rows: readonly NftRow[],
  answer: AnswerId,
  printed: readonly Table[],
): readonly Table[] {
  const whole = [...rows, ...lostChains(rows)];
  const chains = Map.groupBy(
    whole.filter(({ kind }) => kind === "chain"),
    ({ value }) => placeOf(value),
  );
  const rules = Map.groupBy(
    rows.filter(({ kind }) => kind === "rule"),
    ({ value }) => chainPlace(value, value["chain"]),
  );
  return [...rows, ...lostTables(whole)]
    .filter(({ kind }) => kind === "table")
    .flatMap((row): Table | readonly [] => {
      const family = familyOf(row.value);
      const name = textOf(row.value["name"]);
      const twin = printed.find(
        (table) =>
          table.backend === "iptables-nft" && table.family === family && table.name === name,
      );
      const madeBy = tableMaker(name, false);
      const around: Around = { answer, table: madeBy };
      const isOurs = ({ value }: NftRow): boolean =>
        twin?.chains.every((chain) => chain.name !== value["name"]) ?? true;
      const own = (chains.get(`${textOf(row.value["family"])} ${name}`) ?? []).filter(isOurs);
      if (twin !== undefined && own.length === 0) return [];
      return {
        backend: "nft",
        family,
        name,
        chains: own.map((chain) =>
          chainOf(chain, rules.get(chainPlace(chain.value, chain.value["name"])) ?? [], around),
        ),
        madeBy,
        evidence: evidenceOf(answer, row),
      };
    });
}

const typeText = (type: unknown): string =>
  (Array.isArray(type) ? type : [type]).map(textOf).join(" . ");

function setOf(row: NftRow, answer: AnswerId): RuleSet {
  const { value } = row;
  const fields = declaredFields(value["type"]);
  const elements = Array.isArray(value["elem"]) ? value["elem"] : [];
  const isMap = value["map"] !== undefined;
  const flags = Array.isArray(value["flags"]) ? value["flags"] : [];
  return {
    backend: "nft",
    table: { family: familyOf(value), name: textOf(value["table"]) },
    name: textOf(value["name"]),
    type: typeText(value["type"]) + (isMap ? ` : ${typeText(value["map"])}` : ""),
    holds: isMap
      ? {
          of: "mappings",
          elements: elements.flatMap((each) => mapElementOf(each, fields) ?? []),
        }
      : {
          of: "elements",
          elements: elements.map((each) => elementValues(each, fields)),
          except: [],
        },
    options: flags.length === 0 ? "" : `flags ${flags.map(textOf).join(",")}`,
    evidence: evidenceOf(answer, row),
  };
}

export const nftSets = (rows: readonly NftRow[], answer: AnswerId): readonly RuleSet[] =>
  rows.filter(({ kind }) => kind === "set" || kind === "map").map((row) => setOf(row, answer));
