import type { HostFacts } from "@/lib/facts/model";
import type { NetnsLabel } from "@/lib/net/ids";
import { type World, worldOf } from "@/lib/ports/world";
import { read } from "@/lib/probes/read";
import { readListening, readRules, ruleProbes, toldApart } from "@/lib/probes/read-rules";
import { build } from "@/lib/topology/build";
import { buildListening } from "@/lib/topology/build-listening";
import { buildNetnsRules } from "@/lib/topology/firewall/build-netns-rules";
import type { NetnsRules } from "@/lib/topology/firewall/model";
import type { Listening } from "@/lib/topology/listening";
import type { Topology } from "@/lib/topology/model";
import { type LastQuestion, lastQuestions } from "@/lib/topology/open-ends";

const ofRules: ReadonlySet<string> = new Set(ruleProbes.map(({ name }) => name));

/** What the facts of one host mean. Never throws: what could not be read is among the gaps. */
export const understand = (facts: HostFacts): Topology => build(read(facts));

/** Rules of one namespace, with what decides beside them; `not-asked` where nobody asked it. */
export const rulesOf = (facts: HostFacts, netns: NetnsLabel): NetnsRules =>
  buildNetnsRules(facts.host, readRules(facts, netns));

/** Who listens, in every namespace of the host that a process lives in. */
export const listeningOn = (facts: HostFacts): Listening =>
  buildListening(read(facts), readListening(facts));

/**
 * All that decides about connections of this host. Rules: of the host's own namespace, and of the others that
 * somebody asked for.
 */
export function worldFrom(facts: HostFacts): World {
  const readings = read(facts);
  const topology = build(readings);
  const told = new Set(
    [...facts.answers, ...facts.gaps].flatMap(({ probe, netns }) =>
      probe !== null && netns !== null && ofRules.has(probe) ? [netns] : [],
    ),
  );
  const rules = topology.namespaces
    .filter(({ label }) => told.has(label))
    .map(({ label }) => rulesOf(facts, label));
  return worldOf(topology, rules, buildListening(readings, readListening(facts)));
}

/** Rules name no namespace, and a large set of them takes longer to read than all else. */
const withoutRules = (facts: HostFacts): HostFacts => ({
  ...facts,
  answers: facts.answers.filter(({ probe }) => !toldApart.has(probe)),
});

/** What is worth asking in the last exec, now that all else is known. */
export const questionsLeft = (facts: HostFacts): readonly LastQuestion[] =>
  lastQuestions(understand(withoutRules(facts)));

/** The namespaces whose own nsid map would settle a link that is still open. */
export const openObservers = (facts: HostFacts): readonly NetnsLabel[] =>
  questionsLeft(facts).flatMap(({ scope, netns }) => (scope === "observer" ? netns : []));
