import {
  answerId,
  containerId,
  type LinkId,
  linkId,
  type NetnsId,
  type NetnsLabel,
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
  Address,
  Attachment,
  Bridge,
  Container,
  ContainerMode,
  Link,
  LinkBase,
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
const labelOf = (place: string | undefined): NetnsLabel => netnsLabel(place ?? "host");
const netnsOf = (place: string | undefined): NetnsId => netnsId(host, labelOf(place));
const home = netnsOf(undefined);
const evidence = { answer: answerId("sketch", null), at: { line: 0 } } as const;

const addressOf = (text: string): Address => {
  const [address = "", prefix = "0"] = text.split("/");
  return { family: "inet", address, prefix: Number(prefix), scope: "global" };
};

const common = (netns: NetnsId, link: SketchLink, named: string, label = link.name): LinkBase => ({
  ...blankLink(netns, link.ifindex, link.name, named),
  label,
  mtu: link.mtu ?? 1500,
  state: link.state ?? "up",
  adminUp: link.state !== "down",
  portState: link.portState ?? null,
  addresses: link.address === undefined ? [] : [addressOf(link.address)],
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
      ...blankNetwork(host, name),
      driver,
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
  on.map((network) => blankAttachment(host, network));

const containersOf = (sketch: Sketch): readonly Container[] =>
  (sketch.containers ?? []).map((each, at) => ({
    ...blankContainer(containerId(host, at), each.name),
    image: each.image ?? null,
    netns: netnsOf(placeOf(each)),
    pid: 400 + at,
    mode: modeOf(sketch, each),
    attachments: attachmentsOf(each),
    ports: each.ports ?? [],
  }));

const namespaceOf = (
  sketch: Sketch,
  place: string | undefined,
  name: Namespace["name"],
): Namespace => ({
  ...blankNamespace(host, labelOf(place), place === undefined ? "ns:host" : `ns:${place}`, name),
  inode: inodeOf(place ?? "host"),
  containers: (sketch.containers ?? [])
    .filter((each) => placeOf(each) === place)
    .flatMap((each) => idOf(sketch, each.name) ?? []),
  pid: 1,
});

const namespacesOf = (sketch: Sketch): readonly Namespace[] => [
  namespaceOf(sketch, undefined, { by: "host", text: "host" }),
  ...(sketch.containers ?? [])
    .filter((each) => placeOf(each) === each.name)
    .map(({ name }) => namespaceOf(sketch, name, { by: "container", text: name })),
  ...(sketch.namespaces ?? []).map(({ name, by }) => namespaceOf(sketch, name, { by, text: name })),
];

const routesOf = (links: readonly Link[]): readonly Route[] => [
  blankRoute(home, "default", "10.0.0.1", "ens3"),
  ...links
    .filter(({ netns, name }) => netns !== home && name === "eth0")
    .map(({ netns, name }) => blankRoute(netns, "default", null, name)),
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
  const blank = blankTopology(host, home);
  return {
    ...blank,
    host: { ...blank.host, name: "host", at: "2026-01-01T00:00:00.000Z" },
    namespaces: namespacesOf(sketch),
    links,
    networks: networksOf(sketch),
    containers: containersOf(sketch),
    routes: routesOf(links),
  };
};
