import type { NetnsId } from "@/lib/net/ids";
import { sameAddress } from "@/lib/net/ip-address";
import { bytesOf } from "@/lib/netfilter/bytes-of";
import type { Socket } from "@/lib/topology/listening";
import type { Condition, Doubt } from "./model";
import { type Family, portName, type World } from "./world";

/** Who answers at an address and port of a namespace. */
export type Answering =
  | { readonly by: "socket"; readonly socket: Socket; readonly given: Condition | null }
  | { readonly by: "nobody" }
  | { readonly by: "unknown"; readonly doubt: Doubt };

const mapped = "::ffff:";

/** The address that it is on, as one of that family. */
const bare = (socket: Socket): string =>
  socket.address.startsWith(mapped) ? socket.address.slice(mapped.length) : socket.address;

const isAny = ({ address }: Socket): boolean => address === "0.0.0.0" || address === "::";

function isExact(socket: Socket, address: string): boolean {
  const [here, there] = [bytesOf(bare(socket)), bytesOf(address)];
  return here !== null && there !== null && sameAddress(here, there);
}

const isAnyOf = (socket: Socket, family: Family): boolean =>
  isAny(socket) && (family === "ip6") === (socket.family === "inet6");

/** The kernel prefers a socket on the very address to one on any (inet_lookup_listener, udp's compute_score). */
export function answering(
  world: World,
  netns: NetnsId,
  family: Family,
  { protocol, address, port }: { protocol: "tcp" | "udp"; address: string; port: number },
): Answering {
  if (world.sockets(netns) === null)
    return { by: "unknown", doubt: { why: "sockets-not-read", netns } };
  const here = world.socketsOn(netns, portName({ protocol, port }));
  const first =
    here.find((socket) => isExact(socket, address)) ??
    here.find((socket) => isAnyOf(socket, family));
  if (first !== undefined) return { by: "socket", socket: first, given: null };
  const both = family === "ip" ? here.find((socket) => isAnyOf(socket, "ip6")) : undefined;
  if (both === undefined || both.answersIpv4 === "no") return { by: "nobody" };
  if (both.answersIpv4 === "yes") return { by: "socket", socket: both, given: null };
  if (world.setting(netns, "net/ipv6/bindv6only") === "1")
    return { by: "unknown", doubt: { why: "answers-ipv4", socket: both.key } };
  return { by: "socket", socket: both, given: { given: "answers-ipv4", socket: both.key } };
}
