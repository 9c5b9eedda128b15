import {
  type ContainerId,
  type Key,
  key,
  type LinkId,
  type NetnsId,
  type NetnsLabel,
  type NetworkId,
} from "@/lib/net/ids";
import type {
  Attachment,
  Bridge,
  Container,
  Link,
  Namespace,
  Network,
  Topology,
  Veth,
} from "@/lib/topology/model";

/** A veth and the peer that was found for it; `near` is the end in the host's namespace where one is. */
export type Pair = { readonly near: Veth; readonly far: Veth };

/** What a key of the URL leads to. */
export type Thing =
  | { readonly kind: "container"; readonly container: Container }
  | { readonly kind: "namespace"; readonly namespace: Namespace }
  | { readonly kind: "network"; readonly network: Network }
  | { readonly kind: "bridge"; readonly bridge: Bridge }
  | { readonly kind: "pair"; readonly pair: Pair }
  | { readonly kind: "link"; readonly link: Exclude<Link, Bridge> };

/** The topology's tables, asked by id, by key and by relation. Answers are null or empty, never a throw. */
export type TopologyIndex = {
  readonly topology: Topology;
  readonly link: (id: LinkId | null) => Link | null;
  readonly namespace: (id: NetnsId | null) => Namespace | null;
  readonly namespaceLabelled: (label: NetnsLabel) => Namespace | null;
  readonly container: (id: ContainerId | null) => Container | null;
  readonly network: (id: NetworkId | null) => Network | null;
  readonly thing: (key: Key) => Thing | null;
  /** Makes what the first question about a key would wait for: 20 ms for 3,000 containers. */
  readonly prepare: () => void;
  readonly linksIn: (netns: NetnsId) => readonly Link[];
  /** The links whose master this is. */
  readonly portsOf: (master: LinkId) => readonly Link[];
  /** Links outside `netns` that carry this number: what an `@ifN` alone could mean. */
  readonly numbered: (ifindex: number, outside: NetnsId) => readonly Link[];
  readonly pair: (veth: Veth) => Pair | null;
  /** What the engine says about the network behind a link inside a container. */
  readonly attachmentOf: (link: LinkId) => Attachment | null;
};

const pairPrefix = "pair:";

/** A pair is called by its host end. */
export const pairKey = ({ near }: Pair): Key => key(`${pairPrefix}${near.key}`);

const groupBy = <Row, Name>(
  rows: readonly Row[],
  nameOf: (row: Row) => Name,
): ReadonlyMap<Name, readonly Row[]> => {
  const groups = new Map<Name, Row[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
};

const indexById = <Id, Row extends { readonly id: Id }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.id, row] as const));

const pairIn =
  (link: TopologyIndex["link"], hostNetns: NetnsId | null) =>
  (veth: Veth): Pair | null => {
    if (veth.peer.status !== "found") return null;
    const other = link(veth.peer.link);
    if (other?.kind !== "veth") return null;
    return other.netns === hostNetns && veth.netns !== hostNetns
      ? { near: other, far: veth }
      : { near: veth, far: other };
  };

const thingOfLink = (link: Link): Thing =>
  link.kind === "bridge" ? { kind: "bridge", bridge: link } : { kind: "link", link };

const thingsByKey = (topology: Topology, link: TopologyIndex["link"]): ReadonlyMap<Key, Thing> => {
  const things = new Map<Key, Thing>();
  for (const namespace of topology.namespaces) {
    things.set(namespace.key, { kind: "namespace", namespace });
  }
  for (const each of topology.links) things.set(each.key, thingOfLink(each));
  for (const network of topology.networks) {
    const bridge = link(network.bridge);
    things.set(
      network.key,
      bridge?.kind === "bridge" ? { kind: "bridge", bridge } : { kind: "network", network },
    );
  }
  for (const container of topology.containers) {
    things.set(container.key, { kind: "container", container });
  }
  return things;
};

/** Made at the first question: a new reading of a large host is drawn before anybody asks. */
const once = <Made>(make: () => Made): (() => Made) => {
  let made: { readonly it: Made } | null = null;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
};

/** Built once for a topology; every panel asks it. */
export const topologyIndex = (topology: Topology): TopologyIndex => {
  const links = once(() => indexById<LinkId, Link>(topology.links));
  const namespaces = once(() => indexById<NetnsId, Namespace>(topology.namespaces));
  const labelled = once(
    () => new Map(topology.namespaces.map((each) => [each.label, each] as const)),
  );
  const containers = once(() => indexById<ContainerId, Container>(topology.containers));
  const networks = once(() => indexById<NetworkId, Network>(topology.networks));
  const inNetns = once(() => groupBy(topology.links, (each) => each.netns));
  const byNumber = once(() => groupBy(topology.links, (each) => each.ifindex));
  const byMaster = once(() => groupBy(topology.links, (each) => each.master));
  const attachments = once(
    () =>
      new Map(
        topology.containers.flatMap((each) =>
          each.attachments.map((one) => [one.link, one] as const),
        ),
      ),
  );
  const link: TopologyIndex["link"] = (id) => (id === null ? null : (links().get(id) ?? null));
  const pair = pairIn(link, topology.host.netns);
  const things = once(() => thingsByKey(topology, link));

  const thing = (key: Key): Thing | null => {
    if (!key.startsWith(pairPrefix)) return things().get(key) ?? null;
    const end = things().get(key.slice(pairPrefix.length) as Key);
    if (end?.kind !== "link" || end.link.kind !== "veth") return null;
    const found = pair(end.link);
    return found === null ? end : { kind: "pair", pair: found };
  };

  return {
    topology,
    link,
    pair,
    thing,
    prepare: things,
    namespace: (id) => (id === null ? null : (namespaces().get(id) ?? null)),
    namespaceLabelled: (label) => labelled().get(label) ?? null,
    container: (id) => (id === null ? null : (containers().get(id) ?? null)),
    network: (id) => (id === null ? null : (networks().get(id) ?? null)),
    linksIn: (netns) => inNetns().get(netns) ?? [],
    portsOf: (master) => byMaster().get(master) ?? [],
    numbered: (ifindex, outside) =>
      (byNumber().get(ifindex) ?? []).filter((each) => each.netns !== outside),
    attachmentOf: (id) => attachments().get(id) ?? null,
  };
};
