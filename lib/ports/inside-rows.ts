import { type ContainerId, key, type NetnsId } from "@/lib/net/ids";
import { familyOf } from "@/lib/netfilter/packet";
import type { Socket } from "@/lib/topology/listening";
import { type Draft, type HostPort, listenerAt, onePort, runs } from "./draft";
import type { Listener, PortRow, PortSpan } from "./model";
import { containersOf, endIn } from "./whose";
import { isLoopback, type World } from "./world";

const isOwn = (address: string): boolean => isLoopback(address) || address === "::1";

/** On a loopback address of its own namespace: nobody but who lives there has that address. */
export const isOnlyInside = ({ host, target }: Pick<PortRow, "host" | "target">): boolean =>
  host === null && target?.address != null && isOwn(target.address);

const insideRow = (
  kind: "exposed" | "unpublished",
  netns: NetnsId | null,
  { protocol, port, address }: HostPort,
  owner: string,
  listener: Listener,
  containers: readonly ContainerId[],
): Draft => ({
  key: key(`port:${kind}/${owner}/${protocol}/${address}/${port}`),
  kind,
  protocol,
  family: familyOf(address),
  host: null,
  containers,
  end: endIn(netns),
  target: { address: isOwn(address) ? address : null, ...onePort(port) },
  rules: [],
  proxy: null,
  heldBy: [],
  listener,
  netns,
  standIns: [],
});

/** Ports that an image names and nobody published. */
export const exposed = (world: World): readonly Draft[] =>
  world.topology.containers.filter(runs).flatMap((container) => {
    const published = new Set(
      container.ports.flatMap(({ hostPort, containerPort, protocol }) =>
        hostPort === null ? [] : [`${protocol} ${containerPort}`],
      ),
    );
    return container.ports.flatMap(({ hostPort, containerPort: port, protocol }) => {
      if (hostPort !== null || published.has(`${protocol} ${port}`)) return [];
      const { netns, key: owner, id } = container;
      const listener = listenerAt(world, netns, { protocol, port }, null);
      return [insideRow("exposed", netns, { protocol, port, address: "" }, owner, listener, [id])];
    });
  });

/** Docker's own resolver listens in every container of a user-defined network, held by dockerd from outside: it is no program of it. */
function isResolver(world: World, { netns, address, holder }: Socket): boolean {
  if (address !== "127.0.0.11" || holder.by !== "processes") return false;
  const inside = new Set(world.containersIn(netns).map(({ id }) => id));
  return holder.processes.every(
    ({ name, container }) => name === "dockerd" && (container === null || !inside.has(container)),
  );
}

/** Where lines lead that are told already, by namespace and protocol. */
type Spans = ReadonlyMap<string, readonly PortSpan[]>;

const spansOf = (drafts: readonly Draft[]): Spans =>
  new Map(
    [...Map.groupBy(drafts, ({ netns, protocol }) => `${netns} ${protocol}`)].map(
      ([name, all]) => [name, all.flatMap(({ target }) => target ?? [])] as const,
    ),
  );

/** A line for one port tells who listens there on loopback alone, one for many does not. */
const isTold = ({ port, address }: Socket, span: PortSpan): boolean =>
  span.port <= port && port <= span.last && (span.port === span.last || !isOwn(address));

/** Programs that listen on a port which nothing leads to: of containers, and of namespaces in which no container lives. */
export function unpublished(world: World, drafts: readonly Draft[]): readonly Draft[] {
  const known = spansOf(drafts);
  const isKnown = (socket: Socket): boolean =>
    (known.get(`${socket.netns} ${socket.protocol}`) ?? []).some((span) => isTold(socket, span));
  return world.topology.namespaces.flatMap(({ id, key: owner }) => {
    if (id === world.host) return [];
    return (world.sockets(id) ?? [])
      .filter((socket) => !isKnown(socket) && !isResolver(world, socket))
      .map((socket) => {
        const { key: of, address, holder } = socket;
        const listener = { status: "listening", socket: of, address, holder } as const;
        const containers = containersOf(world, id, listener, null);
        return insideRow("unpublished", id, socket, owner, listener, containers);
      });
  });
}
