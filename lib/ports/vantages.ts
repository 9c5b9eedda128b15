import type { NetnsId } from "@/lib/net/ids";
import { spelt } from "@/lib/netfilter/bytes-of";
import type { Link } from "@/lib/topology/model";
import type { Origin, Vantage, Whom } from "./model";
import type { Naming } from "./named-sources";
import { bridgeOf, peerOf } from "./neighbours";
import { lanOutside, type NamedOutsider, worldOutside } from "./outsiders";
import { routeTo } from "./route";
import { type Family, isOf, type OwnAddress, type World } from "./world";

/** Somebody who may ask, and at which of the host's addresses. */
export type Asker = {
  readonly from: Vantage;
  readonly whom: Whom;
  readonly origin: Origin;
  readonly family: Family;
  readonly at: string;
};

/** Asks only about ports that what names it may be about. */
export type NamedAsker = Asker & { readonly namings: readonly Naming[] };

/** Who asks about the host's ports from beyond its links, of one family. */
export type OutsideAskers = {
  readonly any: readonly Asker[];
  readonly named: readonly NamedAsker[];
  /** Circles that are there, and of which rules name every address. */
  readonly missing: readonly ("world" | "lan")[];
};

const anybody: Whom = { of: "any" };

const isOutward = (world: World, link: Link): boolean => {
  if (link.master !== null || !link.adminUp) return false;
  if (link.kind === "nic" || link.kind === "vlan" || link.kind === "other") return true;
  if (link.kind === "veth") return peerOf(world, link) === null;
  if (link.kind !== "bridge") return false;
  return world.portsOf(link.id).some(({ kind }) => ["nic", "vlan", "other"].includes(kind));
};

/** The addresses of the host at which other machines may meet it. */
function outwardAddresses(world: World, family: Family): readonly OwnAddress[] {
  const { host } = world;
  if (host === null) return [];
  return world
    .addressesIn(host)
    .filter(
      ({ bytes, scope, link }) =>
        isOf(family, bytes) && scope === "global" && isOutward(world, link),
    );
}

/** A public address that stands for everybody whom no rule of the host names; null: rules name all that are known. */
export const strangerFor = (world: World, family: Family): string | null =>
  worldOutside(world, family, outwardAddresses(world, family)).any;

/** By which link one comes to whom this address is; null: the host has no way back, or knows several. */
function linkTowards(world: World, host: NetnsId, family: Family, address: string): Link | null {
  const out = routeTo(world, host, family, address);
  if (out.to === "link") return isOutward(world, out.link) ? out.link : null;
  // Which of several ways an answer takes is not told: that it is so, the asking tells.
  return out.to === "unknown" ? uplink(world, host, family) : null;
}

/** The first link by which a default route leads to other machines; where it has several ways, that of the first address. */
function uplink(world: World, host: NetnsId, family: Family): Link | null {
  const ways = world.waysIn(host).filter((way) => way.prefix === null && way.family === family);
  const [way] = ways.flatMap(({ link }) => (link !== null && isOutward(world, link) ? [link] : []));
  if (way !== undefined) return way;
  const isSplit = ways.some(({ link }) => link === null);
  return isSplit ? (outwardAddresses(world, family)[0]?.link ?? null) : null;
}

type Outward = readonly OwnAddress[];

/** Asks at the address of the link by which it comes, else at the first that the host has. */
function askerBy(link: Link, addresses: Outward, family: Family, address: string): Asker | null {
  const at = addresses.find((own) => own.link.id === link.id) ?? addresses[0];
  if (at === undefined) return null;
  const origin: Origin = { at: "outside", link: link.id, address };
  return { from: "world", whom: anybody, origin, family, at: at.text };
}

const asNamed = (
  asker: Asker,
  { address, source, others, namings }: NamedOutsider,
): NamedAsker => ({
  ...asker,
  whom: { of: "named", source, others },
  origin: asker.origin.at === "outside" ? { ...asker.origin, address } : asker.origin,
  namings,
});

function fromWorld(world: World, host: NetnsId, family: Family): OutsideAskers {
  const addresses = outwardAddresses(world, family);
  const { any, named } = worldOutside(world, family, addresses);
  const asking = (address: string): Asker | null => {
    const link = linkTowards(world, host, family, address);
    return link === null ? null : askerBy(link, addresses, family, address);
  };
  const isThere = addresses.length > 0 && uplink(world, host, family) !== null;
  const one = any === null ? null : asking(any);
  return {
    any: one === null ? [] : [one],
    named: named.flatMap((each) => {
      const asker = asking(each.address);
      return asker === null ? [] : [asNamed(asker, each)];
    }),
    missing: any === null && isThere ? ["world"] : [],
  };
}

/** More subnets than these are not asked, one by one, for every port. */
const lansAtMost = 3;

function fromLans(world: World, family: Family): OutsideAskers {
  const addresses = outwardAddresses(world, family);
  const lans = addresses.slice(0, lansAtMost).flatMap((own) => {
    const outside = lanOutside(world, own, addresses);
    if (outside === null) return [];
    const asker = (address: string): Asker => ({
      from: "lan",
      whom: anybody,
      origin: { at: "outside", link: own.link.id, address },
      family,
      at: own.text,
    });
    return [{ asker, outside }];
  });
  return {
    any: lans.flatMap(({ asker, outside: { any } }) => (any === null ? [] : [asker(any)])),
    named: lans.flatMap(({ asker, outside: { named } }) =>
      named.map((each) => asNamed(asker(each.address), each)),
    ),
    missing: lans.some(({ outside: { any } }) => any === null) ? ["lan"] : [],
  };
}

const none: OutsideAskers = { any: [], named: [], missing: [] };

/** Those beyond the host's own links. */
export function outsideAskers(world: World, family: Family): OutsideAskers {
  const { host } = world;
  if (host === null) return none;
  const [far, near] = [fromWorld(world, host, family), fromLans(world, family)];
  return {
    any: [...far.any, ...near.any],
    named: [...far.named, ...near.named],
    missing: [...far.missing, ...near.missing],
  };
}

const loopbacks = { ip: "127.0.0.1", ip6: "::1" } as const;

/** The host itself. */
export function hostAskers(world: World, family: Family): readonly Asker[] {
  const { host } = world;
  if (host === null) return [];
  const asker = { whom: anybody, origin: { at: "namespace", netns: host }, family } as const;
  const [own] = outwardAddresses(world, family);
  return [
    { ...asker, from: "loopback", at: loopbacks[family] },
    ...(own === undefined ? [] : [{ ...asker, from: "host", at: own.text } as const]),
  ];
}

/** Whether an address is one by which the host speaks to its own containers alone: other machines have no way to it but by the host. */
export function isInner(world: World, address: string): boolean {
  const { host } = world;
  const own = host === null ? undefined : world.holders(host).get(spelt(address) ?? "");
  return own !== undefined && own.link.kind !== "loopback" && !isOutward(world, own.link);
}

/** The bridges of the host at which containers are, with the namespaces at their ports. */
function bridgesOf(world: World): ReadonlyMap<string, readonly NetnsId[]> {
  const found = new Map<string, NetnsId[]>();
  for (const link of world.host === null ? [] : world.linksIn(world.host)) {
    const bridge = bridgeOf(world, link);
    const peer = link.kind === "veth" ? peerOf(world, link) : null;
    if (bridge === null || peer === null || world.containersIn(peer.netns).length === 0) continue;
    const known = found.get(bridge.id);
    if (known === undefined) found.set(bridge.id, [peer.netns]);
    else known.push(peer.netns);
  }
  return found;
}

/** Whom to ask about a container's ports: one beside it on a bridge of its own, and one on another bridge. */
export type Neighbours = (target: NetnsId) => {
  readonly same: NetnsId | null;
  readonly other: NetnsId | null;
};

type Bridges = readonly (readonly [string, readonly NetnsId[]])[];

function firstOf(
  bridges: Bridges,
  isAsked: (bridge: string) => boolean,
  fits: (netns: NetnsId) => boolean,
): NetnsId | null {
  for (const [id, all] of bridges) {
    const found = isAsked(id) ? all.find(fits) : undefined;
    if (found !== undefined) return found;
  }
  return null;
}

/** Prepared once for a host. */
export function neighboursIn(world: World): Neighbours {
  const bridges = [...bridgesOf(world)];
  const isClosed = (bridge: string): boolean =>
    world.topology.networks.some((network) => network.bridge === bridge && network.internal);
  // A container of a network without a way out stands for no other.
  const byOpenness = bridges.toSorted(([a], [b]) => Number(isClosed(a)) - Number(isClosed(b)));
  const members = new Map(bridges.map(([id, all]) => [id, new Set(all)]));
  return (target) => {
    const mine = new Set(bridges.flatMap(([id]) => (members.get(id)?.has(target) ? [id] : [])));
    const isApart = (netns: NetnsId): boolean =>
      [...mine].every((id) => members.get(id)?.has(netns) !== true);
    return {
      same: firstOf(
        bridges,
        (id) => mine.has(id),
        (netns) => netns !== target,
      ),
      other: firstOf(byOpenness, (id) => !mine.has(id), isApart),
    };
  };
}

/**
 * A machine on the wire below a macvlan or ipvlan, which meets it without the host. null: the container has none
 * in this family.
 */
export function wireAsker(world: World, netns: NetnsId, family: Family): Asker | null {
  for (const own of world.addressesIn(netns)) {
    const { link } = own;
    if (link.kind !== "macvlan" && link.kind !== "ipvlan") continue;
    if (!isOf(family, own.bytes) || own.scope !== "global") continue;
    const address = lanOutside(world, own, outwardAddresses(world, family))?.any ?? null;
    if (link.lower.status !== "found" || address === null) continue;
    const origin: Origin = { at: "outside", link: link.lower.link, address };
    return { from: "lan", whom: anybody, origin, family, at: own.text };
  }
  return null;
}
