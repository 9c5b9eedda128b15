import { answerId, containerId, linkId, type NetnsId, netnsId, netnsLabel } from "@/lib/net/ids";
import {
  blankAttachment,
  blankContainer,
  blankLink,
  blankNamespace,
  blankNetwork,
} from "@/lib/topology/blank";
import type { Link, Namespace, Topology } from "@/lib/topology/model";

/** What a host has besides containers on bridges, by how many and by name. */
export type Surroundings = {
  /** Tunnels of the host's own, each to two other hosts. */
  readonly tunnels: readonly string[];
  /** On the NIC, with an address. */
  readonly vlans: readonly string[];
  /** Namespaces with a bridge, a tunnel in it and a pair to another namespace: swarm's overlays are made so. */
  readonly overlays: readonly string[];
  /** Namespaces with a macvlan on the NIC. */
  readonly macvlans: readonly string[];
  /** Pairs of namespaces with a pair between them. */
  readonly between: readonly (readonly [string, string])[];
  /** How many containers live in the namespace of each macvlan. */
  readonly shared: number;
};

type Piece = Pick<Topology, "links" | "namespaces" | "containers" | "networks">;

const nothing: Piece = { links: [], namespaces: [], containers: [], networks: [] };
const evidence = { answer: answerId("test", null), at: { line: 0 } } as const;

/** Continues a written host; its names and numbers are kept. */
export const surrounded = (topology: Topology, around: Surroundings): Topology => {
  const { id: host, netns } = topology.host;
  const home = netns ?? netnsId(host, netnsLabel(1));
  let next = 50_000;
  const number = () => next++;

  const link = <Kind extends object>(of: NetnsId, name: string, rest: Kind) => ({
    ...blankLink(of, number(), name, `if:${of}/${name}`),
    evidence,
    ...rest,
  });
  const namespace = (name: string, by: Namespace["name"]["by"]): Namespace => {
    const label = netnsLabel(number());
    const named = { by, text: name } as Namespace["name"];
    return blankNamespace(host, label, `netns:${name}~${label}`, named);
  };
  const remotes = ["10.99.1.12", "fd00:77:99:aabb:ccdd:eeff:1122:3344"].map((address) => ({
    address,
    macs: [],
    evidence: [],
  }));
  const tunnel = (of: NetnsId, name: string, master: Link["master"]): Link =>
    link(of, name, {
      kind: "vxlan" as const,
      vni: 16_777_215,
      port: 4789,
      local: null,
      underlay: null,
      remotes,
      master,
    });
  const pair = (
    [left, nameA]: readonly [NetnsId, string],
    [right, nameB]: readonly [NetnsId, string],
    master: Link["master"],
  ): readonly Link[] => {
    const end = { kind: "veth" as const, nsid: 0, iflink: 2 };
    const a = link(left, nameA, { ...end, master });
    const b = link(right, nameB, end);
    const found = { status: "found" as const, proof: "exact" as const, by: [] };
    return [
      { ...a, label: `${nameA}@if${b.ifindex}`, peer: { ...found, link: b.id } },
      { ...b, label: `${nameB}@if${a.ifindex}`, peer: { ...found, link: a.id } },
    ];
  };
  const address = { family: "inet" as const, address: "10.88.0.1", prefix: 24, scope: "global" };
  const onNic = {
    iflink: 2,
    nsid: null,
    lower: { status: "found" as const, link: linkId(home, 2), proof: "exact" as const },
  };

  const overlay = (name: string): Piece => {
    const [inside, beside] = [namespace(name, "overlay"), namespace(name, "load-balancer")];
    const bridge = link(inside.id, "br0", {
      kind: "bridge" as const,
      network: null,
      filtersVlans: null,
      addresses: [address],
    });
    return {
      ...nothing,
      namespaces: [inside, beside],
      links: [
        bridge,
        tunnel(inside.id, "vxlan0", bridge.id),
        ...pair([inside.id, "veth0"], [beside.id, "eth0"], bridge.id),
      ],
    };
  };
  const macvlan = (name: string): Piece => {
    const lives = Array.from({ length: around.shared }, (_, nth) => `${name}-${nth}`);
    const ids = lives.map(() => containerId(host, number()));
    const inside = { ...namespace(name, "container"), containers: ids };
    const end = link(inside.id, "eth0", { kind: "macvlan" as const, ...onNic });
    const attached = { ...blankAttachment(host, "lan"), link: end.id };
    return {
      ...nothing,
      namespaces: [inside],
      links: [end],
      containers: lives.map((each, nth) => ({
        ...blankContainer(ids[nth] ?? containerId(host, 0), each),
        netns: inside.id,
        attachments: nth === 0 ? [attached] : [],
      })),
    };
  };
  const between = ([a, b]: readonly [string, string]): Piece => {
    const [left, right] = [namespace(a, "ip-netns"), namespace(b, "ip-netns")];
    return {
      ...nothing,
      namespaces: [left, right],
      links: pair([left.id, "abcdefghijklmno"], [right.id, "eth0"], null),
    };
  };
  const pieces: readonly Piece[] = [
    topology,
    { ...nothing, links: around.tunnels.map((name) => tunnel(home, name, null)) },
    {
      ...nothing,
      links: around.vlans.map((name) =>
        link(home, name, { kind: "vlan" as const, ...onNic, addresses: [address] }),
      ),
    },
    ...around.overlays.map(overlay),
    ...around.macvlans.map(macvlan),
    ...around.between.map(between),
    {
      ...nothing,
      networks: [{ ...blankNetwork(host, "lan"), driver: "macvlan", parent: "ens3", evidence }],
    },
  ];
  return {
    ...topology,
    links: pieces.flatMap(({ links }) => links),
    namespaces: pieces.flatMap(({ namespaces }) => namespaces),
    containers: pieces.flatMap(({ containers }) => containers),
    networks: pieces.flatMap(({ networks }) => networks),
  };
};
