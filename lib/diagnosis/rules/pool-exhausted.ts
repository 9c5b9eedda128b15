import type { Finding } from "@/lib/diagnosis/model";
import { type Cidr, cidr, isWithin } from "@/lib/net/ip-address";
import type { Network, Topology } from "@/lib/topology/model";
import type { RuleCheck } from "./check";
import type { RuleGround } from "./ground";

/** Docker's own pools: 172.17/16 to 172.31/16, then 192.168/16 in pieces of /20 (ipamutils). */
const blocks: readonly Cidr[] = [
  ...Array.from({ length: 15 }, (_, nth) => ({ address: [172, 17 + nth, 0, 0], prefix: 16 })),
  ...Array.from({ length: 16 }, (_, nth) => ({ address: [192, 168, 16 * nth, 0], prefix: 20 })),
];

const overlaps = (a: Cidr, b: Cidr): boolean =>
  isWithin(a.address, { ...b, prefix: Math.min(a.prefix, b.prefix) });

const prefixes = (texts: readonly string[]): readonly Cidr[] =>
  texts.flatMap((text) => cidr(text.includes("/") ? text : `${text}/32`) ?? []);

/** Docker leaves out what a route of the host leads to, but for the default route. */
const routesOf = (ground: RuleGround): readonly string[] =>
  ground
    .routesIn(ground.home)
    .filter(({ family, to }) => family === "inet" && to !== "default" && !to.endsWith("/0"))
    .map(({ to }) => to);

const subnetsOf = ({ networks }: Topology): readonly string[] =>
  networks.flatMap(({ subnets }) => subnets.map(({ subnet }) => subnet));

function poolsUsed(ground: RuleGround): readonly Finding[] {
  const { topology } = ground;
  const own = prefixes(subnetsOf(topology));
  const taken = [...own, ...prefixes(routesOf(ground))];
  const byNetworks = blocks.filter((block) => own.some((net) => overlaps(block, net))).length;
  const isFull = blocks.every((block) => taken.some((net) => overlaps(block, net)));
  // Where the engine has pools of its own, a network or two in these are a coincidence.
  if (!isFull || byNetworks < blocks.length / 2) return [];
  return [
    {
      id: "D67",
      severity: "high",
      about: [topology.host.key],
      values: {
        how: "pools",
        network: "",
        subnet: "",
        n: topology.networks.length,
        size: blocks.length,
        networks: byNetworks,
      },
      evidence: topology.networks.map(({ evidence }) => evidence),
      remedy: [["docker", "network", "prune"]],
    },
  ];
}

/** Without the first, the last, and the gateway's. */
const usable = ({ prefix }: Cidr): number => 2 ** (32 - prefix) - 3;

function subnetUsed(ground: RuleGround, network: Network): readonly Finding[] {
  const subnets = prefixes(network.subnets.map(({ subnet }) => subnet)).filter(
    ({ address }) => address.length === 4,
  );
  const [subnet] = subnets;
  if (subnet === undefined || subnets.length > 1) return [];
  const held = new Set(
    ground.topology.containers.flatMap(({ state, attachments }) =>
      attachments.flatMap(({ network: of, address }) =>
        of === network.id && address !== null && address !== "" && state !== "exited"
          ? [address]
          : [],
      ),
    ),
  );
  const size = usable(subnet);
  if (held.size < size || size < 1) return [];
  return [
    {
      id: "D67",
      severity: "high",
      about: [network.key],
      values: {
        how: "subnet",
        network: network.name,
        subnet: network.subnets[0]?.subnet ?? "",
        n: held.size,
        size,
        networks: 0,
      },
      evidence: [network.evidence],
      remedy: [["docker", "network", "inspect", network.name]],
    },
  ];
}

function find(ground: RuleGround): readonly Finding[] {
  const hasRoutes = ground.routesIn(ground.home).length > 0;
  return [
    ...(ground.isDockerAlone && hasRoutes ? poolsUsed(ground) : []),
    ...ground.topology.networks
      .filter(({ driver }) => driver === "bridge")
      .flatMap((network) => subnetUsed(ground, network)),
  ];
}

/** No address is left for one more network, or on a network for one more container. */
export const poolExhausted: RuleCheck = { ids: ["D67"], find };
