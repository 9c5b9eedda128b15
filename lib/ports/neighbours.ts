import type { LinkId } from "@/lib/net/ids";
import { spelt } from "@/lib/netfilter/bytes-of";
import type { Bridge, Link, Stacked, Veth } from "@/lib/topology/model";
import { isLocal, isLoopback, type World } from "./world";

/** The other end of a pair; null: it was not found. */
export function peerOf(world: World, { peer }: Veth): Link | null {
  return peer.status === "found" ? world.link(peer.link) : null;
}

/** Who has an address at a bridge, and the ports beyond which nobody looked. */
export type AtBridge = {
  readonly ports: readonly Veth[];
  readonly beyond: readonly Link[];
};

/** A veth whose other end is an ordinary link of a namespace that was read: all that is beyond it is known. */
function endBeyond(world: World, port: Link): Link | null {
  if (port.kind !== "veth") return null;
  const peer = peerOf(world, port);
  if (peer === null || peer.master !== null) return null;
  return world.namespace(peer.netns)?.read.status === "read" ? peer : null;
}

type Known = {
  readonly byAddress: ReadonlyMap<string, readonly Veth[]>;
  readonly beyond: readonly Link[];
};

const seen = new WeakMap<World, Map<LinkId, Known>>();

function lookAt(world: World, bridge: LinkId): Known {
  const byAddress = new Map<string, Veth[]>();
  const beyond: Link[] = [];
  for (const port of world.portsOf(bridge)) {
    const end = endBeyond(world, port);
    if (end === null || port.kind !== "veth") beyond.push(port);
    else
      for (const address of world.holders(end.netns).keys())
        byAddress.set(address, [...(byAddress.get(address) ?? []), port]);
  }
  return { byAddress, beyond };
}

/** Linux answers ARP for every address of its namespace, on whichever link. A bridge of a thousand ports is looked at once. */
export function atBridge(world: World, bridge: LinkId, address: string): AtBridge {
  const bridges = seen.get(world) ?? new Map<LinkId, Known>();
  seen.set(world, bridges);
  const known = bridges.get(bridge) ?? lookAt(world, bridge);
  bridges.set(bridge, known);
  const { byAddress, beyond } = known;
  return { ports: byAddress.get(spelt(address) ?? "") ?? [], beyond };
}

/** Of a bridge that reaches other machines by itself: the port that leads there. */
export const uplinkPort = (world: World, bridge: LinkId): Link | null =>
  world.portsOf(bridge).find((port) => endBeyond(world, port) === null) ?? null;

const stacked = new WeakMap<World, ReadonlyMap<LinkId, readonly Stacked[]>>();

function stackedIn({ topology }: World): ReadonlyMap<LinkId, readonly Stacked[]> {
  const found = new Map<LinkId, Stacked[]>();
  for (const link of topology.links) {
    if (link.kind !== "macvlan" && link.kind !== "ipvlan") continue;
    if (link.lower.status !== "found") continue;
    found.set(link.lower.link, [...(found.get(link.lower.link) ?? []), link]);
  }
  return found;
}

/** macvlans and ipvlans on top of a link, wherever they are. */
function childrenOf(world: World, lower: LinkId): readonly Stacked[] {
  const known = stacked.get(world) ?? stackedIn(world);
  stacked.set(world, known);
  return known.get(lower) ?? [];
}

/** The one of them that has the address. */
export const childWith = (world: World, lower: LinkId, address: string): Stacked | null =>
  // Every namespace has a loopback address, and nobody answers ARP for it.
  isLoopback(address)
    ? null
    : (childrenOf(world, lower).find(
        (child) =>
          child.addresses.some((own) => own.address === address) ||
          (child.netns !== world.link(lower)?.netns && isLocal(world, child.netns, address)),
      ) ?? null);

export const bridgeOf = (world: World, { master }: Link): Bridge | null => {
  const link = master === null ? null : world.link(master);
  return link?.kind === "bridge" ? link : null;
};
