import type { DockerProxy, Listening, Socket } from "@/lib/topology/listening";
import type { Container, Topology } from "@/lib/topology/model";

const name = "docker-proxy";

/** Its process, where it is the holder of a socket. */
const holderOf = ({ holder }: Socket): number | null =>
  holder.by === "processes"
    ? (holder.processes.find((process) => process.name === name)?.pid ?? null)
    : null;

const publishes = (container: Container, { protocol, port, address }: Socket) =>
  container.ports.find(
    (each) =>
      each.hostPort === port &&
      each.protocol === protocol &&
      (each.hostAddress ?? "0.0.0.0") === address,
  );

/** The only address of IPv4 that a container has: docker-proxy prefers that family. */
function addressOf({ attachments }: Container): string | null {
  const addresses = attachments.flatMap(({ address }) => address ?? []);
  const [only, another] = addresses;
  return only !== undefined && another === undefined && !only.includes(":") ? only : null;
}

/** Containers by the ports of the host that they publish: `tcp 8080`. */
type Publishing = ReadonlyMap<string, readonly Container[]>;

function publishingIn({ containers }: Topology): Publishing {
  const found = new Map<string, Container[]>();
  for (const container of containers)
    for (const name of new Set(
      container.ports.map((each) => `${each.protocol} ${each.hostPort}`),
    )) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [container]);
      else known.push(container);
    }
  return found;
}

/**
 * Where a docker-proxy leads whose command line was not read: engine and kernel agree on the port, one container publishes it, and
 * that has one address. Otherwise nothing is concluded.
 */
function concluded(publishing: Publishing, socket: Socket): readonly DockerProxy[] {
  const pid = holderOf(socket);
  if (pid === null) return [];
  const candidates = publishing.get(`${socket.protocol} ${socket.port}`) ?? [];
  const [one, another] = candidates.filter((container) => publishes(container, socket));
  const port = one === undefined ? undefined : publishes(one, socket);
  const containerAddress = one === undefined ? null : addressOf(one);
  if (port === undefined || containerAddress === null || another !== undefined) return [];
  const { protocol, address: hostAddress, port: hostPort, evidence } = socket;
  const { containerPort } = port;
  return [{ pid, protocol, hostAddress, hostPort, containerAddress, containerPort, evidence }];
}

/** Every docker-proxy of which it is known where it leads. */
export function proxiesOf(
  topology: Topology,
  { sockets, proxies }: Listening,
): readonly DockerProxy[] {
  const told = new Set(proxies.map(({ pid }) => pid));
  const others = (sockets.status === "read" ? sockets.sockets : [])
    .filter(({ netns }) => netns === topology.host.netns)
    .filter((socket) => !told.has(holderOf(socket) ?? 0));
  const publishing = publishingIn(topology);
  return [...proxies, ...others.flatMap((socket) => concluded(publishing, socket))];
}
