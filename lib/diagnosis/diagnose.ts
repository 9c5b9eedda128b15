import type { Topology } from "@/lib/topology/model";
import { addressMismatch } from "./address-mismatch";
import { bridgeDown } from "./bridge-down";
import { bridgeWithoutGateway } from "./bridge-without-gateway";
import { containerLinkDown } from "./container-link-down";
import { duplicateAddress } from "./duplicate-address";
import { duplicateMac } from "./duplicate-mac";
import { groundOf } from "./ground";
import { hostVethDown } from "./host-veth-down";
import { unmet } from "./known";
import { leftoverBridge } from "./leftover-bridge";
import { lostNamespace } from "./lost-namespace";
import {
  type FaultCheck,
  type Finding,
  type FindingId,
  type Need,
  type RuleDiagnosis,
  type RuleNeed,
  ruleFindingIds,
  severities,
  type TopologyNeed,
} from "./model";
import { mtuBeyondUplink } from "./mtu-beyond-uplink";
import { mtuMismatch } from "./mtu-mismatch";
import { noDefaultRoute } from "./no-default-route";
import { orphanVeth } from "./orphan-veth";
import { parentDown } from "./parent-down";
import { portNotForwarding } from "./port-not-forwarding";
import { ruleNeeds } from "./rules/needs";
import { staleNamespace } from "./stale-namespace";
import { wrongBridge } from "./wrong-bridge";

/** Every fault that is looked for. */
const checks: readonly FaultCheck[] = [
  noDefaultRoute,
  bridgeWithoutGateway,
  bridgeDown,
  orphanVeth,
  hostVethDown,
  containerLinkDown,
  wrongBridge,
  duplicateAddress,
  duplicateMac,
  lostNamespace,
  staleNamespace,
  portNotForwarding,
  addressMismatch,
  mtuBeyondUplink,
  mtuMismatch,
  parentDown,
  leftoverBridge,
];

const rank = ({ severity }: Finding): number => severities.indexOf(severity);

/** More than a card can show, and less than one question for quotes may name. */
const mostEvidence = 24;

/** Two parts of one line of text are that line, once. */
export const inBrief = (finding: Finding): Finding => ({
  ...finding,
  evidence: [
    ...new Map(finding.evidence.map((each) => [JSON.stringify(each), each])).values(),
  ].slice(0, mostEvidence),
});

const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      a.id.localeCompare(b.id, "en") ||
      a.about[0].localeCompare(b.about[0], "en"),
  );

/**
 * What is wrong with a host, worst first, in an order that stays from reading to reading. Never throws.
 * `ruled`: what its rules show (./rules); null where they did not come with the topology.
 */
export const diagnose = (
  topology: Topology,
  ruled: RuleDiagnosis | null = null,
): readonly Finding[] => {
  const ground = groundOf(topology);
  const wired = checks.flatMap(({ find }) => find(ground)).map(inBrief);
  return inOrder([...wired, ...(ruled?.findings ?? [])]);
};

/** Findings of medium or worse: what is called a problem everywhere. */
export const problems = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ severity }) => severity !== "low");

/** What was looked for, and which facts about this host were wanting for it. */
export type Coverage = { readonly id: FindingId; readonly missing: readonly Missing[] };

/** in-file: rules, settings and sockets did not come with the topology, whether or not they were read. */
type Missing = Need | "in-file";

const allOfRules: readonly RuleNeed[] = ["rules", "sockets", "settings"];

const isOfRules = (need: Need): need is RuleNeed => allOfRules.some((each) => each === need);

function coverageOfRules(topology: Topology, ruled: RuleDiagnosis | null): readonly Coverage[] {
  if (ruled === null) return ruleFindingIds.map((id) => ({ id, missing: ["in-file"] }));
  return ruleFindingIds.map((id) => {
    const needs = ruleNeeds[id];
    const wired = needs.filter((need): need is TopologyNeed => !isOfRules(need));
    const lacking = needs.filter(isOfRules).filter((need) => ruled.lacks.includes(need));
    return { id, missing: [...unmet(topology, wired), ...lacking] };
  });
}

/** A fault whose facts are missing, even in part, may be there unseen: no finding is no all-clear for it. */
export const coverage = (
  topology: Topology,
  ruled: RuleDiagnosis | null = null,
): readonly Coverage[] => [
  ...checks.map(({ id, needs }) => ({ id, missing: unmet(topology, needs) })),
  ...coverageOfRules(topology, ruled),
];
