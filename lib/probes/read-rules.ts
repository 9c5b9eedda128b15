import type { Gap, HostFacts } from "@/lib/facts/model";
import type { AnswerId, NetnsLabel } from "@/lib/net/ids";
import { answerGaps } from "./answer-gap";
import type { Probe } from "./define";
import { dockerProxies, type ProxyRow } from "./docker-proxies";
import { type IpsetRow, ipsetSave } from "./ipset-save";
import {
  ip6tablesLegacySave,
  ip6tablesSave,
  iptablesLegacySave,
  iptablesSave,
} from "./iptables-save";
import type { SaveRow } from "./iptables-save-text";
import { type ListeningRow, listeningSockets } from "./listening-sockets";
import type { NftRow } from "./nft-row";
import { nftRuleset } from "./nft-ruleset";
import { type SysctlRow, sysctls } from "./sysctls";

/** What came of one question about rules. Its gaps are told here only: a host without ipset lacks nothing. */
export type RuleAnswer<Row> = {
  /** null: nobody asked, or nothing came back. */
  readonly answer: AnswerId | null;
  readonly rows: readonly Row[];
  /** What it does not tell although it was asked to; empty and `answer` null: it was not asked. */
  readonly lost: readonly Gap[];
};

/** Of one namespace. */
export type RuleReadings = {
  readonly netns: NetnsLabel;
  readonly iptables: RuleAnswer<SaveRow>;
  readonly ip6tables: RuleAnswer<SaveRow>;
  readonly iptablesLegacy: RuleAnswer<SaveRow>;
  readonly ip6tablesLegacy: RuleAnswer<SaveRow>;
  readonly nft: RuleAnswer<NftRow>;
  readonly ipset: RuleAnswer<IpsetRow>;
  readonly sysctls: RuleAnswer<SysctlRow>;
};

/** Of the machine: every namespace that a process lives in. */
export type ListeningReadings = {
  readonly sockets: RuleAnswer<ListeningRow>;
  readonly proxies: RuleAnswer<ProxyRow>;
};

/** The questions to one namespace, in the order in which they are asked. */
export const ruleProbes: readonly Probe<unknown>[] = [
  iptablesSave,
  ip6tablesSave,
  iptablesLegacySave,
  ip6tablesLegacySave,
  nftRuleset,
  ipsetSave,
  sysctls,
];

/** Those whose gaps stand with what they are about, not among those of the whole host. */
export const toldApart: ReadonlySet<string> = new Set(
  [...ruleProbes, listeningSockets, dockerProxies].map(({ name }) => name),
);

function readOne<Row>(
  facts: HostFacts,
  probe: Probe<Row>,
  netns: NetnsLabel | null,
): RuleAnswer<Row> {
  const answer = facts.answers.find((each) => each.probe === probe.name && each.netns === netns);
  if (answer === undefined) {
    const lost = facts.gaps.filter((gap) => gap.probe === probe.name && gap.netns === netns);
    return { answer: null, rows: [], lost };
  }
  const reading = probe.parse(answer);
  return { answer: answer.id, rows: reading.rows, lost: answerGaps(probe, answer, reading) };
}

/** What a namespace said of its rules. Never throws. */
export const readRules = (facts: HostFacts, netns: NetnsLabel): RuleReadings => ({
  netns,
  iptables: readOne(facts, iptablesSave, netns),
  ip6tables: readOne(facts, ip6tablesSave, netns),
  iptablesLegacy: readOne(facts, iptablesLegacySave, netns),
  ip6tablesLegacy: readOne(facts, ip6tablesLegacySave, netns),
  nft: readOne(facts, nftRuleset, netns),
  ipset: readOne(facts, ipsetSave, netns),
  sysctls: readOne(facts, sysctls, netns),
});

export const readListening = (facts: HostFacts): ListeningReadings => ({
  sockets: readOne(facts, listeningSockets, null),
  proxies: readOne(facts, dockerProxies, null),
});
