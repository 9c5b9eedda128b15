import {
  answerId,
  containerId,
  linkId,
  type NetnsId,
  netnsId,
  netnsLabel,
  networkId,
} from "@/lib/net/ids";
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
  Bridge,
  Container,
  Link,
  Namespace,
  Network,
  Plain,
  Route,
  Topology,
  Veth,
  VethPeer,
} from "@/lib/topology/model";

/** A host in a few words, for tests of what is drawn. Written, not recorded: recorded hosts have their own tests. */
export type TestWorld = {
  /** `bridge` null: the network's bridge was not seen. */
  readonly networks: readonly {
    readonly name: string;
    readonly bridge: string | null;
    readonly internal?: boolean;
  }[];
  readonly containers: readonly TestContainer[];
};

export type TestContainer = {
  readonly name: string;
  /** Names of networks; the first is the default route's. */
  readonly on: readonly string[];
  readonly project?: string;
  /** unread: only the engine tells of it. */
  readonly is?: "running" | "paused" | "restarting" | "stopped" | "unread";
  /** How its pairs were settled; found and exact unless said otherwise. */
  readonly peer?: "consistent" | "ambiguous" | "contradictory" | "nsid" | "no-iflink";
};

const host = "test";
const home = netnsId(host, netnsLabel(1));
const evidence = { answer: answerId("test", null), at: { line: 0 } } as const;

const common = (netns: NetnsId, ifindex: number, name: string, named: string) => ({
  ...blankLink(netns, ifindex, name, named),
  evidence,
});

const nic: Plain = {
  ...common(home, 2, "ens3", "if:host/ens3"),
  kind: "nic",
  infoKind: null,
  addresses: [{ family: "inet", address: "10.0.0.12", prefix: 24, scope: "global" }],
};

const bridgeIndex = (nth: number): number => 10 + nth;

const bridgesOf = ({ networks }: TestWorld): readonly Bridge[] =>
  networks.flatMap(({ name, bridge }, nth) =>
    bridge === null
      ? []
      : [
          {
            ...common(home, bridgeIndex(nth), bridge, `if:host/${bridge}`),
            kind: "bridge" as const,
            filtersVlans: false,
            network: networkId(host, name),
            addresses: [
              {
                family: "inet" as const,
                address: `172.${17 + nth}.0.1`,
                prefix: 16,
                scope: "global",
              },
            ],
          },
        ],
  );

const networkOf = ({ networks }: TestWorld): readonly Network[] =>
  networks.map(({ name, bridge, internal = false }, nth) => ({
    ...blankNetwork(host, name),
    internal,
    subnets: [{ subnet: `172.${17 + nth}.0.0/16`, gateway: `172.${17 + nth}.0.1` }],
    bridge: bridge === null ? null : linkId(home, bridgeIndex(nth)),
    evidence,
  }));

const unfound = (
  peer: TestContainer["peer"],
  candidates: readonly Link["id"][],
): VethPeer | null => {
  switch (peer) {
    case "ambiguous":
      return { status: "ambiguous", candidates, by: [] };
    case "contradictory":
      return { status: "contradictory", with: candidates, by: [] };
    case "nsid":
      return { status: "unseen", why: { reason: "netns-unknown", nsid: 9 }, by: [] };
    case "no-iflink":
      return { status: "unseen", why: { reason: "no-iflink" }, by: [] };
    default:
      return null;
  }
};

type Made = {
  readonly container: Container;
  readonly namespace: readonly Namespace[];
  readonly links: readonly Link[];
  readonly routes: readonly Route[];
};

const pair = (world: TestWorld, one: TestContainer, nth: number, slot: number, netns: NetnsId) => {
  const network = world.networks.findIndex(({ name }) => name === one.on[slot]);
  const outer = 1000 + nth * 8 + slot;
  const inner = 2 + slot;
  const proof = one.peer === "consistent" ? "consistent" : "exact";
  const missing = unfound(one.peer, [linkId(home, outer)]);
  const found = (link: Link["id"]): VethPeer => missing ?? { status: "found", link, proof, by: [] };
  const name = `veth${outer.toString(16).padStart(7, "0")}`;
  const left: Veth = {
    ...common(home, outer, name, `peer:ctr:${one.name}/eth${slot}`),
    label: `${name}@if${inner}`,
    kind: "veth",
    master: network < 0 ? null : linkId(home, bridgeIndex(network)),
    iflink: inner,
    nsid: nth,
    peer: found(linkId(netns, inner)),
  };
  const right: Veth = {
    ...common(netns, inner, `eth${slot}`, `if:ctr:${one.name}/eth${slot}`),
    label: `eth${slot}@if${outer}`,
    kind: "veth",
    iflink: outer,
    nsid: 0,
    peer: found(linkId(home, outer)),
  };
  return one.is === "unread" ? [] : [left, right];
};

const stateOf = ({ is = "running" }: TestContainer): string => {
  if (is === "stopped") return "exited";
  return is === "unread" ? "running" : is;
};

const made = (world: TestWorld, one: TestContainer, nth: number): Made => {
  const label = netnsLabel(100 + nth);
  const netns = netnsId(host, label);
  const id = containerId(host, nth);
  const lives = one.is !== "stopped" && one.is !== "unread";
  const links = lives ? one.on.flatMap((_, slot) => pair(world, one, nth, slot, netns)) : [];
  return {
    links,
    routes: lives && one.on.length > 0 ? [blankRoute(netns, "default", "172.17.0.1", "eth0")] : [],
    namespace: lives
      ? [
          {
            ...blankNamespace(host, label, `ns:ctr:${one.name}`, {
              by: "container",
              text: one.name,
            }),
            inode: 100 + nth,
            containers: [id],
            pid: 400 + nth,
          },
        ]
      : [],
    container: {
      ...blankContainer(id, one.name),
      image: "busybox",
      state: stateOf(one),
      project: one.project ?? null,
      netns: lives ? netns : null,
      pid: lives ? 400 + nth : null,
      attachments: one.on.map((network, slot) => ({
        ...blankAttachment(host, network),
        link: lives ? linkId(netns, 2 + slot) : null,
      })),
    },
  };
};

const homeNamespace: Namespace = {
  ...blankNamespace(host, netnsLabel(1), "ns:host", { by: "host", text: "host" }),
  inode: 1,
  pid: 1,
};

/** The topology of a written host: one NIC with the default route, bridges, and a pair for each attachment. */
export const topologyOf = (world: TestWorld): Topology => {
  const all = world.containers.map((one, nth) => made(world, one, nth));
  const blank = blankTopology(host, home);
  return {
    ...blank,
    host: { ...blank.host, name: "prod-01" },
    namespaces: [homeNamespace, ...all.flatMap(({ namespace }) => namespace)],
    links: [nic, ...bridgesOf(world), ...all.flatMap(({ links }) => links)],
    networks: networkOf(world),
    containers: all.map(({ container }) => container),
    routes: [
      blankRoute(home, "default", "10.0.0.1", "ens3"),
      ...all.flatMap(({ routes }) => routes),
    ],
  };
};

/** A host with `count` containers on `count / 25` networks, every tenth on two of them. */
export const manyContainers = (count: number): TestWorld => {
  const networks = Array.from({ length: Math.max(1, Math.ceil(count / 25)) }, (_, nth) => ({
    name: nth === 0 ? "bridge" : `project-${nth}_default`,
    bridge: nth === 0 ? "docker0" : `br-${(0x3f2a9c1d77be + nth * 7919).toString(16)}`,
  }));
  const nameAt = (nth: number) => networks[nth % networks.length]?.name ?? "bridge";
  return {
    networks,
    containers: Array.from({ length: count }, (_, nth) => ({
      name: `project-${nth % networks.length}-web-${nth}`,
      project: `project-${nth % networks.length}`,
      on: nth % 10 === 0 && networks.length > 1 ? [nameAt(nth), nameAt(nth + 1)] : [nameAt(nth)],
    })),
  };
};
