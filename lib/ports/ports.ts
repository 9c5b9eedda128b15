import type { NetnsId } from "@/lib/net/ids";
import { familyOf } from "@/lib/netfilter/packet";
import type { Draft } from "./draft";
import type { Arrival, Asked, PortRow, Ports, Reach, Scope, Target, Vantage } from "./model";
import { reach } from "./reach";
import { drafts } from "./rows";
import { type Asker, askersOf, neighboursIn, wireAsker } from "./vantages";
import { type Family, isLocal, isLoopback, type World } from "./world";

/** What is the same for every line. */
type Circle = {
  readonly world: World;
  readonly askers: Readonly<Record<Family, readonly Asker[]>>;
  readonly neighbours: ReturnType<typeof neighboursIn>;
};

const isTransport = (protocol: string): protocol is Target["protocol"] =>
  protocol === "tcp" || protocol === "udp";

const any = new Set(["0.0.0.0", "::"]);

/** A program's socket on `::` is asked by IPv4 too; engines publish each family by itself. */
function familiesOf({ world }: Circle, { host, kind, listener }: Draft): readonly Family[] {
  if (host === null) return [];
  const socket = listener.status === "listening" ? world.socket(listener.socket) : null;
  const isBoth = kind === "host" && host.address === "::" && socket?.answersIpv4 !== "no";
  return isBoth ? ["ip", "ip6"] : [familyOf(host.address)];
}

/** At which address of the host this asker would try the port; null: not at all. */
function tries({ from, at }: Asker, address: string): string | null {
  if (any.has(address)) return at;
  if (from === "loopback") return isLoopback(address) || address === "::1" ? address : at;
  return isLoopback(address) || address === "::1" ? at : address;
}

const asked = ({ world }: Circle, from: Vantage, origin: Asked["origin"], to: Target): Asked => {
  const { way: _, ...said } = reach(world, origin, to);
  return { from, origin, to, reach: said };
};

/** Those outside and the host itself ask at a port of the host. */
function askedAtHost(circle: Circle, draft: Draft): readonly Asked[] {
  const { host, protocol } = draft;
  if (host === null || !isTransport(protocol)) return [];
  return familiesOf(circle, draft).flatMap((family) =>
    circle.askers[family].flatMap((asker): readonly Asked[] => {
      const address = tries(asker, host.address);
      if (address === null) return [];
      return [asked(circle, asker.from, asker.origin, { protocol, address, port: host.port })];
    }),
  );
}

/** The address at which other containers know it: that which rules send to, else its first. */
function addressOf({ world }: Circle, { target, netns }: Draft): string | null {
  if (target?.address != null || netns === null) return target?.address ?? null;
  const own = world
    .addressesIn(netns)
    .find(({ scope, text }) => scope === "global" && !isLoopback(text));
  return own?.text ?? null;
}

/** Containers ask at the container's own address, and at the port of the host. */
function askedByContainers(circle: Circle, draft: Draft): readonly Asked[] {
  const { host, protocol, target, netns } = draft;
  const { world, neighbours } = circle;
  if (!isTransport(protocol) || netns === null) return [];
  const { same, other } = neighbours(netns);
  const direct = addressOf(circle, draft);
  const ways: (readonly [Vantage, NetnsId | null])[] = [
    ["same-network", same],
    ["other-network", other],
  ];
  return ways.flatMap(([from, asker]) => {
    if (asker === null) return [];
    const origin = { at: "namespace", netns: asker } as const;
    const atHost = host === null ? null : gateway(world, asker, host.address);
    return [
      ...(direct === null || target === null
        ? []
        : [asked(circle, from, origin, { protocol, address: direct, port: target.port })]),
      ...(host === null || atHost === null
        ? []
        : [asked(circle, from, origin, { protocol, address: atHost, port: host.port })]),
    ];
  });
}

/** The host and the wire below a macvlan ask at the container's own address. */
function askedInside(circle: Circle, draft: Draft): readonly Asked[] {
  const { world } = circle;
  const { host, protocol, target, netns } = draft;
  if (host !== null || target === null || netns === null || !isTransport(protocol)) return [];
  const address = addressOf(circle, draft);
  if (address === null) return [];
  const wire = wireAsker(world, netns, familyOf(address));
  const to = { protocol, address, port: target.port };
  return [
    ...(wire?.at == null
      ? []
      : [asked(circle, wire.from, wire.origin, { ...to, address: wire.at })]),
    ...(world.host === null
      ? []
      : [asked(circle, "host", { at: "namespace", netns: world.host }, to)]),
  ];
}

/** The host as a container knows it: by its gateway, where the port is on every address. */
function gateway(world: World, netns: NetnsId, address: string): string | null {
  if (!any.has(address)) return isLoopback(address) || address === "::1" ? null : address;
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
function arrivesHere(draft: Draft, { reach: { arrives, ends } }: Asked): Reach["arrives"] {
  if (arrives !== "yes") return arrives;
  return ends.length > 0 && ends.every((end) => isMine(draft, end)) ? "yes" : "no";
}

type Circles = readonly (readonly [Scope, readonly Vantage[]])[];

const outer: Circles = [
  ["world", ["world"]],
  ["lan", ["lan"]],
];
const ofHost: Circles = [["host", ["loopback", "host"]]];
const ofContainers: Circles = [["containers", ["same-network", "other-network"]]];

/** A host reaches all of its containers by their own addresses: of a port inside, who else does is what tells. */
const circlesOf = ({ host }: Draft): Circles =>
  host === null ? [...outer, ...ofContainers, ...ofHost] : [...outer, ...ofHost, ...ofContainers];

/** From the widest circle inwards: the first that gets there; one that cannot be told hides all narrower ones. */
function scopeOf(draft: Draft, all: readonly Asked[]): Scope {
  for (const [scope, vantages] of circlesOf(draft)) {
    const said = all
      .filter(({ from }) => vantages.includes(from))
      .map((each) => arrivesHere(draft, each));
    if (said.includes("yes")) return scope;
    if (said.includes("cannot-tell")) return "unknown";
  }
  return "nobody";
}

function rowOf(circle: Circle, draft: Draft): PortRow {
  const { netns: _, ...row } = draft;
  const all = [
    ...askedAtHost(circle, draft),
    ...askedInside(circle, draft),
    ...askedByContainers(circle, draft),
  ];
  return { ...row, asked: all, scope: all.length === 0 ? "unknown" : scopeOf(draft, all) };
}

function lacksOf(world: World): Ports["lacks"] {
  const { host, topology } = world;
  const rules = host === null ? null : world.rules(host);
  return [
    ...(rules?.firewall.status === "read" ? [] : (["rules"] as const)),
    ...(host === null || world.sockets(host) === null ? (["sockets"] as const) : []),
    ...(topology.host.engine.status === "read" ? [] : (["engine"] as const)),
    ...(host !== null && world.hasSettings(host) ? [] : (["settings"] as const)),
  ];
}

/** The Ports view of a host. Never throws. */
export function ports(world: World): Ports {
  const circle: Circle = {
    world,
    askers: { ip: askersOf(world, "ip"), ip6: askersOf(world, "ip6") },
    neighbours: neighboursIn(world),
  };
  return { rows: drafts(world).map((draft) => rowOf(circle, draft)), lacks: lacksOf(world) };
}
