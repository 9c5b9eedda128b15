import type { Evidence } from "@/lib/facts/model";
import { answerId, containerId, key, linkId, netnsId, netnsLabel, networkId } from "@/lib/net/ids";
import { blankLink } from "@/lib/topology/blank";
import type { Container, Link, Namespace, Network, Topology, VethPeer } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";
import { addressesOf, firewallsOf, gapsOf, namesOf, peersOf, pick } from "./secret-parts";
import { secretRuling } from "./secret-rules";
import {
  type Maker,
  macText,
  maker,
  privateNet,
  publicNet6,
  publicV4,
  type Secret,
} from "./secrets";

export type SecretWorld = {
  readonly topology: Topology;
  readonly ruling: Ruling;
  readonly secrets: readonly Secret[];
};

/** A namespace with what lives in it, and the host's end of its cable. */
function member(
  make: Maker,
  host: string,
  place: number,
  home: Namespace["id"],
  uplink: Link["id"],
) {
  const inode = make.inode();
  const label = netnsLabel(inode);
  const netns = netnsId(host, label);
  const name = make.word();
  const id = containerId(host, place);
  const engineId = make.digits(64);
  const net = privateNet(make);
  const network = networkId(host, engineId);
  const [bridgeIndex, outerIndex] = [100 + place * 10, 101 + place * 10];
  const bridgeId = linkId(home, bridgeIndex);
  const [inner, outer] = [linkId(netns, 2), linkId(home, outerIndex)];
  const namespaceName = pick(make, namesOf(make, name));
  const at = { path: [make.word(), 3] };
  const evidence: Evidence = { answer: answerId("ip-addr", label), at };
  const gap = pick(make, gapsOf(make, label));
  const rowAt = (index: number, where: Namespace["id"], text: string, mac: readonly number[]) => ({
    id: linkId(where, index),
    netns: where,
    ifindex: index,
    name: text,
    mac: macText(mac),
    mtu: 1500,
    state: "up" as const,
    adminUp: true,
    portState: "forwarding",
    isolated: false,
    hairpin: false,
    vlans: { pvid: 1, ranges: [{ from: 1, to: 4 }], evidence },
    addresses: addressesOf(make, net, mac),
    counters: { rxBytes: 1, rxPackets: 2, txBytes: 3, txPackets: 4 },
    evidence,
  });
  // The MAC that Docker gave until version 28 holds the address.
  const mac = () =>
    make.die(2) === 0 ? [0x02, 0x42, ...net, make.byte()] : Array.from({ length: 6 }, make.byte);
  const owner = `ctr:${name}`;
  const device = make.word(11);
  const bridgeName = make.die(2) === 0 ? `br-${engineId.slice(0, 12)}` : make.word(12);
  const peerName = make.word(12);
  const found = pick(make, peersOf(make, outer, netns, gap, [evidence]));
  const backwards: VethPeer =
    found.status === "found"
      ? { ...found, link: inner }
      : { status: "unseen", why: { reason: "no-iflink" }, by: [] };
  const links: readonly Link[] = [
    {
      ...rowAt(bridgeIndex, home, bridgeName, mac()),
      key: key(`if:host/${bridgeName}`),
      label: bridgeName,
      master: null,
      kind: "bridge",
      network,
      filtersVlans: true,
    },
    {
      ...rowAt(outerIndex, home, peerName, mac()),
      key: key(found.status === "found" ? `peer:${owner}/${device}` : `if:host/${peerName}`),
      label: `${peerName}@if2`,
      master: bridgeId,
      kind: "veth",
      iflink: 2,
      nsid: place,
      peer: backwards,
    },
    {
      ...rowAt(2, netns, device, mac()),
      key: key(`if:${owner}/${device}`),
      label: `${device}@if${outerIndex}`,
      master: null,
      kind: "veth",
      iflink: outerIndex,
      nsid: 0,
      peer: found,
    },
    {
      ...rowAt(3, netns, `${make.word(9)}.42`, mac()),
      key: key(`if:${owner}/${make.word(9)}`),
      label: `${make.word(9)}@${make.word(9)}`,
      master: null,
      kind: pick(make, ["macvlan", "ipvlan", "vlan"] as const),
      iflink: 5,
      nsid: null,
      lower: { status: "found", link: uplink, proof: "consistent" },
    },
    {
      ...rowAt(4, netns, make.word(12), mac()),
      key: key(`if:${owner}/${make.word(12)}`),
      label: make.word(12),
      master: null,
      kind: "vxlan",
      vni: 4097,
      port: 4789,
      local: make.address(publicV4(make), true),
      underlay: home,
      remotes: [
        {
          address: make.address(publicV4(make), true),
          macs: [make.mac(Array.from({ length: 6 }, make.byte))],
          evidence: [evidence],
        },
      ],
    },
  ];
  const namespace: Namespace = {
    id: netns,
    key: key(`netns:${owner}`),
    label,
    inode,
    name: namespaceName,
    containers: [id],
    paths: [
      `/run/netns/${make.word()}`,
      `/var/run/docker/netns/${make.digits(12)}`,
      "/proc/77/ns/net",
    ],
    pid: 77,
    read: make.die(2) === 0 ? { status: "read" } : { status: "unread", why: gap },
  };
  const networkName = make.word();
  const gateway = make.address([...net, make.byte()], false);
  const attached: Network = {
    id: network,
    key: key(`net:${networkName}`),
    engineId,
    name: networkName,
    driver: make.die(2) === 0 ? "bridge" : `${make.word()}/driver:latest`,
    internal: false,
    icc: null,
    subnets: [{ subnet: `${make.address([...net, 0], false)}/24`, gateway }],
    bridge: bridgeId,
    parent: make.word(12),
    evidence,
  };
  const container: Container = {
    id,
    key: key(owner),
    engineId: make.digits(12),
    name,
    named: "engine",
    runtime: "docker",
    pod: make.word(),
    image: `${make.word()}.example:5000/${make.word()}/${make.word()}@sha256:${make.digits(64)}`,
    state: make.die(2) === 0 ? "running" : make.word(),
    project: make.word(),
    service: make.word(),
    netns,
    pid: 77,
    mode: { kind: "container", of: id },
    attachments: [
      {
        network,
        networkName,
        address: make.address([...net, make.byte()], false),
        gateway,
        mac: make.mac([0x02, 0x42, ...publicV4(make)]),
        link: inner,
      },
    ],
    ports: [
      {
        hostAddress: make.address(publicV4(make), true),
        hostPort: 8080,
        containerPort: 80,
        protocol: make.die(2) === 0 ? "tcp" : make.word(),
      },
    ],
    evidence,
    placed: [evidence],
  };
  const route = (to: string, via: string | null) =>
    ({
      netns,
      family: "inet",
      to,
      via,
      dev: device,
      table: pick(make, ["main", make.word()]),
    }) as const;
  const routes = [
    route("default", gateway),
    route(`${make.address([...publicV4(make).slice(0, 3), 0], true)}/24`, null),
    route(make.address(publicV4(make), true), make.address(publicV4(make), true)),
    route(`${make.address([...publicNet6(make), 0, 0, 0, 0, 0, 0, 0, 0], true)}/64`, null),
  ];
  return { namespace, links, network: attached, container, routes, gaps: gapsOf(make, label) };
}

/** A host on which every text of the model gives something away. The same seed gives the same host. */
export function secretWorld(seed: number): SecretWorld {
  const make = maker(seed);
  const host = `root@${make.address(publicV4(make), true)} -p ${make.word()}`;
  const label = netnsLabel(make.inode());
  const home = netnsId(host, label);
  const uplink = linkId(home, 1);
  const mac = Array.from({ length: 6 }, make.byte);
  const hostV4 = publicV4(make);
  make.address(hostV4, true);
  const evidence: Evidence = { answer: answerId("ip-addr", label), at: { line: 3 } };
  const name = `enx${make.mac(mac).replaceAll(":", "")}`;
  const nic: Link = {
    ...blankLink(home, 1, name, `if:host/${name}`),
    mac: macText(mac),
    addresses: [
      ...addressesOf(make, hostV4.slice(0, 3), mac),
      { family: "inet6", address: `fe80::1%${make.word()}`, prefix: 64, scope: "link" },
      {
        family: "inet6",
        address: `::ffff:${make.address(publicV4(make), true)}`,
        prefix: 128,
        scope: "global",
      },
    ],
    evidence,
    kind: "nic",
    infoKind: null,
  };
  const members = [0, 1].map((place) => member(make, host, place, home, uplink));
  const [gap] = gapsOf(make, label);
  const topology: Topology = {
    format: "vethscope-topology/1",
    host: {
      id: host,
      key: key(`host:${host}`),
      name: `ip-${hostV4.join("-")}.${make.word()}.example`,
      source: "recorded",
      at: "2026-11-21T16:20:31.000Z",
      bootId: make.word(16),
      kernel: `6.12.57-${make.word()}`,
      os: `${make.word()} Linux`,
      engine:
        make.die(2) === 0 || gap === undefined
          ? { status: "read", name: make.word(), version: `28.5.1-${make.word()}`, api: "1.51" }
          : { status: "unread", why: gap },
      netns: home,
      complete: true,
      twice: { settled: 1, open: 2 },
      firewall: gap === undefined ? { status: "not-asked" } : pick(make, firewallsOf(gap)),
    },
    namespaces: [
      {
        id: home,
        key: key("netns:host"),
        label,
        inode: Number(label),
        name: { by: "host", text: "host" },
        containers: [],
        paths: ["/proc/1/ns/net"],
        pid: 1,
        read: { status: "read" },
      },
      ...members.map(({ namespace }) => namespace),
    ],
    links: [nic, ...members.flatMap(({ links }) => links)],
    networks: members.map(({ network }) => network),
    containers: members.map(({ container }) => container),
    routes: [
      {
        netns: home,
        family: "inet",
        to: "default",
        via: make.address(publicV4(make), true),
        dev: name,
        table: "main",
      },
      ...members.flatMap(({ routes }) => routes),
    ],
    leftovers: [{ path: `/run/docker/netns/${make.digits(12)}`, evidence }],
    gaps: members.flatMap(({ gaps }) => gaps),
  };
  const networks = topology.networks.map(({ id }) => id);
  const why = pick(make, gapsOf(make, label));
  const ruling = secretRuling(make, topology, networks, why);
  return { topology, ruling, secrets: make.secrets };
}
