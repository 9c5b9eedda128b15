import type { NetnsId } from "@/lib/net/ids";
import { type IpAddress, isWithin, sameAddress } from "@/lib/net/ip-address";
import { bytesOf } from "@/lib/netfilter/bytes-of";
import type { Link } from "@/lib/topology/model";
import type { Origin, Vantage } from "./model";
import { bridgeOf, peerOf } from "./neighbours";
import { routeTo } from "./route";
import { type Family, isOf, type OwnAddress, type World } from "./world";

/** Somebody who may ask, and at which of the host's addresses. */
export type Asker = {
  readonly from: Vantage;
  readonly origin: Origin;
  readonly family: Family;
  /** null: at the container's own. */
  readonly at: string | null;
};

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

/** Prefixes that rules of the host name as a source: who is none of them stands for everybody else. */
function namedSources(world: World): readonly { address: IpAddress; prefix: number }[] {
  const firewall = world.host === null ? undefined : world.rules(world.host)?.firewall;
  if (firewall?.status !== "read") return [];
  const ofRules = firewall.tables.flatMap(({ chains }) =>
    chains.flatMap(({ rules }) =>
      rules.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.kind === "source" ? part.addresses : [])),
      ),
    ),
  );
  const ofSets = firewall.sets.flatMap(({ holds }) =>
    holds.of === "elements" ? holds.elements.flat() : [],
  );
  return [...ofRules, ...ofSets].flatMap((value) => {
    if (value.of !== "prefix" || value.length === 0) return [];
    const address = bytesOf(value.address);
    return address === null ? [] : [{ address, prefix: value.length }];
  });
}

type Named = ReturnType<typeof namedSources>;

const isNamed = (named: Named, address: IpAddress): boolean =>
  named.some((net) => isWithin(address, net));

/** Public addresses that nobody has: RFC 5737, RFC 3849, and of the benchmark range where those are named. */
const strangers: Readonly<Record<Family, readonly string[]>> = {
  ip: ["203.0.113.77", "198.51.100.77", "192.0.2.77", "198.18.77.77"],
  ip6: ["2001:db8:77::77", "3fff:77::77"],
};

/** One that no rule names, and that no route of the host but the default one leads to. */
function stranger(world: World, named: Named, family: Family): string | null {
  const { host } = world;
  if (host === null) return null;
  const near = world.waysIn(host).filter(({ prefix }) => prefix !== null);
  const found = strangers[family].find((text) => {
    const address = bytesOf(text);
    if (address === null || isNamed(named, address)) return false;
    return !near.some(({ prefix }) => prefix !== null && isWithin(address, prefix));
  });
  return found ?? null;
}

const textOf = (bytes: IpAddress): string =>
  bytes.length === 4
    ? bytes.join(".")
    : Array.from({ length: 8 }, (_, nth) =>
        (((bytes[nth * 2] ?? 0) << 8) | (bytes[nth * 2 + 1] ?? 0)).toString(16),
      ).join(":");

/** A public address that stands for everybody whom no rule of the host names; null: rules name all that are known. */
export const strangerFor = (world: World, family: Family): string | null =>
  stranger(world, namedSources(world), family);

/** The highest addresses of the subnet come first: gateways and machines usually begin at the lowest. */
function neighbour(
  world: World,
  named: Named,
  own: Pick<OwnAddress, "bytes" | "prefix">,
): string | null {
  const { bytes, prefix } = own;
  const last = bytes.length - 1;
  const taken = world.host === null ? [] : world.addressesIn(world.host);
  const gateways = world.topology.routes.map(({ via }) => via);
  for (let value = 250; value > 1; value -= 1) {
    const candidate = bytes.map((byte, nth) => (nth === last ? value : byte));
    const isFree =
      isWithin(candidate, { address: bytes, prefix }) &&
      !taken.some((each) => sameAddress(each.bytes, candidate)) &&
      !gateways.includes(textOf(candidate)) &&
      !isNamed(named, candidate);
    if (isFree) return textOf(candidate);
  }
  return null;
}

/** Those beyond the host's own links. More than a few subnets are not asked, one by one, for every port. */
const lansAtMost = 3;

function outsideAskers(world: World, family: Family): readonly Asker[] {
  const { host } = world;
  if (host === null) return [];
  const named = namedSources(world);
  const addresses = outwardAddresses(world, family);
  const source = stranger(world, named, family);
  const out = source === null ? null : routeTo(world, host, family, source);
  const at = out?.to === "link" ? addresses.find(({ link }) => link.id === out.link.id) : undefined;
  const fromWorld: readonly Asker[] =
    source === null || at === undefined
      ? []
      : [
          {
            from: "world",
            origin: { at: "outside", link: at.link.id, address: source },
            family,
            at: at.text,
          },
        ];
  const fromLans = addresses.slice(0, lansAtMost).flatMap((own): readonly Asker[] => {
    const address = neighbour(world, named, own);
    if (address === null) return [];
    return [
      { from: "lan", origin: { at: "outside", link: own.link.id, address }, family, at: own.text },
    ];
  });
  return [...fromWorld, ...fromLans];
}

const loopbacks = { ip: "127.0.0.1", ip6: "::1" } as const;

function hostAskers(world: World, family: Family): readonly Asker[] {
  const { host } = world;
  if (host === null) return [];
  const origin: Origin = { at: "namespace", netns: host };
  const [own] = outwardAddresses(world, family);
  return [
    { from: "loopback", origin, family, at: loopbacks[family] },
    ...(own === undefined ? [] : [{ from: "host", origin, family, at: own.text } as const]),
  ];
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
    const address = neighbour(world, namedSources(world), own);
    if (link.lower.status !== "found" || address === null) continue;
    const origin: Origin = { at: "outside", link: link.lower.link, address };
    return { from: "lan", origin, family, at: own.text };
  }
  return null;
}

/** Those who ask about every port, by family. */
export const askersOf = (world: World, family: Family): readonly Asker[] => [
  ...outsideAskers(world, family),
  ...hostAskers(world, family),
];
