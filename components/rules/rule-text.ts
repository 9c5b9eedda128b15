import { visible } from "@/lib/graph/names";
import type { Rule, Table } from "@/lib/topology/firewall/model";
import { ruleText } from "@/lib/topology/firewall/print-rule";
import { chainId } from "./chain-id";

/** Its key ends in its text; where the same text stands twice, in a number too, and so may a text. null: it has to be printed. */
function textInKey(table: Table, chain: string, { key }: Rule): string | null {
  const before = `rule:${chainId(table, chain)}/`;
  return key.startsWith(before) && !/~\d+$/.test(key) ? key.slice(before.length) : null;
}

/**
 * A rule as its own tool prints it, without counters, which stand beside it. A search asks for twenty thousand, and to
 * print them takes longer than to read them off their keys.
 */
export const textOf = (table: Table, chain: string, rule: Rule): string =>
  visible(textInKey(table, chain, rule) ?? ruleText(table.backend, rule));
