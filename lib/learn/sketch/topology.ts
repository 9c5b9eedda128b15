import {
  answerId,
  containerId,
  key,
  type LinkId,
  linkId,
  type NetnsId,
  netnsId,
  netnsLabel,
  networkId,
} from "@/lib/net/ids";
import type {
  Address,
  Attachment,
  Bridge,
  Container,
  ContainerMode,
  Link,
  Namespace,
  Network,
  Plain,
  Route,
  Stacked,
  Topology,
  Veth,
  VethPeer,
  Vxlan,
} from "@/lib/topology/model";
import type { Sketch, SketchContainer, SketchLink, SketchPair } from "./model";

const host = "sketch";
/** As the names of files in /run/docker/netns would be: never shown, only told apart. */
const inodeOf = (place: string): number =>
  [...place].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7);
const home = netnsId(host, netnsLabel("host"));
const netnsOf = (place: string | undefined): NetnsId =>
  place === undefined ? home : netnsId(host, netnsLabel(place));
const evidence = { answer: answerId("sketch", null), at: { line: 0 } } as const;

const addressOf = (text: string): Address => {
  const [address = "", prefix = "0"] = text.split("/");
  return { family: "inet", address, prefix: Number(prefix), scope: "global" };
};

const common = (netns: NetnsId, link: SketchLink, named: string, label = link.name) => ({
  id: linkId(netns, link.ifindex),
  key: key(named),
  netns,
  ifindex: link.ifindex,
  name: link.name,
  label,
  mac: null,
  mtu: link.mtu ?? 1500,
  state: link.state ?? ("up" as const),
  adminUp: link.state !== "down",
  master: null,
  portState: link.portState ?? null,
  addresses: link.address === undefined ? [] : [addressOf(link.address)],
  counters: null,
  isolated: null,
  hairpin: null,
  vlans: null,
  evidence,
});

const nicIndex = 2;
const nic: Plain = {
  ...common(home, { ifindex: nicIndex, name: "ens3", address: "10.0.0.12/24" }, "if:host/ens3"),
  kind: "nic",
  infoKind: null,
};

const bridgeId = (
  { bridges = [] }: Sketch,
  place: string | undefined,
  name: string | undefined,
) => {
  const found = bridges.find((each) => each.in === place && each.name === name);
  return found === undefined ? null : linkId(netnsOf(place), found.ifindex);
};

const bridgesOf = ({ bridges = [] }: Sketch): readonly Bridge[] =>
  bridges.map((bridge) => ({
    ...common(netnsOf(bridge.in), bridge, `if:${bridge.in ?? "host"}/${bridge.name}`),
    kind: "bridge",
    network: bridge.network === undefined ? null : networkId(host, bridge.network),
    filtersVlans: false,
  }));

const peerOf = (other: LinkId, proof: SketchPair["proof"]): VethPeer =>
  proof === "ambiguous"
    ? { status: "ambiguous", candidates: [other], by: [] }
    : { status: "found", link: other, proof: proof ?? "exact", by: [] };

const pairOf = (sketch: Sketch, pair: SketchPair): readonly [Veth, Veth] => {
  const { at, near, far, proof } = pair;
  const [left, right] = [netnsOf(at), netnsOf(pair.in)];
  const named = `ctr:${pair.in}/${far.name}`;
  return [
    {
      ...common(left, near, `peer:${named}`, `${near.name}@if${far.ifindex}`),
      kind: "veth",
      master: bridgeId(sketch, at, pair.bridge),
      iflink: far.ifindex,
      nsid: pair.nsid ?? 0,
      peer: peerOf(linkId(right, far.ifindex), proof),
    },
    {
      ...common(right, far, `if:${named}`, `${far.name}@if${near.ifindex}`),
      kind: "veth",
      iflink: near.ifindex,
      nsid: 0,
      peer: peerOf(linkId(left, near.ifindex), proof),
    },
  ];
};

const stackedOf = ({ stacked = [] }: Sketch): readonly Stacked[] =>
  stacked.map(({ kind, in: place, ...link }) => ({
    ...common(netnsOf(place), link, `if:ctr:${place}/${link.name}`, `${link.name}@if${nicIndex}`),
    kind,
    iflink: nicIndex,
    nsid: 0,
    lower: { status: "found", link: nic.id, proof: "exact" },
  }));

const tunnelsOf = (sketch: Sketch): readonly Vxlan[] =>
  (sketch.tunnels ?? []).map(({ in: place, bridge, vni, remote, ...link }) => ({
    ...common(netnsOf(place), link, `if:${place}/${link.name}`),
    kind: "vxlan",
    master: bridgeId(sketch, place, bridge),
    vni,
    port: 4789,
    local: null,
    underlay: home,
    remotes: [{ address: remote, macs: [], evidence: [] }],
  }));

const networksOf = ({ networks = [], bridges = [] }: Sketch): readonly Network[] =>
  networks.map(({ name, driver, subnet, gateway }) => {
    const bridge = bridges.find((each) => each.network === name);
    return {
      id: networkId(host, name),
      key: key(`net:${name}`),
      engineId: name,
      name,
      driver,
      internal: false,
      icc: null,
      subnets: subnet === undefined ? [] : [{ subnet, gateway: gateway ?? null }],
      bridge: bridge === undefined ? null : linkId(netnsOf(bridge.in), bridge.ifindex),
      parent: driver === "macvlan" || driver === "ipvlan" ? nic.name : null,
      evidence,
    };
  });

/** Where its processes live: its own namespace, the host's, or another container's. */
const placeOf = ({ name, mode, of }: SketchContainer): string | undefined => {
  if (mode === "host") return undefined;
  return mode === "container" ? of : name;
};

const idOf = ({ containers = [] }: Sketch, name: string | undefined) => {
  const at = containers.findIndex((each) => each.name === name);
  return at < 0 ? null : containerId(host, at);
};

const modeOf = (sketch: Sketch, { mode = "own", of }: SketchContainer): ContainerMode =>
  mode === "container" ? { kind: mode, of: idOf(sketch, of) } : { kind: mode };

const attachmentsOf = ({ on = [] }: SketchContainer): readonly Attachment[] =>
  on.map((network) => ({
    network: networkId(host, network),
    networkName: network,
    address: null,
    gateway: null,
    mac: null,
    link: null,
  }));

const containersOf = (sketch: Sketch): readonly Container[] =>
  (sketch.containers ?? []).map((each, at) => ({
    id: containerId(host, at),
    key: key(`ctr:${each.name}`),
    engineId: each.name,
    name: each.name,
    named: "engine",
    runtime: "docker",
    pod: null,
    image: each.image ?? null,
    state: "running",
    project: null,
    service: null,
    netns: netnsOf(placeOf(each)),
    pid: 400 + at,
    mode: modeOf(sketch, each),
    attachments: attachmentsOf(each),
    ports: each.ports ?? [],
    evidence: null,
    placed: [],
  }));

const namespaceOf = (
  sketch: Sketch,
  place: string | undefined,
  name: Namespace["name"],
): Namespace => ({
  id: netnsOf(place),
  key: key(place === undefined ? "ns:host" : `ns:${place}`),
  label: netnsLabel(place ?? "host"),
  inode: inodeOf(place ?? "host"),
  name,
  containers: (sketch.containers ?? [])
    .filter((each) => placeOf(each) === place)
    .flatMap((each) => idOf(sketch, each.name) ?? []),
  paths: [],
  pid: 1,
  read: { status: "read" },
});

const namespacesOf = (sketch: Sketch): readonly Namespace[] => [
  namespaceOf(sketch, undefined, { by: "host", text: "host" }),
  ...(sketch.containers ?? [])
    .filter((each) => placeOf(each) === each.name)
    .map(({ name }) => namespaceOf(sketch, name, { by: "container", text: name })),
  ...(sketch.namespaces ?? []).map(({ name, by }) => namespaceOf(sketch, name, { by, text: name })),
];

const routesOf = (links: readonly Link[]): readonly Route[] => [
  { netns: home, family: "inet", to: "default", via: "10.0.0.1", dev: "ens3", table: "main" },
  ...links
    .filter(({ netns, name }) => netns !== home && name === "eth0")
    .map(({ netns, name }) => ({
      netns,
      family: "inet" as const,
      to: "default",
      via: null,
      dev: name,
      table: "main",
    })),
];

/** The topology of a host that was written in a few words, with the NIC `ens3` that leads outside. */
export const topologyOf = (sketch: Sketch): Topology => {
  const links: readonly Link[] = [
    nic,
    ...bridgesOf(sketch),
    ...(sketch.pairs ?? []).flatMap((pair) => pairOf(sketch, pair)),
    ...stackedOf(sketch),
    ...tunnelsOf(sketch),
  ];
  return {
    format: "vethscope-topology/1",
    host: {
      id: host,
      key: key("host:sketch"),
      name: "host",
      source: "recorded",
      at: "2026-01-01T00:00:00.000Z",
      bootId: null,
      kernel: null,
      os: null,
      engine: { status: "not-asked" },
      netns: home,
      complete: true,
      twice: { settled: 0, open: 0 },
      firewall: { status: "not-asked" },
    },
    namespaces: namespacesOf(sketch),
    links,
    networks: networksOf(sketch),
    containers: containersOf(sketch),
    routes: routesOf(links),
    gaps: [],
    leftovers: [],
  };
};
