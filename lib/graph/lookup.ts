import type { ContainerId, LinkId, NetnsId, NetworkId } from "@/lib/net/ids";
import type { Container, Link, Namespace, Network, Route, Topology } from "@/lib/topology/model";

/** The tables of a topology by id, and what is asked of them many times. Built once per graph. */
export type Lookup = {
  readonly topology: Topology;
  readonly link: ReadonlyMap<LinkId, Link>;
  readonly namespace: ReadonlyMap<NetnsId, Namespace>;
  readonly container: ReadonlyMap<ContainerId, Container>;
  readonly network: ReadonlyMap<NetworkId, Network>;
  readonly linksIn: ReadonlyMap<NetnsId, readonly Link[]>;
  /** The network that the engine says a link belongs to, by link. */
  readonly networkOf: ReadonlyMap<LinkId, NetworkId>;
  /** Names of the devices of the main table's default routes, best known first. */
  readonly defaultDevices: ReadonlyMap<NetnsId, readonly string[]>;
};

const byId = <Id, Item extends { readonly id: Id }>(items: readonly Item[]) =>
  new Map(items.map((item) => [item.id, item] as const));

const gathered = <Name, Item>(items: readonly Item[], name: (item: Item) => Name) => {
  const groups = new Map<Name, Item[]>();
  for (const item of items) {
    const called = name(item);
    const group = groups.get(called);
    if (group === undefined) groups.set(called, [item]);
    else group.push(item);
  }
  return groups;
};

const networksByLink = (containers: readonly Container[]) => {
  const found = new Map<LinkId, NetworkId>();
  for (const { attachments } of containers) {
    for (const { link, network } of attachments) {
      if (link !== null && network !== null) found.set(link, network);
    }
  }
  return found;
};

const defaults = (routes: readonly Route[]) => {
  const leaving = routes.filter(
    ({ to, dev, table }) => to === "default" && dev !== null && table === "main",
  );
  const sorted = [
    ...leaving.filter(({ family }) => family === "inet"),
    ...leaving.filter(({ family }) => family === "inet6"),
  ];
  return new Map(
    [...gathered(sorted, ({ netns }) => netns)].map(([netns, of]) => [
      netns,
      [...new Set(of.flatMap(({ dev }) => (dev === null ? [] : [dev])))],
    ]),
  );
};

export const lookup = (topology: Topology): Lookup => ({
  topology,
  link: byId(topology.links),
  namespace: byId(topology.namespaces),
  container: byId(topology.containers),
  network: byId(topology.networks),
  linksIn: gathered(topology.links, ({ netns }) => netns),
  networkOf: networksByLink(topology.containers),
  defaultDevices: defaults(topology.routes),
});
