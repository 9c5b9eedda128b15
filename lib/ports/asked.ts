import type { NetnsId } from "@/lib/net/ids";
import { familyOf } from "@/lib/netfilter/packet";
import type { Draft } from "./draft";
import type { Arrival, Asked, Reach, Target, Unasked, Vantage } from "./model";
import { isAboutPort } from "./named-sources";
import { reach } from "./reach";
import { addressOf, gateway, innerTargets, isInside, ownAddresses, tries } from "./tried-addresses";
import {
  type Asker,
  hostAskers,
  type NamedAsker,
  neighboursIn,
  type OutsideAskers,
  outsideAskers,
  wireAsker,
} from "./vantages";
import type { Family, World } from "./world";

/** Those who may ask on one host; the same for every line. */
export type Circle = {
  readonly world: World;
  readonly outside: Readonly<Record<Family, OutsideAskers>>;
  readonly host: Readonly<Record<Family, readonly Asker[]>>;
  readonly neighbours: ReturnType<typeof neighboursIn>;
};

export const circleOf = (world: World): Circle => ({
  world,
  outside: { ip: outsideAskers(world, "ip"), ip6: outsideAskers(world, "ip6") },
  host: { ip: hostAskers(world, "ip"), ip6: hostAskers(world, "ip6") },
  neighbours: neighboursIn(world),
});

const isTransport = (protocol: string): protocol is Target["protocol"] =>
  protocol === "tcp" || protocol === "udp";

/** A program's socket on `::` is asked by IPv4 too; engines publish each family by itself. */
function familiesOf({ world }: Circle, { host, kind, listener }: Draft): readonly Family[] {
  if (host === null) return [];
  const socket = listener.status === "listening" ? world.socket(listener.socket) : null;
  const isBoth = kind === "host" && host.address === "::" && socket?.answersIpv4 !== "no";
  return isBoth ? ["ip", "ip6"] : [familyOf(host.address)];
}

/**
 * Whether it ends where the line says: at its listener, or, where nobody listens or that is not known, in its
 * namespace at that port. Not at another program that has the same port on another address.
 */
function isMine({ netns, target, host, listener, kind }: Draft, end: Arrival): boolean {
  const port = target?.port ?? host?.port;
  if (end.netns !== netns || end.port !== port) return false;
  if (kind === "host") return listener.status === "listening" && end.socket === listener.socket;
  return true;
}

/** A way that gets to another program gets not here. */
function arrivesAt(draft: Draft, { arrives, ends }: Reach): Reach["arrives"] {
  if (arrives !== "yes") return arrives;
  return ends.length > 0 && ends.every((end) => isMine(draft, end)) ? "yes" : "no";
}

type Asking = Pick<Asker, "from" | "whom" | "origin">;

function asked({ world }: Circle, draft: Draft, asker: Asking, to: Target): Asked {
  const { from, whom, origin } = asker;
  const { way, ...said } = reach(world, origin, to);
  return { from, whom, origin, to, reach: said, arrives: arrivesAt(draft, { ...said, way }) };
}

/** They ask at a port of the host. */
function atHost(circle: Circle, draft: Draft, askers: readonly Asker[]): readonly Asked[] {
  const { host, protocol } = draft;
  if (host === null || !isTransport(protocol)) return [];
  const { port } = host;
  return askers.map((asker) =>
    asked(circle, draft, asker, {
      protocol,
      address: tries(circle.world, asker, host.address),
      port,
    }),
  );
}

/** Containers ask at the container's own address, and at the port of the host. */
function byContainers(circle: Circle, draft: Draft): readonly Asked[] {
  const { host, protocol, target, netns } = draft;
  const { world, neighbours } = circle;
  if (!isTransport(protocol) || netns === null) return [];
  const { same, other } = neighbours(netns);
  const direct = addressOf(circle.world, draft);
  const ways: (readonly [Vantage, NetnsId | null])[] = [
    ["same-network", same],
    ["other-network", other],
  ];
  return ways.flatMap(([from, asker]) => {
    if (asker === null) return [];
    const asking: Asking = {
      from,
      whom: { of: "any" },
      origin: { at: "namespace", netns: asker },
    };
    const gate = host === null ? null : gateway(world, asker, host.address);
    return [
      ...(direct === null || target === null
        ? []
        : [asked(circle, draft, asking, { protocol, address: direct, port: target.port })]),
      ...(host === null || gate === null
        ? []
        : [asked(circle, draft, asking, { protocol, address: gate, port: host.port })]),
    ];
  });
}

/** Machines on the wire below a macvlan ask at the container's own address. */
function byWire(circle: Circle, draft: Draft): readonly Asked[] {
  const { host, protocol, target, netns } = draft;
  if (host !== null || target === null || netns === null || !isTransport(protocol)) return [];
  const families = new Set(ownAddresses(circle.world, draft).map(familyOf));
  return [...families].flatMap((family) => {
    const wire = wireAsker(circle.world, netns, family);
    if (wire === null) return [];
    return [asked(circle, draft, wire, { protocol, address: wire.at, port: target.port })];
  });
}

/** The host asks at the container's own address. */
function byHostInside(circle: Circle, draft: Draft): readonly Asked[] {
  const { world } = circle;
  const { host, protocol, target } = draft;
  const address = addressOf(circle.world, draft);
  if (host !== null || target === null || address === null || !isTransport(protocol)) return [];
  if (world.host === null) return [];
  const asking: Asking = {
    from: "host",
    whom: { of: "any" },
    origin: { at: "namespace", netns: world.host },
  };
  return [asked(circle, draft, asking, { protocol, address, port: target.port })];
}

/** Neighbours on each link ask at what lies inside. */
function byNeighbours(circle: Circle, draft: Draft, lans: readonly Asker[]): readonly Asked[] {
  const { protocol } = draft;
  if (!isTransport(protocol)) return [];
  return innerTargets(circle.world, draft).flatMap(({ address, port }) =>
    lans
      .filter(({ family }) => family === familyOf(address))
      .map((lan) =>
        asked(circle, draft, { ...lan, from: "neighbour" }, { protocol, address, port }),
      ),
  );
}

/** More of those whom rules name are not asked about one port, of one family. */
const namedAtMost = 8;

const portsOf = ({ host, target }: Draft): readonly number[] =>
  [host?.port, target?.port].filter((port) => port !== undefined);

/** Those whom rules name and may let in here. */
function namedFor(circle: Circle, draft: Draft, family: Family): readonly NamedAsker[] {
  const ports = portsOf(draft);
  return circle.outside[family].named.filter(({ namings }) =>
    namings.some((naming) => isAboutPort(naming, draft.protocol, ports)),
  );
}

const allFamilies: readonly Family[] = ["ip", "ip6"];

/** Of a port inside a container: by which it has an address. */
const innerFamilies = (circle: Circle, draft: Draft): readonly Family[] => {
  const own = new Set(innerTargets(circle.world, draft).map(({ address }) => familyOf(address)));
  return allFamilies.filter((family) => own.has(family));
};

type Whole = { readonly asked: readonly Asked[]; readonly unasked: readonly Unasked[] };

const isLan = ({ from }: Asker): boolean => from === "lan";

const arrived = (all: readonly Asked[], from: Vantage): boolean =>
  all.some((each) => each.from === from && each.arrives === "yes");

/** Where not everybody outside gets there, those who may all the same: whom rules name, and neighbours that send by this host. */
function bySome(circle: Circle, draft: Draft, before: readonly Asked[]): Whole {
  const families = isInside(circle.world, draft) ? [] : familiesOf(circle, draft);
  const inner = arrived(before, "lan") ? [] : innerFamilies(circle, draft);
  const every = allFamilies.map((family) => {
    const isOuter = families.includes(family);
    const isByNeighbour = inner.includes(family);
    const named = namedFor(circle, draft, family).filter(
      (asker) => isOuter || (isByNeighbour && isLan(asker)),
    );
    const few = named.slice(0, namedAtMost);
    const lans = [...circle.outside[family].any, ...few].filter(isLan);
    return {
      asked: [
        ...(isOuter ? atHost(circle, draft, few) : []),
        ...(isByNeighbour ? byNeighbours(circle, draft, lans) : []),
      ],
      left: named.length - few.length,
    };
  });
  const n = every.reduce((sum, { left }) => sum + left, 0);
  return {
    asked: every.flatMap((each) => each.asked),
    unasked: n === 0 ? [] : [{ why: "too-many", n }],
  };
}

const missingFor = (circle: Circle, draft: Draft): readonly Unasked[] => {
  if (isInside(circle.world, draft)) return [];
  const missing = familiesOf(circle, draft).flatMap((family) => circle.outside[family].missing);
  return [...new Set(missing)].map((from) => ({ why: "all-named", from }));
};

/** All who ask about a line, the widest circle first. */
export function askAll(circle: Circle, draft: Draft): Whole {
  const families = familiesOf(circle, draft);
  const outside = [
    ...atHost(
      circle,
      draft,
      families.flatMap((family) => circle.outside[family].any),
    ),
    ...byWire(circle, draft),
  ];
  // Where everybody gets there, or that is not known, nobody's own answer adds anything.
  const isSettled = outside.some(({ from, arrives }) => from === "world" && arrives !== "no");
  const some: Whole = isSettled ? { asked: [], unasked: [] } : bySome(circle, draft, outside);
  const own = families.flatMap((family) => circle.host[family]);
  return {
    asked: [
      ...outside,
      ...some.asked,
      ...atHost(circle, draft, own),
      ...byHostInside(circle, draft),
      ...byContainers(circle, draft),
    ],
    unasked: [...missingFor(circle, draft), ...some.unasked],
  };
}
