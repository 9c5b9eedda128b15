import type { Evidence } from "@/lib/diagnosis/model";
import type { Step } from "@/lib/netfilter/packet";
import type { Chain, RuleCounters, Table } from "@/lib/topology/firewall/model";
import { ruleText } from "@/lib/topology/firewall/print-rule";
import type { PlacedRule, RuleGround } from "./ground";

/** A rule's comment may be a megabyte. */
const longest = 240;
const clipped = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest)}…` : text;

const counted = (counters: RuleCounters | null): string =>
  counters === null ? "" : ` [${counters.packets}:${counters.bytes}]`;

const chainPath = ({ backend, family, name }: Table, chain: Chain): string =>
  `${backend} ${family} ${name} ${chain.name}`;

/** Where a rule stands and what it says: `iptables-nft ip filter FORWARD 3: -i docker0 -j DROP [12:720]`. */
export const ruleTold = ({ table, chain, rule }: PlacedRule): string =>
  `${chainPath(table, chain)} ${rule.place}: ${clipped(ruleText(table.backend, rule))}${counted(rule.counters)}`;

/** `iptables-nft ip filter FORWARD: policy drop [12:720]` */
export const policyTold = (table: Table, chain: Chain): string =>
  `${chainPath(table, chain)}: policy ${chain.base?.policy ?? "none"}${counted(chain.counters)}`;

export type ToldStep = {
  readonly text: string;
  readonly evidence: Evidence;
  readonly table: Table;
  readonly chain: Chain;
};

/** The rule, or the policy, that a step of a packet's way names. null: it is none of what was read. */
export function stepTold(ground: RuleGround, step: Step): ToldStep | null {
  if (step.rule !== null) {
    const found = ground.ruleAt(step.rule);
    if (found === null) return null;
    const { table, chain, rule } = found;
    return { text: ruleTold(found), evidence: rule.evidence, table, chain };
  }
  const table = ground.firewall?.tables.find(
    ({ backend, family, name }) =>
      backend === step.backend && family === step.family && name === step.table,
  );
  const chain = table?.chains.find(({ name }) => name === step.chain);
  if (table === undefined || chain === undefined) return null;
  return { text: policyTold(table, chain), evidence: chain.evidence, table, chain };
}

const most = 5;

/** The first of them, for a sentence. */
export const listed = (names: readonly string[]): string => {
  const distinct = [...new Set(names)];
  const more = distinct.length > most ? ", …" : "";
  return `${distinct.slice(0, most).join(", ")}${more}`;
};
