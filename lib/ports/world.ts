import type { Key, LinkId, NetnsId } from "@/lib/net/ids";
import { type Cidr, type IpAddress, isWithin } from "@/lib/net/ip-address";
import { bytesOf, spelt } from "@/lib/netfilter/bytes-of";
import type { NetnsRules } from "@/lib/topology/firewall/model";
import type { DockerProxy, Listening, Socket } from "@/lib/topology/listening";
import type { Container, Link, Namespace, Network, Topology } from "@/lib/topology/model";
import { proxiesOf } from "./proxies";

export type Family = "ip" | "ip6";

/** A route with its prefix by bytes; null: of all destinations. */
export type Way = {
  readonly family: Family;
  readonly prefix: Cidr | null;
  readonly via: string | null;
  /** null: it has several ways, or leads nowhere. */
  readonly link: Link | null;
  readonly table: string;
};

export type OwnAddress = {
  readonly text: string;
  readonly bytes: IpAddress;
  readonly prefix: number;
  readonly scope: string;
  readonly link: Link;
};

/** What decides about connections on one host, where it is looked up quickly. */
export type World = {
  readonly topology: Topology;
  readonly host: NetnsId | null;
  readonly link: (id: LinkId) => Link | null;
  readonly linksIn: (netns: NetnsId) => readonly Link[];
  readonly linkNamed: (netns: NetnsId, name: string) => Link | null;
  readonly portsOf: (bridge: LinkId) => readonly Link[];
  /** Of links that are switched on, in the order of the namespace. */
  readonly addressesIn: (netns: NetnsId) => readonly OwnAddress[];
  /** The same by their spelling (netfilter's `spelt`). */
  readonly holders: (netns: NetnsId) => ReadonlyMap<string, OwnAddress>;
  readonly waysIn: (netns: NetnsId) => readonly Way[];
  readonly namespace: (netns: NetnsId) => Namespace | null;
  readonly containersIn: (netns: NetnsId) => readonly Container[];
  readonly networkOf: (bridge: LinkId) => Network | null;
  /** null: nobody asked. */
  readonly rules: (netns: NetnsId) => NetnsRules | null;
  /** A file below /proc/sys of that namespace; null: not read, or not there. */
  readonly setting: (netns: NetnsId, name: string) => string | null;
  /** Whether the settings of that namespace were read at all. */
  readonly hasSettings: (netns: NetnsId) => boolean;
  /** null: nobody looked who listens in that namespace. */
  readonly sockets: (netns: NetnsId) => readonly Socket[] | null;
  /** Those of them on one port: `tcp 8080`. */
  readonly socketsOn: (netns: NetnsId, port: string) => readonly Socket[];
  readonly socket: (key: Key) => Socket | null;
  readonly proxies: readonly DockerProxy[];
  /** Those of them for one port of the host: `tcp 8080`. */
  readonly proxiesOn: (port: string) => readonly DockerProxy[];
  /** Namespaces but the host's that have an address, by its spelling (netfilter's `spelt`). */
  readonly netnsWith: (address: string) => readonly NetnsId[];
  /** Ports of the host that an engine has published: `tcp 8080`. */
  readonly published: ReadonlySet<string>;
};

/** As sockets and docker-proxies are found by it. */
export const portName = ({ protocol, port }: { protocol: string; port: number }): string =>
  `${protocol} ${port}`;

const familyOf = (family: "inet" | "inet6"): Family => (family === "inet" ? "ip" : "ip6");

export const isOf = (family: Family, bytes: IpAddress): boolean =>
  bytes.length === (family === "ip" ? 4 : 16);

const everywhere = new Set(["default", "0.0.0.0/0", "::/0"]);

function prefixOf(text: string): Cidr | null {
  const [address = "", bits] = text.split("/");
  const bytes = bytesOf(address);
  if (bytes === null) return null;
  return { address: bytes, prefix: bits === undefined ? bytes.length * 8 : Number(bits) };
}

function addressesOf(links: readonly Link[]): readonly OwnAddress[] {
  return links
    .filter(({ adminUp }) => adminUp)
    .flatMap((link) =>
      link.addresses.flatMap(({ address, prefix, scope }) => {
        const bytes = bytesOf(address);
        return bytes === null ? [] : [{ text: address, bytes, prefix, scope, link }];
      }),
    );
}

/** Of two links with one address, the first. */
const holdersOf = (addresses: readonly OwnAddress[]): ReadonlyMap<string, OwnAddress> =>
  new Map(addresses.toReversed().map((own) => [own.bytes.join("."), own]));

function waysOf(
  { routes }: Topology,
  linkNamed: World["linkNamed"],
): ReadonlyMap<NetnsId, readonly Way[]> {
  const ways = new Map<NetnsId, Way[]>();
  for (const { netns, family, to, via, dev, table } of routes) {
    const prefix = everywhere.has(to) ? null : prefixOf(to);
    if (prefix === null && !everywhere.has(to)) continue;
    const way: Way = {
      family: familyOf(family),
      prefix,
      via,
      link: dev === null ? null : linkNamed(netns, dev),
      table,
    };
    const known = ways.get(netns);
    if (known === undefined) ways.set(netns, [way]);
    else known.push(way);
  }
  return ways;
}

const grouped = <Item, Group>(
  items: readonly Item[],
  by: (item: Item) => Group,
): ((group: Group) => readonly Item[]) => {
  const groups = Map.groupBy(items, by);
  return (group) => groups.get(group) ?? [];
};

const cached = <Value>(make: (netns: NetnsId) => Value): ((netns: NetnsId) => Value) => {
  const made = new Map<NetnsId, Value>();
  return (netns) => {
    if (!made.has(netns)) made.set(netns, make(netns));
    return made.get(netns) as Value;
  };
};

/** Asked for every port: looked up once, when it is asked for the first time. */
function whoHas({ namespaces, host }: Topology, holders: World["holders"]): World["netnsWith"] {
  let known: ReadonlyMap<string, readonly NetnsId[]> | null = null;
  const look = (): ReadonlyMap<string, readonly NetnsId[]> => {
    const found = new Map<string, NetnsId[]>();
    for (const { id } of namespaces) {
      if (id === host.netns) continue;
      for (const address of holders(id).keys())
        found.set(address, [...(found.get(address) ?? []), id]);
    }
    return found;
  };
  return (address) => {
    known ??= look();
    return known.get(address) ?? [];
  };
}

/** `rules`: of the namespaces whose rules were asked for, the host's own among them. */
export function worldOf(
  topology: Topology,
  rules: readonly NetnsRules[],
  listening: Listening,
): World {
  const links = new Map(topology.links.map((link) => [link.id, link]));
  const linksIn = grouped(topology.links, ({ netns }) => netns);
  const named = cached((netns) => new Map(linksIn(netns).map((link) => [link.name, link])));
  const linkNamed = (netns: NetnsId, name: string): Link | null => named(netns).get(name) ?? null;
  const addressesIn = cached((netns) => addressesOf(linksIn(netns)));
  const ways = waysOf(topology, linkNamed);
  const namespaces = new Map(topology.namespaces.map((each) => [each.id, each]));
  const containers = grouped(topology.containers, ({ netns }) => netns);
  const networks = new Map(topology.networks.map((each) => [each.bridge, each]));
  const told = new Map(rules.map((each) => [each.netns, each]));
  const settings = cached((netns) => {
    const said = told.get(netns)?.settings;
    if (said?.status !== "read") return null;
    return new Map(said.settings.map(({ name, value }) => [name, value]));
  });
  const { sockets } = listening;
  const heard = sockets.status === "read" ? sockets.sockets : [];
  const looked = new Set(sockets.status === "read" ? sockets.namespaces : []);
  const socketsIn = grouped(heard, ({ netns }) => netns);
  const onPort = cached((netns) => Map.groupBy(socketsIn(netns), portName));
  const proxies = proxiesOf(topology, listening);
  const holders = cached((netns) => holdersOf(addressesIn(netns)));
  const byKey = new Map(heard.map((socket) => [socket.key, socket]));
  return {
    topology,
    host: topology.host.netns,
    link: (id) => links.get(id) ?? null,
    linksIn,
    linkNamed,
    portsOf: grouped(topology.links, ({ master }) => master),
    addressesIn,
    holders,
    waysIn: (netns) => ways.get(netns) ?? [],
    namespace: (netns) => namespaces.get(netns) ?? null,
    containersIn: containers,
    networkOf: (bridge) => networks.get(bridge) ?? null,
    rules: (netns) => told.get(netns) ?? null,
    setting: (netns, name) => settings(netns)?.get(name) ?? null,
    hasSettings: (netns) => settings(netns) !== null,
    sockets: (netns) => (looked.has(netns) ? socketsIn(netns) : null),
    socket: (key) => byKey.get(key) ?? null,
    socketsOn: (netns, port) => onPort(netns).get(port) ?? [],
    proxies,
    proxiesOn: grouped(proxies, ({ protocol, hostPort }) => portName({ protocol, port: hostPort })),
    netnsWith: whoHas(topology, holders),
    published: new Set(
      topology.containers.flatMap(({ ports }) =>
        ports.map(({ protocol, hostPort }) => `${protocol} ${hostPort}`),
      ),
    ),
  };
}

/** The link that has the address; `null`: it is none of this namespace's own. */
const holderOf = (world: World, netns: NetnsId, address: string): OwnAddress | null => {
  const name = spelt(address);
  return name === null ? null : (world.holders(netns).get(name) ?? null);
};

const loopbackNet: Cidr = { address: [127, 0, 0, 0], prefix: 8 };

export const isLoopback = (address: string): boolean => {
  const bytes = bytesOf(address);
  return bytes !== null && isWithin(bytes, loopbackNet);
};

/** Whether packets to this address end in this namespace: 127/8 all of it, else the addresses that it has. */
export const isLocal = (world: World, netns: NetnsId, address: string): boolean =>
  isLoopback(address) || holderOf(world, netns, address) !== null;
