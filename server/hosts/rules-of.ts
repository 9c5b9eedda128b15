import type { HostFacts } from "@/lib/facts/model";
import { type NetnsId, netnsLabel } from "@/lib/net/ids";
import { rulesOf } from "@/lib/pipeline";
import { ruleProbes } from "@/lib/probes/read-rules";
import type { NetnsRules } from "@/lib/topology/firewall/model";
import type { Namespace, Topology } from "@/lib/topology/model";
import type { HostSource } from "./source";

/** A reading; what is asked later about one of its namespaces is added to its facts. */
type Reading = { readonly facts: HostFacts; readonly topology: Topology };

/** `facts`: those of the reading, and what was asked just now. */
export type RulesTold = { readonly facts: HostFacts; readonly rules: NetnsRules };

const names = new Set(ruleProbes.map(({ name }) => name));

const isTold = ({ answers, gaps }: HostFacts, { label }: Namespace): boolean =>
  [...answers, ...gaps].some(
    ({ probe, netns }) => netns === label && probe !== null && names.has(probe),
  );

async function asked(
  source: HostSource,
  { inode, paths }: Namespace,
  signal: AbortSignal,
): Promise<Pick<HostFacts, "answers" | "gaps">> {
  const nothing = { answers: [], gaps: [] };
  const [path] = paths;
  if (inode === null || path === undefined) return nothing;
  const way = await source.way?.(signal);
  if (way === undefined || way === null) return nothing;
  try {
    const { askRules } = await import("@/server/gather/ask-rules");
    return await askRules(way.transport, { inode, path }, signal);
  } finally {
    way.leave();
  }
}

/**
 * The rules of one namespace: from the reading where they are in it (the host's own always are), else asked
 * now; `not-asked` where nobody can be asked. null: the reading has no such namespace.
 */
export async function rulesIn(
  source: HostSource,
  { facts, topology }: Reading,
  netns: NetnsId,
  signal: AbortSignal,
): Promise<RulesTold | null> {
  const namespace = topology.namespaces.find(({ id }) => id === netns);
  if (namespace === undefined) return null;
  const isOwn = netns === topology.host.netns;
  if (isOwn || isTold(facts, namespace)) return { facts, rules: rulesOf(facts, namespace.label) };
  const more = await asked(source, namespace, signal);
  const whole = {
    ...facts,
    answers: [...facts.answers, ...more.answers],
    gaps: [...facts.gaps, ...more.gaps],
  };
  return { facts: whole, rules: rulesOf(whole, netnsLabel(namespace.label)) };
}
