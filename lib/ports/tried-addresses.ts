import type { NetnsId } from "@/lib/net/ids";
import { familyOf } from "@/lib/netfilter/packet";
import type { Draft } from "./draft";
import type { Target } from "./model";
import { isSame } from "./sendings";
import { type Asker, isInner } from "./vantages";
import { isLocal, isLoopback, type World } from "./world";

const any = new Set(["0.0.0.0", "::"]);

const isOwnLoopback = (address: string): boolean => isLoopback(address) || address === "::1";

/** At which address of the host this asker would try the port: one that only the host itself has leads others to its NIC's. */
export function tries(world: World, { from, at }: Asker, address: string): string {
  if (any.has(address)) return at;
  if (from === "loopback") return isOwnLoopback(address) ? address : at;
  if (isOwnLoopback(address)) return at;
  return from !== "host" && isInner(world, address) ? at : address;
}

/** Global addresses of its namespace at which its program answers; of a port that none listens on, all. */
export function ownAddresses(world: World, { netns, listener }: Draft): readonly string[] {
  if (netns === null || netns === world.host) return [];
  const at = listener.status === "listening" ? world.socket(listener.socket) : null;
  const answers = (address: string): boolean => {
    if (at === null || at.address === "::") return true;
    return at.address === "0.0.0.0" ? familyOf(address) === "ip" : isSame(at.address, address);
  };
  return world
    .addressesIn(netns)
    .filter(({ scope, text }) => scope === "global" && !isOwnLoopback(text) && answers(text))
    .map(({ text }) => text);
}

/** The address at which other containers know it: that which rules send to, else its first. */
export const addressOf = (world: World, draft: Draft): string | null =>
  draft.target?.address ?? ownAddresses(world, draft)[0] ?? null;

/** The host as a container knows it: by its gateway, where the port is on every address. */
export function gateway(world: World, netns: NetnsId, address: string): string | null {
  if (!any.has(address)) return isOwnLoopback(address) ? null : address;
  if (world.host === null) return null;
  const { host } = world;
  const family = familyOf(address);
  const way = world
    .waysIn(netns)
    .find(
      ({ prefix, via, family: of }) =>
        prefix === null && of === family && via !== null && isLocal(world, host, via),
    );
  return way?.via ?? null;
}

/** More addresses of one container are not tried. */
const addressesAtMost = 4;

/** On an address by which the host speaks to itself or its containers alone: others meet it as neighbours, if at all. */
export const isInside = (world: World, { host }: Draft): boolean =>
  host !== null && (isOwnLoopback(host.address) || isInner(world, host.address));

/** Addresses inside the host by which a neighbour that sends by it may come to this port, past its own addresses outside. */
export function innerTargets(world: World, draft: Draft): readonly Omit<Target, "protocol">[] {
  const { host, target } = draft;
  const onWire = (address: string): boolean =>
    draft.netns !== null &&
    world
      .addressesIn(draft.netns)
      .some(
        ({ text, link: { kind } }) => text === address && (kind === "macvlan" || kind === "ipvlan"),
      );
  // Docker-proxy on `::` passes on by IPv4: who gets to that address did not come by this port.
  const isOfPort = (address: string): boolean =>
    host === null || familyOf(address) === familyOf(host.address);
  const own = ownAddresses(world, draft).filter((each) => isOfPort(each) && !onWire(each));
  return [
    ...(host !== null && isInside(world, draft)
      ? [{ address: host.address, port: host.port }]
      : []),
    ...(target === null
      ? []
      : own.slice(0, addressesAtMost).map((address) => ({ address, port: target.port }))),
  ];
}
