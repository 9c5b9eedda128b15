import type { Chain, Era, EraFound, Firewall, Table } from "./model";

const latestFirst: readonly Era[] = [
  "docker-29-nftables",
  "docker-29-iptables",
  "docker-28",
  "docker-28.0.0",
  "docker-18.03",
  "docker-17.06",
  "docker-17.05",
];

/** Some rule of this table leads there. */
const isReached = (chains: readonly Chain[], name: string): boolean =>
  chains.some(({ rules }) =>
    rules.some(({ parts }) =>
      parts.some((part) => (part.kind === "jump" || part.kind === "goto") && part.chain === name),
    ),
  );

/** 28.0.0 alone asked an ipset which bridges are Docker's. */
const asksForBridges = (chains: readonly Chain[]): boolean =>
  chains.some(({ rules }) =>
    rules.some(({ parts }) =>
      parts.some((part) => part.kind === "ipset" && part.name.startsWith("docker-ext-bridges-")),
    ),
  );

type Mark = { readonly era: Era; readonly chain: string };

/** By chains that only this one makes, or that it makes while those of the next are not there. */
function marksIn(names: ReadonlySet<string>, hasBridgeSet: boolean): readonly Mark[] {
  const has = (name: string): boolean => names.has(name);
  const marks: Mark[] = [];
  const stages = "DOCKER-ISOLATION-STAGE-1";
  if (has("DOCKER-INTERNAL")) marks.push({ era: "docker-29-iptables", chain: "DOCKER-INTERNAL" });
  if (has("DOCKER-FORWARD") && has(stages)) marks.push({ era: "docker-28", chain: stages });
  else if (has("DOCKER-FORWARD") && !has("DOCKER-INTERNAL"))
    marks.push({ era: "docker-28", chain: "DOCKER-FORWARD" });
  else if (has(stages))
    marks.push({ era: hasBridgeSet ? "docker-28.0.0" : "docker-18.03", chain: stages });
  if (has("DOCKER-ISOLATION"))
    marks.push({
      era: has("DOCKER-USER") ? "docker-17.06" : "docker-17.05",
      chain: "DOCKER-ISOLATION",
    });
  return marks;
}

function erasIn(table: Table): readonly EraFound[] {
  const { backend, chains, name } = table;
  if (backend === "nft")
    return name === "docker-bridges" ? [{ era: "docker-29-nftables", backend, inForce: true }] : [];
  if (name !== "filter") return [];
  const names = new Set(chains.map((chain) => chain.name));
  return marksIn(names, asksForBridges(chains)).map(({ era, chain }) => ({
    era,
    backend,
    inForce: isReached(chains, chain),
  }));
}

/**
 * Which Docker laid the rules out: by the chains that are there, not by the engine's version, since an upgrade leaves
 * chains behind. The latest first. IPv6 is looked at too: `iptables` alone may be switched off.
 */
export function dockerEras(firewall: Firewall): readonly EraFound[] {
  if (firewall.status !== "read") return [];
  const found = new Map<string, EraFound>();
  for (const era of firewall.tables.flatMap(erasIn)) {
    const name = `${era.era} ${era.backend}`;
    const known = found.get(name);
    found.set(name, known === undefined ? era : { ...era, inForce: era.inForce || known.inForce });
  }
  return [...found.values()].toSorted(
    (a, b) => latestFirst.indexOf(a.era) - latestFirst.indexOf(b.era),
  );
}
