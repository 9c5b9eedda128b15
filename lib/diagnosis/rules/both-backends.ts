import type { Finding } from "@/lib/diagnosis/model";
import type { Backend, Chain, Table } from "@/lib/topology/firewall/model";
import type { RuleCheck } from "./check";
import type { RuleGround } from "./ground";
import { listed, policyTold } from "./told";

type Base = { readonly table: Table; readonly chain: Chain };

const decides = ({ table, chain }: Base): boolean =>
  (table.name === "filter" || table.name === "nat") &&
  (chain.rules.length > 0 || chain.base?.policy === "drop");

/** Base chains that do something to packets, of one kind of iptables. */
const deciding = (
  { firewall }: RuleGround,
  backend: Backend,
  family: "ip" | "ip6",
): readonly Base[] =>
  (firewall?.tables ?? [])
    .filter((table) => table.backend === backend && table.family === family)
    .flatMap((table) =>
      table.chains.filter(({ base }) => base !== null).map((chain) => ({ table, chain })),
    )
    .filter(decides);

const drops = ({ chain }: Base): boolean =>
  chain.base?.hook === "forward" && chain.base.policy === "drop";

function findFor(ground: RuleGround, family: "ip" | "ip6"): readonly Finding[] {
  const legacy = deciding(ground, "iptables-legacy", family);
  const nft = deciding(ground, "iptables-nft", family);
  const [one] = legacy;
  const [other] = nft;
  if (one === undefined || other === undefined) return [];
  const drop = [...legacy, ...nft].find(drops);
  const tool = family === "ip" ? "iptables" : "ip6tables";
  return [
    {
      id: "D49",
      severity: "high",
      about: [ground.topology.host.key],
      values: {
        family: family === "ip" ? "IPv4" : "IPv6",
        legacy: listed(legacy.map(({ table, chain }) => `${table.name} ${chain.name}`)),
        nft: listed(nft.map(({ table, chain }) => `${table.name} ${chain.name}`)),
        told: drop === undefined ? "" : policyTold(drop.table, drop.chain),
        drops: drop === undefined ? "no" : "yes",
      },
      evidence: [...legacy, ...nft].map(({ chain }) => chain.evidence),
      remedy: [
        [`${tool}-legacy-save`],
        ["update-alternatives", "--display", tool],
        [`${tool}-legacy`, "-P", "FORWARD", "ACCEPT"],
        [`${tool}-legacy`, "-F"],
        [`${tool}-legacy`, "-t", "nat", "-F"],
      ],
    },
  ];
}

/** A packet meets both; each tool shows only its own. */
export const bothBackends: RuleCheck = {
  ids: ["D49"],
  find: (ground) => [...findFor(ground, "ip"), ...findFor(ground, "ip6")],
};
