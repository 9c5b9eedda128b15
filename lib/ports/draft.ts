import type { NetnsId } from "@/lib/net/ids";
import { familyOf } from "@/lib/netfilter/packet";
import type { Socket } from "@/lib/topology/listening";
import type { Container } from "@/lib/topology/model";
import { answering } from "./listeners";
import type { Heard, Listener, PortRow, PortSpan } from "./model";
import { portName, type World } from "./world";

/**
 * A line before anybody was asked about it. `netns`: where it leads; null: not known. `standIns`: of a range, the ports
 * of the host at which it is asked; empty: it is one port.
 */
export type Draft = Omit<PortRow, "asked" | "unasked" | "scope"> & {
  readonly netns: NetnsId | null;
  readonly standIns: readonly StandIn[];
};

/** One port of a range, and which it becomes. */
export type StandIn = { readonly port: number; readonly becomes: number };

export type HostPort = {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
};

/** One port of the host, or several in a row. */
export type HostSpan = Omit<HostPort, "port"> & PortSpan;

export const onePort = (port: number): PortSpan => ({ port, last: port });

const isTransport = (protocol: string): protocol is "tcp" | "udp" =>
  protocol === "tcp" || protocol === "udp";

export const onPort = (
  world: World,
  netns: NetnsId,
  protocol: string,
  port: number,
): readonly Socket[] => world.socketsOn(netns, portName({ protocol, port }));

/** Who answers at an address of a namespace; without one, at any. */
export function listenerAt(
  world: World,
  netns: NetnsId | null,
  { protocol, port }: { readonly protocol: string; readonly port: number },
  address: string | null,
): Listener {
  if (netns === null || world.sockets(netns) === null || !isTransport(protocol))
    return { status: "not-read" };
  const here = onPort(world, netns, protocol, port);
  const family = familyOf(address ?? "");
  const found = answering(world, netns, family, { protocol, address: address ?? "0.0.0.0", port });
  const socket = found.by === "socket" ? found.socket : address === null ? here[0] : undefined;
  if (socket !== undefined)
    return {
      status: "listening",
      socket: socket.key,
      address: socket.address,
      holder: socket.holder,
    };
  if (here.length === 0) return { status: "nobody" };
  return { status: "elsewhere", addresses: here.map((each) => each.address) };
}

/** Who answers on ports of a range at an address of a namespace; without one, at any. */
export function listenersIn(
  world: World,
  netns: NetnsId | null,
  { protocol, port, last }: { readonly protocol: string } & PortSpan,
  address: string | null,
): Listener {
  if (port === last) return listenerAt(world, netns, { protocol, port }, address);
  const here = netns === null ? null : world.sockets(netns);
  if (here === null) return { status: "not-read" };
  const inside = here.filter(
    (socket) => socket.protocol === protocol && port <= socket.port && socket.port <= last,
  );
  const ports = [...new Set(inside.map((socket) => socket.port))].toSorted((a, b) => a - b);
  const heard = ports.flatMap((at): readonly Heard[] => {
    const found = listenerAt(world, netns, { protocol, port: at }, address);
    if (found.status !== "listening") return [];
    const { status: _, ...told } = found;
    return [{ ...told, port: at }];
  });
  if (heard.length > 0) return { status: "several", heard };
  if (inside.length === 0) return { status: "nobody" };
  return { status: "elsewhere", addresses: [...new Set(inside.map((each) => each.address))] };
}

export const runs = ({ state }: Container): boolean => state === "running" || state === "paused";
