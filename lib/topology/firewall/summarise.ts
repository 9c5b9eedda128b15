import { dockerEras } from "./eras";
import { makerOrder } from "./makers";
import type { Firewall, FirewallSummary, Source, SourceSummary } from "./model";

function sourceSummary(
  source: Source,
  firewall: Extract<Firewall, { status: "read" }>,
): SourceSummary {
  const { backend, family, state } = source;
  const tables = firewall.tables.filter(
    (table) => table.backend === backend && (family === null || table.family === family),
  );
  const chains = tables.flatMap((table) => table.chains);
  const isIpset = backend === "ipset";
  return {
    backend,
    family,
    status: state.status,
    tables: isIpset ? firewall.sets.filter((set) => set.backend === "ipset").length : tables.length,
    chains: chains.length,
    rules: chains.reduce((sum, { rules }) => sum + rules.length, 0),
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
