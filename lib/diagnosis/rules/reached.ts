import type { Lookup, Verdict } from "@/lib/topology/firewall/actions";
import type { Chain, Firewall, Hook, Rule, RuleSet, Table } from "@/lib/topology/firewall/model";

type Sets = Extract<Firewall, { readonly status: "read" }>["sets"];

const chainOf = (verdict: Verdict): readonly string[] =>
  verdict.kind === "jump" || verdict.kind === "goto" ? [verdict.chain] : [];

function verdictsOf({ map }: Lookup, table: Table, sets: Sets): readonly Verdict[] {
  const isMine = (set: RuleSet): boolean =>
    set.name === (map.of === "set" ? map.name : null) &&
    set.table?.name === table.name &&
    set.table.family === table.family;
  const holds =
    map.of === "set"
      ? sets.find(isMine)?.holds
      : ({ of: "mappings", elements: map.elements } as const);
  if (holds?.of !== "mappings") return [];
  return holds.elements.flatMap(({ to }) => (to.of === "verdict" ? [to.verdict] : []));
}

/** The chains that a rule may lead to. */
export const jumpsOf = ({ parts }: Rule, table: Table, sets: Sets): readonly string[] =>
  parts.flatMap((part) => {
    if (part.kind === "jump" || part.kind === "goto") return [part.chain];
    return part.kind === "verdict-map" ? verdictsOf(part.lookup, table, sets).flatMap(chainOf) : [];
  });

/** All chains of a table that a packet at this hook may come to, its base chains among them. */
export function reachedAt(table: Table, hook: Hook, sets: Sets): readonly Chain[] {
  const byName = new Map(table.chains.map((chain) => [chain.name, chain]));
  const found = new Set(table.chains.filter(({ base }) => base?.hook === hook));
  for (const chain of found)
    for (const rule of chain.rules)
      for (const name of jumpsOf(rule, table, sets)) {
        const next = byName.get(name);
        // A set that grows is walked to its end.
        if (next !== undefined) found.add(next);
      }
  return [...found];
}
