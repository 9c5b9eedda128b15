import type { Endpoint } from "@/lib/diagnosis/ground";
import type { Finding } from "@/lib/diagnosis/model";
import { cidr, type IpAddress, isWithin } from "@/lib/net/ip-address";
import type { Link } from "@/lib/topology/model";
import type { RuleCheck } from "./check";
import { meet, outbound } from "./flow";
import { type BridgedNetwork, bytesOf, type RuleGround } from "./ground";
import { listed, policyTold } from "./told";
import { dockerBackend, iptablesOf } from "./tools";

type Family = "ip" | "ip6";

/** Whose senders nobody beyond can answer: RFC 1918 and 6598; of IPv6 the unique local ones. */
const privateNets = {
  ip: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
  ip6: ["fc00::/7"],
} as const;

const isPrivate = (address: IpAddress, family: Family): boolean =>
  privateNets[family].some((text) => {
    const net = cidr(text);
    return net !== null && isWithin(address, net);
  });

/** Somebody chose that this network is not masqueraded. */
function isUnwanted({ network, option }: BridgedNetwork, family: Family): boolean {
  const mode = option(
    `com.docker.network.bridge.gateway_mode_${family === "ip" ? "ipv4" : "ipv6"}`,
  );
  return (
    network.internal ||
    option("com.docker.network.bridge.enable_ip_masquerade") === "false" ||
    mode === "routed" ||
    mode === "isolated"
  );
}

const wide = ({ far }: Endpoint, family: Family): string | null =>
  far.addresses.find(
    ({ family: of, address, scope }) =>
      of === (family === "ip" ? "inet" : "inet6") &&
      scope !== "link" &&
      isPrivate(bytesOf(address) ?? [], family),
  )?.address ?? null;

/** Every way through the rules leaves the sender as it is. */
function staysUntranslated(
  ground: RuleGround,
  { bridge }: BridgedNetwork,
  uplink: Link,
  family: Family,
  source: string,
): boolean {
  const packet = outbound(ground, bridge.name, uplink.name, family, source);
  if (packet === null) return false;
  const met = meet(ground, "postrouting", packet);
  return (
    met.length > 0 &&
    met.every(
      ({ verdict, traveller }) =>
        verdict === "accept" && !traveller.packet.connection.translated.source,
    )
  );
}

const chainsAt = (ground: RuleGround, family: Family) =>
  (ground.firewall?.tables ?? [])
    .filter((table) => table.family === family || table.family === "inet")
    .flatMap((table) =>
      table.chains
        .filter(({ base }) => base?.type === "nat" && base.hook === "postrouting")
        .map((chain) => ({ table, chain })),
    );

function findingOf(
  ground: RuleGround,
  net: BridgedNetwork,
  uplink: Link,
  family: Family,
  [first, ...more]: readonly [Endpoint, ...Endpoint[]],
): Finding {
  const { network, bridge } = net;
  const subnet =
    network.subnets.find((each) => each.subnet.includes(":") === (family === "ip6"))?.subnet ??
    wide(first, family) ??
    "";
  const chains = chainsAt(ground, family);
  const backend = dockerBackend(ground, family);
  return {
    id: family === "ip" ? "D01" : "D68",
    severity: family === "ip" ? "critical" : "medium",
    about: [bridge.key, ...[first, ...more].map(({ container }) => container.key)],
    values: {
      network: network.name,
      bridge: bridge.name,
      subnet,
      uplink: uplink.name,
      address: wide(first, family) ?? "",
      containers: more.length + 1,
      chains: chains.length,
      told: listed(chains.map(({ table, chain }) => policyTold(table, chain))),
    },
    evidence: [
      ...chains.map(({ chain }) => chain.evidence),
      first.far.evidence,
      uplink.evidence,
      network.evidence,
    ],
    remedy:
      backend === "nft"
        ? [["systemctl", "restart", "docker"]]
        : [
            [
              ...[iptablesOf(backend, family), "-t", "nat", "-A", "POSTROUTING", "-s", subnet],
              ...["!", "-o", bridge.name, "-j", "MASQUERADE"],
            ],
          ],
  };
}

/** Of IPv6 only those that have a way to send it: a container without a default route for it asks IPv4 at once. */
const sends = (ground: RuleGround, { far }: Endpoint, family: Family): boolean =>
  family === "ip" ||
  ground
    .routesIn(far.netns)
    .some(({ family: of, to }) => of === "inet6" && (to === "default" || to === "::/0"));

function findFor(ground: RuleGround, family: Family): readonly Finding[] {
  const uplink = ground.uplink(family);
  if (uplink === null) return [];
  return ground.bridged
    .filter((net) => !isUnwanted(net, family) && uplink.id !== net.bridge.id)
    .flatMap((net): readonly Finding[] => {
      const [first, ...more] = net.endpoints.filter(
        (each) => wide(each, family) !== null && sends(ground, each, family),
      );
      const source = first === undefined ? null : wide(first, family);
      if (first === undefined || source === null) return [];
      return staysUntranslated(ground, net, uplink, family, source)
        ? [findingOf(ground, net, uplink, family, [first, ...more])]
        : [];
    });
}

/** What containers send leaves with their own private address, to which nothing comes back. */
export const masqueradeMissing: RuleCheck = {
  ids: ["D01", "D68"],
  find: (ground) => [...findFor(ground, "ip"), ...findFor(ground, "ip6")],
};
