import type { HostFacts } from "@/lib/facts/model";
import type { NetnsLabel } from "@/lib/net/ids";
import { read } from "@/lib/probes/read";
import { build } from "@/lib/topology/build";
import type { Topology } from "@/lib/topology/model";
import { type LastQuestion, lastQuestions } from "@/lib/topology/open-ends";

/** What the facts of one host mean. Never throws: what could not be read is among the gaps. */
export const understand = (facts: HostFacts): Topology => build(read(facts));

/** What is worth asking in the last exec, now that all else is known. */
export const questionsLeft = (facts: HostFacts): readonly LastQuestion[] =>
  lastQuestions(understand(facts));

/** The namespaces whose own nsid map would settle a link that is still open. */
export const openObservers = (facts: HostFacts): readonly NetnsLabel[] =>
  questionsLeft(facts).flatMap(({ scope, netns }) => (scope === "observer" ? netns : []));
