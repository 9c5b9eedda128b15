import type { HostFacts } from "@/lib/facts/model";
import type { NetnsLabel } from "@/lib/net/ids";
import { read } from "@/lib/probes/read";
import { build } from "@/lib/topology/build";
import type { Topology } from "@/lib/topology/model";
import { openEnds } from "@/lib/topology/open-ends";

/** What the facts of one host mean. Never throws: what could not be read is among the gaps. */
export const understand = (facts: HostFacts): Topology => build(read(facts));

/** The namespaces whose own nsid map would settle a link that is still open (asked in the last exec). */
export const openObservers = (facts: HostFacts): readonly NetnsLabel[] =>
  openEnds(understand(facts));
