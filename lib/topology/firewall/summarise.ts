import { dockerEras } from "./eras";
import { makerOrder } from "./makers";
import type { Firewall, FirewallSummary, Rule, Source, SourceSummary } from "./model";

const does = (rules: readonly Rule[], kinds: readonly string[]): number =>
  rules.filter(({ parts }) => parts.some(({ kind }) => kinds.includes(kind))).length;

function sourceSummary(
  source: Source,
  firewall: Extract<Firewall, { status: "read" }>,
): SourceSummary {
  const { backend, family, state } = source;
  const tables = firewall.tables.filter(
    (table) => table.backend === backend && (family === null || table.family === family),
  );
  const chains = tables.flatMap((table) => table.chains);
  const rules = chains.flatMap((chain) => chain.rules);
  const isIpset = backend === "ipset";
  return {
    backend,
    family,
    status: state.status,
    tables: isIpset ? firewall.sets.filter((set) => set.backend === "ipset").length : tables.length,
    chains: chains.length,
    rules: rules.length,
    dnat: does(rules, ["dnat", "redirect"]),
    snat: does(rules, ["snat", "masquerade"]),
    why: state.status === "unreadable" ? state.why : null,
  };
}

/** What of a firewall goes with every snapshot. */
export function summarise(firewall: Firewall): FirewallSummary {
  if (firewall.status !== "read") return firewall;
  const makers = new Set(
    firewall.tables.flatMap(({ madeBy, chains }) => [
      madeBy.who,
      ...chains.flatMap((chain) => [
        chain.madeBy.who,
        ...chain.rules.map((rule) => rule.madeBy.who),
      ]),
    ]),
  );
  return {
    status: "read",
    sources: firewall.sources.map((source) => sourceSummary(source, firewall)),
    eras: dockerEras(firewall),
    makers: makerOrder.filter((maker) => makers.has(maker)),
  };
}
