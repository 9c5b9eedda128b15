import type { NetnsId } from "@/lib/net/ids";
import { familyOf } from "@/lib/netfilter/packet";
import type { Socket } from "@/lib/topology/listening";
import type { Container } from "@/lib/topology/model";
import { answering } from "./listeners";
import type { Listener, PortRow } from "./model";
import { portName, type World } from "./world";

/** A line before anybody was asked about it. `netns`: where it leads; null: not known. */
export type Draft = Omit<PortRow, "asked" | "scope"> & { readonly netns: NetnsId | null };

export type HostPort = {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
};

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

export const runs = ({ state }: Container): boolean => state === "running" || state === "paused";
