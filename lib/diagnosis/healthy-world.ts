import { answerId, containerId, linkId, type NetnsId, netnsId, netnsLabel } from "@/lib/net/ids";
import {
  blankAttachment,
  blankContainer,
  blankLink,
  blankNamespace,
  blankNetwork,
  blankRoute,
  blankTopology,
} from "@/lib/topology/blank";
import type {
  Address,
  Bridge,
  Container,
  Link,
  Namespace,
  Network,
  Plain,
  Topology,
  Veth,
} from "@/lib/topology/model";

/**
 * A written host with which nothing is wrong, told whole: a NIC, three bridge networks of which
 * `vault` is internal, and containers with one pair each. Checks are tested by breaking one thing.
 */
const host = "test";
const home = netnsId(host, netnsLabel(1));
const line = (nth: number) => ({ answer: answerId("test", null), at: { line: nth } }) as const;

const inet = (address: string, prefix: number): readonly Address[] => [
  { family: "inet", address, prefix, scope: "global" },
];

const link = (netns: NetnsId, ifindex: number, name: string, named: string) => ({
  ...blankLink(netns, ifindex, name, named),
  evidence: line(ifindex),
});

const names = ["bridge", "shop", "vault"];
const bridgeId = (nth: number) => linkId(home, 10 + nth);

const networks: readonly Network[] = names.map((name, nth) => ({
  ...blankNetwork(host, name),
  internal: name === "vault",
  subnets: [{ subnet: `172.${17 + nth}.0.0/16`, gateway: `172.${17 + nth}.0.1` }],
  bridge: bridgeId(nth),
  evidence: line(nth),
}));

const bridges: readonly Bridge[] = networks.map((network, nth) => {
  const name = nth === 0 ? "docker0" : `br-00000000000${nth}`;
  return {
    ...link(home, 10 + nth, name, `if:host/${name}`),
    kind: "bridge",
    network: network.id,
    filtersVlans: false,
    addresses: inet(`172.${17 + nth}.0.1`, 16),
  };
});

const nic: Plain = {
  ...link(home, 2, "ens3", "if:host/ens3"),
  kind: "nic",
  infoKind: null,
  addresses: inet("10.0.0.12", 24),
};

const places: readonly (readonly [name: string, network: number])[] = [
  ["web", 0],
  ["web2", 0],
  ["api", 1],
  ["db", 2],
];
const netnsAt = (nth: number) => netnsId(host, netnsLabel(100 + nth));
const addressAt = (nth: number, network: number) => `172.${17 + network}.0.${nth + 2}`;
const macAt = (nth: number) => `02:42:ac:00:00:0${nth + 2}`;
const gatewayAt = (network: number) => (network === 2 ? null : `172.${17 + network}.0.1`);

const pairs: readonly Veth[] = places.flatMap(([name, network], nth): readonly Veth[] => {
  const [outer, inner] = [linkId(home, 1000 + nth), linkId(netnsAt(nth), 2)];
  return [
    {
      ...link(home, 1000 + nth, `veth${nth}`, `peer:ctr:${name}/eth0`),
      kind: "veth",
      master: bridgeId(network),
      portState: "forwarding",
      iflink: 2,
      nsid: nth,
      peer: { status: "found", link: inner, proof: "exact", by: [] },
    },
    {
      ...link(netnsAt(nth), 2, "eth0", `if:ctr:${name}/eth0`),
      kind: "veth",
      mac: macAt(nth),
      addresses: inet(addressAt(nth, network), 16),
      iflink: 1000 + nth,
      nsid: 0,
      peer: { status: "found", link: outer, proof: "exact", by: [] },
    },
  ];
});

const containers: readonly Container[] = [...places, ["gone", 0] as const].map(
  ([name, network], nth) => {
    const runs = nth < places.length;
    return {
      ...blankContainer(containerId(host, nth), name),
      image: "busybox",
      state: runs ? "running" : "exited",
      netns: runs ? netnsAt(nth) : null,
      pid: runs ? 400 + nth : null,
      attachments: [
        {
          ...blankAttachment(host, names[network] ?? ""),
          address: runs ? addressAt(nth, network) : null,
          gateway: runs ? gatewayAt(network) : null,
          mac: runs ? macAt(nth) : null,
          link: runs ? linkId(netnsAt(nth), 2) : null,
        },
      ],
      evidence: line(nth),
    };
  },
);

const namespace = (label: number, pid: number): Namespace => ({
  ...blankNamespace(host, netnsLabel(label), `netns:${label}`, { by: "host", text: "host" }),
  inode: label,
  pid,
});

const blank = blankTopology(host, home);

export const healthy: Topology = {
  ...blank,
  host: {
    ...blank.host,
    name: "prod-01",
    engine: { status: "read", name: "Docker", version: "29.0.0", api: "1.52" },
  },
  namespaces: [
    namespace(1, 1),
    ...places.map(([name], nth) => ({
      ...namespace(100 + nth, 400 + nth),
      name: { by: "container" as const, text: name },
      containers: [containerId(host, nth)],
    })),
  ],
  links: [nic, ...bridges, ...pairs],
  networks,
  containers,
  routes: [
    blankRoute(home, "default", "10.0.0.1", "ens3"),
    ...places.map(([, network], nth) =>
      blankRoute(netnsAt(nth), "default", `172.${17 + network}.0.1`, "eth0"),
    ),
  ],
};

/** The topology with one link, named by its key, as it would be after some change. */
export const withLink = (
  from: Topology,
  named: string,
  change: (link: Link) => Partial<Link>,
): Topology => ({
  ...from,
  links: from.links.map((each) =>
    each.key === named ? ({ ...each, ...change(each) } as Link) : each,
  ),
});

export const withContainer = (
  from: Topology,
  name: string,
  change: Partial<Container>,
): Topology => ({
  ...from,
  containers: from.containers.map((each) => (each.name === name ? { ...each, ...change } : each)),
});
