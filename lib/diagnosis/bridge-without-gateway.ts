import type { Bridge, Network } from "@/lib/topology/model";
import { commandsIn } from "./commands";
import type { Endpoint, Ground } from "./ground";
import { isWhole } from "./known";
import type { FaultCheck, Finding } from "./model";
import { attachmentEvidence, subnetEvidence } from "./proof";

const isIpv4 = (address: string | null): address is string => address?.includes(".") === true;

/** As configured, else as the engine told its containers: it chooses one where none is configured. */
const gatewayOf = (network: Network, endpoints: readonly Endpoint[]): string | null =>
  [...network.subnets, ...endpoints.map(({ attachment }) => attachment)]
    .map(({ gateway }) => gateway)
    .find(isIpv4) ?? null;

const prefixOf = ({ subnets }: Network): string =>
  subnets
    .map(({ subnet }) => subnet)
    .find(isIpv4)
    ?.split("/")[1] ?? "24";

/** The gateway may be a machine outside, on another port of the bridge than those of containers. */
const leadsOutside = (ground: Ground, bridge: Bridge): boolean =>
  ground.portsOf(bridge.id).some(({ kind }) => kind !== "veth");

const holds = (ground: Ground, bridge: Bridge, gateway: string): boolean =>
  ground
    .linksIn(bridge.netns)
    .some((link) => link.addresses.some(({ address }) => address === gateway));

function findOne(
  ground: Ground,
  network: Network,
  endpoints: readonly Endpoint[],
): readonly Finding[] {
  const bridge = ground.bridge(network.bridge);
  const gateway = gatewayOf(network, endpoints);
  if (bridge === null || gateway === null || !isWhole(ground, bridge.netns)) return [];
  if (leadsOutside(ground, bridge) || holds(ground, bridge, gateway)) return [];
  const whole = `${gateway}/${prefixOf(network)}`;
  return [
    {
      id: "D10",
      severity: "critical",
      about: [bridge.key],
      values: { bridge: bridge.name, network: network.name, gateway, containers: endpoints.length },
      evidence: [
        bridge.evidence,
        network.evidence,
        ...subnetEvidence(network),
        ...endpoints
          .slice(0, 1)
          .flatMap((each) => attachmentEvidence(each.container, each.attachment)),
      ],
      remedy: commandsIn(ground, bridge.netns, ["ip", "addr", "add", whole, "dev", bridge.name]),
    },
  ];
}

/** Of internal networks no container needs the gateway, and Docker may leave the bridge without one (`isolated`). */
const find = (ground: Ground): readonly Finding[] => {
  const endpoints = Map.groupBy(ground.endpoints, ({ network }) => network.id);
  return ground.topology.networks
    .filter(({ driver, internal }) => driver === "bridge" && !internal)
    .flatMap((network) => findOne(ground, network, endpoints.get(network.id) ?? []));
};

/** Containers send what leaves their subnet to an address that nobody has any more. */
export const bridgeWithoutGateway: FaultCheck = {
  id: "D10",
  needs: ["host-links", "engine"],
  find,
};
