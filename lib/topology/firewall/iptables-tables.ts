import type { AnswerId } from "@/lib/net/ids";
import type { SaveRow } from "@/lib/probes/iptables-save-text";
import type { Action } from "./actions";
import { iptablesBase } from "./iptables-bases";
import { chainMaker, ruleMaker, tableMaker } from "./makers";
import type { Match } from "./matches";
import type { Backend, Chain, Rule, Table } from "./model";
import { printIptablesRule } from "./print-iptables";
import { readIptablesRule } from "./read-iptables-rule";
import { ruleKeys } from "./rule-keys";

type RuleRow = Extract<SaveRow, { readonly kind: "rule" }>;
type ChainRow = Extract<SaveRow, { readonly kind: "chain" }>;

type Draft = {
  readonly name: string;
  readonly at: number;
  readonly chains: Map<string, { readonly row: ChainRow | null; readonly rules: RuleRow[] }>;
};

/** Tables in the order of the text; rules are gathered by chain, since iptables-save lists chains first. */
function draftsOf(rows: readonly SaveRow[]): readonly Draft[] {
  const drafts: Draft[] = [];
  const chainIn = (draft: Draft, name: string) => {
    // Where the text was torn, rules of a chain may come without its line.
    const known = draft.chains.get(name) ?? { row: null, rules: [] };
    draft.chains.set(name, known);
    return known;
  };
  for (const row of rows) {
    if (row.kind === "table") drafts.push({ name: row.name, at: row.at, chains: new Map() });
    const draft = drafts.at(-1);
    if (draft === undefined) continue;
    if (row.kind === "chain") {
      const { rules } = chainIn(draft, row.name);
      draft.chains.set(row.name, { row, rules });
    }
    if (row.kind === "rule") chainIn(draft, row.chain).rules.push(row);
  }
  return drafts;
}

const commentOf = (parts: readonly (Match | Action)[]): string | null => {
  const found = parts.find((part) => part.kind === "comment");
  return found?.kind === "comment" ? found.text : null;
};

export const jumpOf = (parts: readonly (Match | Action)[]): string | null => {
  const found = parts.find(({ kind }) => kind === "jump" || kind === "goto");
  return found?.kind === "jump" || found?.kind === "goto" ? found.chain : null;
};

type Around = {
  readonly backend: Exclude<Backend, "ipset" | "nft">;
  readonly family: "ip" | "ip6";
  readonly answer: AnswerId;
};

function chainOf(draft: Draft, name: string, around: Around, table: Table["madeBy"]): Chain {
  const { row = null, rules = [] } = draft.chains.get(name) ?? {};
  const base = iptablesBase(draft.name, name, row?.policy ?? null);
  const madeBy = chainMaker(name, base, table);
  const keyOf = ruleKeys(around.backend, around.family, draft.name, name);
  const hasChain = (chain: string): boolean => draft.chains.has(chain);
  const built = rules.map((rule, index): Rule => {
    const { text } = rule;
    const parts = rule.torn
      ? [{ part: "action", kind: "opaque", name: "", text, flow: "unknown" } as const]
      : readIptablesRule(rule.words, around.family, hasChain);
    const comment = commentOf(parts);
    return {
      key: keyOf(text),
      place: index + 1,
      parts,
      counters: rule.counters,
      comment,
      handle: null,
      verbatim: printIptablesRule(parts) === text ? null : text,
      madeBy: ruleMaker({ text, comment, jumpsTo: jumpOf(parts) }, madeBy),
      evidence: { answer: around.answer, at: { line: rule.at } },
    };
  });
  return {
    name,
    base,
    counters: base === null ? null : (row?.counters ?? null),
    rules: built,
    madeBy,
    evidence: { answer: around.answer, at: { line: row?.at ?? rules[0]?.at ?? draft.at } },
  };
}

/** The tables of one answer of iptables-save. */
export const iptablesTables = (rows: readonly SaveRow[], around: Around): readonly Table[] =>
  draftsOf(rows).map((draft) => {
    const madeBy = tableMaker(draft.name, true);
    return {
      backend: around.backend,
      family: around.family,
      name: draft.name,
      chains: [...draft.chains.keys()].map((name) => chainOf(draft, name, around, madeBy)),
      madeBy,
      evidence: { answer: around.answer, at: { line: draft.at } },
    };
  });
