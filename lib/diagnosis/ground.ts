import type { ContainerId, LinkId, NetnsId, NetworkId } from "@/lib/net/ids";
import type {
  Attachment,
  Bridge,
  Container,
  Link,
  Namespace,
  Network,
  Route,
  Topology,
  Veth,
} from "@/lib/topology/model";

/**
 * One network of one running container, with what the kernel has of it. `far`: the interface inside,
 * which the engine's MAC or address names. `near`: the other end of its pair, where that was found.
 */
export type Endpoint = {
  readonly container: Container;
  readonly attachment: Attachment;
  readonly network: Network;
  readonly far: Link;
  readonly near: Veth | null;
};

/** A topology's tables, asked by id and by relation. Built once; every check asks it. */
export type Ground = {
  readonly topology: Topology;
  readonly link: (id: LinkId | null) => Link | null;
  readonly bridge: (id: LinkId | null) => Bridge | null;
  readonly namespace: (id: NetnsId | null) => Namespace | null;
  readonly container: (id: ContainerId | null) => Container | null;
  readonly linksIn: (netns: NetnsId) => readonly Link[];
  readonly routesIn: (netns: NetnsId) => readonly Route[];
  readonly portsOf: (bridge: LinkId) => readonly Link[];
  readonly peerOf: (link: Link) => Veth | null;
  readonly endpoints: readonly Endpoint[];
  readonly endpointAt: (far: LinkId) => Endpoint | null;
};

const byId = <Id, Row extends { readonly id: Id }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.id, row] as const));

const endpointsOf = (
  topology: Topology,
  link: Ground["link"],
  peerOf: Ground["peerOf"],
): readonly Endpoint[] => {
  const networks = byId<NetworkId, Network>(topology.networks);
  return (
    topology.containers
      // Podman tells the pod's networks of every container in it: they are those of the one that owns the namespace.
      .filter(({ state, mode }) => state === "running" && mode.kind !== "container")
      .flatMap((container) =>
        container.attachments.flatMap((attachment): readonly Endpoint[] => {
          const network = attachment.network === null ? null : networks.get(attachment.network);
          const far = link(attachment.link);
          if (!network || far === null) return [];
          return [{ container, attachment, network, far, near: peerOf(far) }];
        }),
      )
  );
};

export const groundOf = (topology: Topology): Ground => {
  const links = byId<LinkId, Link>(topology.links);
  const namespaces = byId<NetnsId, Namespace>(topology.namespaces);
  const containers = byId<ContainerId, Container>(topology.containers);
  const inNetns = Map.groupBy(topology.links, ({ netns }) => netns);
  const ports = Map.groupBy(topology.links, ({ master }) => master);
  const routes = Map.groupBy(topology.routes, ({ netns }) => netns);
  const link: Ground["link"] = (id) => (id === null ? null : (links.get(id) ?? null));
  const bridge: Ground["bridge"] = (id) => {
    const found = link(id);
    return found?.kind === "bridge" ? found : null;
  };
  const peerOf: Ground["peerOf"] = (end) => {
    if (end.kind !== "veth" || end.peer.status !== "found") return null;
    const peer = link(end.peer.link);
    return peer?.kind === "veth" ? peer : null;
  };
  const endpoints = endpointsOf(topology, link, peerOf);
  const byFar = new Map(endpoints.map((each) => [each.far.id, each] as const));
  return {
    topology,
    link,
    bridge,
    peerOf,
    endpoints,
    namespace: (id) => (id === null ? null : (namespaces.get(id) ?? null)),
    container: (id) => (id === null ? null : (containers.get(id) ?? null)),
    linksIn: (netns) => inNetns.get(netns) ?? [],
    routesIn: (netns) => routes.get(netns) ?? [],
    portsOf: (id) => ports.get(id) ?? [],
    endpointAt: (far) => byFar.get(far) ?? null,
  };
};
