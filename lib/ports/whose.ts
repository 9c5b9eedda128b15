import type { ContainerId, NetnsId } from "@/lib/net/ids";
import { spelt } from "@/lib/netfilter/bytes-of";
import type { Socket } from "@/lib/topology/listening";
import type { Container } from "@/lib/topology/model";
import type { Listener, PortEnd } from "./model";
import { isLocal, type World } from "./world";

/** Where an address leads to which rules or proxies send; null: it is not told. */
export function endAt(world: World, address: string | null): PortEnd {
  if (address === null) return { at: "untold" };
  const { host } = world;
  if (host !== null && isLocal(world, host, address)) return { at: "namespace", netns: host };
  const [only, another] = world.netnsWith(spelt(address) ?? "");
  if (only === undefined) return { at: "nobody" };
  return another === undefined ? { at: "namespace", netns: only } : { at: "several" };
}

export const endIn = (netns: NetnsId | null): PortEnd =>
  netns === null ? { at: "untold" } : { at: "namespace", netns };

/** Containers whose programs hold it, in whichever process. */
const holdersOf = (holder: Socket["holder"]): readonly ContainerId[] =>
  holder.by === "processes" ? holder.processes.flatMap(({ container }) => container ?? []) : [];

const heardOf = (listener: Listener): readonly ContainerId[] => {
  if (listener.status === "listening") return holdersOf(listener.holder);
  return listener.status === "several"
    ? listener.heard.flatMap(({ holder }) => holdersOf(holder))
    : [];
};

/** The one whose network the others share comes before those. */
const isSharer = ({ mode }: Container): number => Number(mode.kind === "container");

/**
 * Whose a port is: the one that published it, whose program listens, then all others of that namespace. Of the host's own
 * namespace those alone whose program it is: it has too many.
 */
export function containersOf(
  world: World,
  netns: NetnsId | null,
  listener: Listener,
  publisher: Container | null,
): readonly ContainerId[] {
  const first = [...(publisher === null ? [] : [publisher.id]), ...heardOf(listener)];
  const all =
    netns === null || netns === world.host
      ? []
      : world.containersIn(netns).toSorted((a, b) => isSharer(a) - isSharer(b));
  return [...new Set([...first, ...all.map(({ id }) => id)])];
}
