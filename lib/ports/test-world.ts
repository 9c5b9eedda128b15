import {
  answerId,
  containerId,
  key,
  type LinkId,
  linkId,
  type NetnsId,
  type NetnsLabel,
  type NetworkId,
  netnsId,
  netnsLabel,
  networkId,
} from "@/lib/net/ids";
import {
  blankAttachment,
  blankContainer,
  blankLink,
  blankNamespace,
  blankRoute,
  blankTopology,
} from "@/lib/topology/blank";
import type { Firewall, NetnsRules } from "@/lib/topology/firewall/model";
import type { Listening, Socket } from "@/lib/topology/listening";
import type {
  Address,
  Bridge,
  Container,
  Link,
  LinkBase,
  Namespace,
  Topology,
  Veth,
} from "@/lib/topology/model";
import { type World, worldOf } from "./world";

/** For tests: a host `192.0.2.1` with docker0 and one container for each entry, `172.17.0.2` and on. */
export type Written = {
  readonly containers: readonly {
    readonly name: string;
    /** `tcp 0.0.0.0 80` */
    readonly listens?: readonly string[];
    readonly ports?: Container["ports"];
  }[];
  readonly firewall: Firewall;
  readonly hostListens?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
};

const hostName = "t";
const hostLabel = netnsLabel(4_026_531_840);
export const hostNetns = netnsId(hostName, hostLabel);
export const nic = linkId(hostNetns, 2);
const labelOf = (nth: number): NetnsLabel => netnsLabel(4_026_540_000 + nth);
export const netnsOf = (nth: number): NetnsId => netnsId(hostName, labelOf(nth));
const addressOf = (nth: number): string => `172.17.${(nth + 2) >> 8}.${(nth + 2) & 255}`;

const evidence = { answer: answerId("ip-addr", null), at: { line: 0 } } as const;

const address = (text: string, prefix: number): Address => ({
  family: text.includes(":") ? "inet6" : "inet",
  address: text,
  prefix,
  scope: "global",
});

const basics = (
  netns: NetnsId,
  ifindex: number,
  name: string,
  own: readonly Address[],
): LinkBase => ({
  ...blankLink(netns, ifindex, name, `if:${netns}/${name}`),
  addresses: own,
  evidence,
});

const docker0Id = linkId(hostNetns, 3);
const bridgeNetwork: NetworkId = networkId(hostName, "bridge");

const docker0: Bridge = {
  ...basics(hostNetns, 3, "docker0", [address("172.17.0.1", 16)]),
  kind: "bridge",
  network: bridgeNetwork,
  filtersVlans: false,
};

const loopback = (netns: NetnsId): Link => ({
  ...basics(netns, 1, "lo", [address("127.0.0.1", 8)]),
  kind: "loopback",
  infoKind: null,
});

const wired = (link: LinkBase, peer: LinkId): Veth => ({
  ...link,
  kind: "veth",
  iflink: null,
  nsid: null,
  peer: { status: "found", link: peer, proof: "exact", by: [] },
});

function pairOf(nth: number): readonly Link[] {
  const netns = netnsOf(nth);
  const inside = basics(netns, 2, "eth0", [address(addressOf(nth), 16)]);
  const outside = {
    ...basics(hostNetns, 100 + nth, `veth${nth}`, []),
    master: docker0Id,
    portState: "forwarding",
  };
  return [loopback(netns), wired(inside, outside.id), wired(outside, inside.id)];
}

const hostNamespace = blankNamespace(hostName, hostLabel, "netns:host", {
  by: "host",
  text: "host",
});

const namespaceOf = (nth: number, name: string): Namespace => ({
  ...blankNamespace(hostName, labelOf(nth), `netns:${name}`, { by: "container", text: name }),
  containers: [containerId(hostName, nth)],
});

const containerOf = (
  { name, ports = [] }: Written["containers"][number],
  nth: number,
): Container => ({
  ...blankContainer(containerId(hostName, nth), name),
  engineId: `${nth}`,
  netns: netnsOf(nth),
  pid: 1000 + nth,
  attachments: [
    {
      ...blankAttachment(hostName, "bridge"),
      address: addressOf(nth),
      gateway: "172.17.0.1",
      link: linkId(netnsOf(nth), 2),
    },
  ],
  ports,
});

/** `tcp 0.0.0.0 9100 exporter 0`: a process of the first container, wherever it listens; `-`: of none. */
const socketsOf = (
  netns: NetnsId,
  listens: readonly string[] = [],
  owner: number | null = null,
): readonly Socket[] =>
  listens.map((each) => {
    const [protocol, at = "", port, name = "program", whose = owner] = each.split(" ");
    const container = whose === null || whose === "-" ? null : containerId(hostName, Number(whose));
    return {
      key: key(`socket:${netns}/${each}`),
      netns,
      protocol: protocol === "udp" ? "udp" : "tcp",
      family: at.includes(":") ? "inet6" : "inet",
      address: at,
      port: Number(port),
      answersIpv4: at.includes(":") ? "likely" : "yes",
      uid: 0,
      holder: { by: "processes", processes: [{ pid: 4000, name, container }] },
      evidence,
    };
  });

const usual = {
  "net/ipv4/ip_forward": "1",
  "net/ipv4/conf/all/rp_filter": "0",
  "net/ipv4/conf/eth0/rp_filter": "0",
  "net/ipv4/conf/docker0/rp_filter": "0",
  "net/ipv4/conf/eth0/forwarding": "1",
  "net/ipv4/conf/docker0/forwarding": "1",
  "net/ipv4/conf/all/route_localnet": "0",
  "net/ipv4/conf/docker0/route_localnet": "0",
  "net/ipv4/conf/eth0/route_localnet": "0",
  "net/bridge/bridge-nf-call-iptables": "1",
};

const rulesIn = (written: Written): NetnsRules => ({
  netns: hostNetns,
  firewall: written.firewall,
  settings: {
    status: "read",
    settings: Object.entries({ ...usual, ...written.settings }).map(([name, value]) => ({
      name,
      value,
      evidence,
    })),
  },
});

const blank = blankTopology(hostName, hostNetns);

const topologyOf = ({ containers }: Written): Topology => ({
  ...blank,
  host: {
    ...blank.host,
    source: "live",
    at: "2026-11-21T12:00:00Z",
    engine: { status: "read", name: "docker", version: "28.5", api: "1.51" },
  },
  namespaces: [hostNamespace, ...containers.map(({ name }, nth) => namespaceOf(nth, name))],
  links: [
    loopback(hostNetns),
    { ...basics(hostNetns, 2, "eth0", [address("192.0.2.1", 24)]), kind: "nic", infoKind: null },
    docker0,
    ...containers.flatMap((_, nth) => pairOf(nth)),
  ],
  containers: containers.map(containerOf),
  routes: [
    blankRoute(hostNetns, "default", "192.0.2.254", "eth0"),
    blankRoute(hostNetns, "192.0.2.0/24", null, "eth0"),
    blankRoute(hostNetns, "172.17.0.0/16", null, "docker0"),
    ...containers.flatMap((_, nth) => [
      blankRoute(netnsOf(nth), "default", "172.17.0.1", "eth0"),
      blankRoute(netnsOf(nth), "172.17.0.0/16", null, "eth0"),
    ]),
  ],
});

/** The same with the topology open to change. */
export function writtenWorld(
  written: Written,
  change: (topology: Topology) => Topology = (topology) => topology,
): World {
  const { containers, hostListens } = written;
  const listening: Listening = {
    sockets: {
      status: "read",
      sockets: [
        ...socketsOf(hostNetns, hostListens),
        ...containers.flatMap(({ listens }, nth) => socketsOf(netnsOf(nth), listens, nth)),
      ],
      namespaces: [hostNetns, ...containers.map((_, nth) => netnsOf(nth))],
    },
    proxies: [],
  };
  return worldOf(change(topologyOf(written)), [rulesIn(written)], listening);
}
