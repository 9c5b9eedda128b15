import {
  answerId,
  containerId,
  key,
  linkId,
  type NetnsId,
  netnsId,
  netnsLabel,
  networkId,
} from "@/lib/net/ids";
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
  readonly is?: "running" | "stopped" | "unread";
  /** How its pairs were settled; found and exact unless said otherwise. */
  readonly peer?: "consistent" | "ambiguous" | "contradictory" | "nsid" | "no-iflink";
};

const host = "test";
const home = netnsId(host, netnsLabel(1));
const evidence = { answer: answerId("test", null), at: { line: 0 } } as const;

const common = (netns: NetnsId, ifindex: number, name: string, label: string, named: string) => ({
  id: linkId(netns, ifindex),
  key: key(named),
  netns,
  ifindex,
  name,
  label,
  mac: null,
  mtu: 1500,
  state: "up" as const,
  adminUp: true,
  master: null,
  portState: null,
  isolated: null,
  hairpin: null,
  vlans: null,
  addresses: [],
  counters: null,
  evidence,
});

const nic: Plain = {
  ...common(home, 2, "ens3", "ens3", "if:host/ens3"),
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
            ...common(home, bridgeIndex(nth), bridge, bridge, `if:host/${bridge}`),
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
    id: networkId(host, name),
    key: key(`net:${name}`),
    engineId: name,
    name,
    driver: "bridge",
    internal,
    icc: null,
    subnets: [{ subnet: `172.${17 + nth}.0.0/16`, gateway: `172.${17 + nth}.0.1` }],
    bridge: bridge === null ? null : linkId(home, bridgeIndex(nth)),
    parent: null,
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
    ...common(home, outer, name, `${name}@if${inner}`, `peer:ctr:${one.name}/eth${slot}`),
    kind: "veth",
    master: network < 0 ? null : linkId(home, bridgeIndex(network)),
    iflink: inner,
    nsid: nth,
    peer: found(linkId(netns, inner)),
  };
  const right: Veth = {
    ...common(netns, inner, `eth${slot}`, `eth${slot}@if${outer}`, `if:ctr:${one.name}/eth${slot}`),
    kind: "veth",
    iflink: outer,
    nsid: 0,
    peer: found(linkId(home, outer)),
  };
  return one.is === "unread" ? [] : [left, right];
};

const stateOf = ({ is }: TestContainer): string => (is === "stopped" ? "exited" : "running");

const made = (world: TestWorld, one: TestContainer, nth: number): Made => {
  const netns = netnsId(host, netnsLabel(100 + nth));
  const id = containerId(host, nth);
  const lives = one.is !== "stopped" && one.is !== "unread";
  const links = lives ? one.on.flatMap((_, slot) => pair(world, one, nth, slot, netns)) : [];
  return {
    links,
    routes:
      lives && one.on.length > 0
        ? [{ netns, family: "inet", to: "default", via: "172.17.0.1", dev: "eth0", table: "main" }]
        : [],
    namespace: lives
      ? [
          {
            id: netns,
            key: key(`ns:ctr:${one.name}`),
            label: netnsLabel(100 + nth),
            inode: 100 + nth,
            name: { by: "container", text: one.name },
            containers: [id],
            paths: [],
            pid: 400 + nth,
            read: { status: "read" },
          },
        ]
      : [],
    container: {
      id,
      key: key(`ctr:${one.name}`),
      engineId: one.name,
      name: one.name,
      named: "engine",
      runtime: "docker",
      pod: null,
      image: "busybox",
      state: stateOf(one),
      project: one.project ?? null,
      service: null,
      netns: lives ? netns : null,
      pid: lives ? 400 + nth : null,
      mode: { kind: "own" },
      attachments: one.on.map((network, slot) => ({
        network: networkId(host, network),
        networkName: network,
        address: null,
        gateway: null,
        mac: null,
        link: lives ? linkId(netns, 2 + slot) : null,
      })),
      ports: [],
      evidence: null,
      placed: [],
    },
  };
};

const homeNamespace: Namespace = {
  id: home,
  key: key("ns:host"),
  label: netnsLabel(1),
  inode: 1,
  name: { by: "host", text: "host" },
  containers: [],
  paths: [],
  pid: 1,
  read: { status: "read" },
};

/** The topology of a written host: one NIC with the default route, bridges, and a pair for each attachment. */
export const topologyOf = (world: TestWorld): Topology => {
  const all = world.containers.map((one, nth) => made(world, one, nth));
  return {
    format: "vethscope-topology/1",
    host: {
      id: host,
      key: key("host:test"),
      name: "prod-01",
      source: "recorded",
      at: "2026-11-21T16:20:31.000Z",
      bootId: null,
      kernel: null,
      os: null,
      engine: { status: "not-asked" },
      netns: home,
      complete: true,
      twice: { settled: 0, open: 0 },
      firewall: { status: "not-asked" },
    },
    namespaces: [homeNamespace, ...all.flatMap(({ namespace }) => namespace)],
    links: [nic, ...bridgesOf(world), ...all.flatMap(({ links }) => links)],
    networks: networkOf(world),
    containers: all.map(({ container }) => container),
    leftovers: [],
    routes: [
      { netns: home, family: "inet", to: "default", via: "10.0.0.1", dev: "ens3", table: "main" },
      ...all.flatMap(({ routes }) => routes),
    ],
    gaps: [],
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
