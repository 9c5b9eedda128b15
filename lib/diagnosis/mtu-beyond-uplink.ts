import type { Link, Network } from "@/lib/topology/model";
import type { Endpoint, Ground } from "./ground";
import type { FaultCheck, Finding } from "./model";

/** The devices of the main table's default routes: which of several is taken is decided for each packet. */
const uplinksOf = (ground: Ground): readonly Link[] => {
  const { netns } = ground.topology.host;
  if (netns === null) return [];
  const names = new Set(
    ground
      .routesIn(netns)
      .filter(({ to, table }) => to === "default" && table === "main")
      .map(({ dev }) => dev),
  );
  return ground.linksIn(netns).filter(({ name }) => names.has(name));
};

/** With several ways out only what fits through none of them is said. */
const widest = (uplinks: readonly Link[]): Link | null =>
  uplinks.some(({ mtu }) => mtu === null)
    ? null
    : (uplinks.toSorted((a, b) => (b.mtu ?? 0) - (a.mtu ?? 0))[0] ?? null);

const isRouted = ({ network: { driver, internal } }: Endpoint): boolean =>
  driver === "bridge" && !internal;

function findOne(
  ground: Ground,
  uplink: Link,
  network: Network,
  endpoints: readonly Endpoint[],
): readonly Finding[] {
  const limit = uplink.mtu ?? 0;
  const beyond = endpoints.filter(({ far }) => (far.mtu ?? 0) > limit);
  const [first] = beyond;
  if (first === undefined) return [];
  const bridge = ground.bridge(network.bridge);
  return [
    {
      id: "D54",
      severity: "medium",
      about: [bridge?.key ?? network.key, uplink.key],
      values: {
        network: network.name,
        uplink: uplink.name,
        mtu: first.far.mtu ?? 0,
        limit,
        containers: beyond.length,
      },
      evidence: [uplink.evidence, first.far.evidence],
      remedy: [
        [
          ...["iptables", "-t", "mangle", "-A", "FORWARD", "-o", uplink.name, "-p", "tcp"],
          ...["--tcp-flags", "SYN,RST", "SYN", "-j", "TCPMSS", "--clamp-mss-to-pmtu"],
        ],
      ],
    },
  ];
}

function find(ground: Ground): readonly Finding[] {
  const uplink = widest(uplinksOf(ground));
  if (uplink === null) return [];
  const routed = Map.groupBy(ground.endpoints.filter(isRouted), ({ network }) => network);
  return [...routed].flatMap(([network, endpoints]) => findOne(ground, uplink, network, endpoints));
}

/**
 * That containers send larger packets than the way out takes. Whether these get lost is decided by
 * the firewall (is ICMP let through, is the MSS clamped), which is not asked: medium, not high.
 */
export const mtuBeyondUplink: FaultCheck = {
  id: "D54",
  needs: ["host-links", "namespaces", "routes", "engine"],
  find,
};
