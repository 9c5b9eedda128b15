import { type IpAddress, sameAddress } from "@/lib/net/ip-address";
import { spelt } from "@/lib/netfilter/bytes-of";
import { type NamedSpan, type Naming, namingsOf } from "./named-sources";
import {
  bySize,
  bytesAt,
  covers,
  numberOf,
  type Span,
  type Stretch,
  spanIn,
  spanOf,
  stretches,
  textOf,
} from "./spans";
import { type Family, isOf, type OwnAddress, type World } from "./world";

/** One outside whose rules tell apart from others by a naming. */
export type NamedOutsider = {
  readonly address: string;
  /** As the rule that names it most closely writes it. */
  readonly source: string;
  /** So many more are named so that rules treat them alike. */
  readonly others: number;
  readonly namings: readonly Naming[];
};

/** Who is in one area outside a host, as far as its rules tell them apart. */
export type Outsiders = {
  /** For all whom no rule tells apart; null: rules name every address of the area. */
  readonly any: string | null;
  /** One of each kind that rules may let in. */
  readonly named: readonly NamedOutsider[];
};

const lengths = { ip: 4, ip6: 16 } as const;

/** Where no machine of the world is: this network, loopback, link-local addresses of IPv6, multicast, reserved. */
const nobody: Readonly<Record<Family, readonly Span[]>> = {
  ip: ["0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/3"].map(spanIn),
  ip6: ["::/8", "fe00::/7"].map(spanIn),
};

/** Where one is seldom: private, shared (CGN), link-local, benchmarks, documentation (IANA's registries of special addresses). */
const seldom: Readonly<Record<Family, readonly Span[]>> = {
  ip: [
    ...["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"],
    ...["192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
    ...["198.51.100.0/24", "203.0.113.0/24"],
  ].map(spanIn),
  // Of 2000::/3 alone addresses of the world are given out.
  ip6: [
    ...["100::/8", "200::/7", "400::/6", "800::/5", "1000::/4", "4000::/2", "8000::/1"],
    ...["2001:db8::/32", "2002::/16", "3fff::/20"],
  ].map(spanIn),
};

/** Addresses that many know, where no rule names them: a public resolver's. */
const wellKnown: Readonly<Record<Family, bigint>> = {
  ip: numberOf([8, 8, 8, 8]),
  ip6: spanIn("2001:4860:4860::8888/128").first,
};

const all: Readonly<Record<Family, Span>> = {
  ip: spanIn("0.0.0.0/0"),
  ip6: spanIn("::/0"),
};

/** What rules name of one family, and the subnets of the host that lead to no other machine. */
type Known = { readonly namings: readonly Naming[]; readonly own: readonly Span[] };

/** Containers are no outsiders: what rules say of them, port by port, tells nobody outside apart. */
function look(world: World, family: Family, outward: readonly OwnAddress[]): Known {
  const { host } = world;
  if (host === null) return { namings: [], own: [] };
  const own = inFamily(family, world.addressesIn(host))
    .filter((each) => !outward.includes(each))
    .map(({ bytes, prefix }) => spanOf(bytes, prefix));
  const isOuter = (span: NamedSpan): boolean =>
    span.family === family && !own.some((each) => covers(each, span));
  const firewall = world.rules(host)?.firewall;
  const namings = (firewall?.status === "read" ? namingsOf(firewall) : [])
    .map((naming) => ({ ...naming, spans: naming.spans.filter(isOuter) }))
    .filter(({ spans }) => spans.length > 0);
  return { namings, own };
}

const looked = new WeakMap<World, Map<Family, Known>>();

function knownOf(world: World, family: Family, outward: readonly OwnAddress[]): Known {
  const families = looked.get(world) ?? new Map<Family, Known>();
  looked.set(world, families);
  const found = families.get(family) ?? look(world, family, outward);
  families.set(family, found);
  return found;
}

const inFamily = (family: Family, own: readonly OwnAddress[]): readonly OwnAddress[] =>
  own.filter(({ bytes }) => isOf(family, bytes));

type Area = {
  readonly family: Family;
  readonly span: Span;
  readonly namings: readonly Naming[];
  /** Where nobody of the area is. */
  readonly without: readonly Span[];
  /** Where nobody is chosen who stands for all. */
  readonly apart: readonly Span[];
  /** Where somebody is chosen only as a last resort. */
  readonly seldom: readonly Span[];
  /** Whose address is taken where it will do. */
  readonly best: bigint;
  /** In the order in which they are to be tried. */
  readonly addresses: (stretch: Span) => readonly bigint[];
};

const isSeldom = (area: Area, stretch: Span): boolean =>
  area.seldom.some((span) => covers(span, stretch));

/** Those of the area that rules treat alike, under which namings they fall. */
type Kind = { readonly namings: readonly Naming[]; readonly stretches: readonly Stretch[] };

function kindsIn(area: Area): readonly Kind[] {
  const { span, namings: all } = area;
  const groups = [...all.map(({ spans }) => spans), area.seldom, area.without, area.apart];
  const [barred, apart] = [all.length + 1, all.length + 2];
  const open = stretches(span, groups).filter(({ within }) => !within.has(barred));
  // One that names the whole area tells nobody in it apart.
  const whole = new Set(
    [...(open[0]?.within ?? [])].filter((nth) => open.every(({ within }) => within.has(nth))),
  );
  const kinds = new Map<string, { namings: readonly Naming[]; stretches: Stretch[] }>();
  for (const stretch of open) {
    const nths = [...stretch.within]
      .filter((nth) => nth < all.length && !whole.has(nth))
      .sort((a, b) => a - b);
    if (nths.length === 0 && stretch.within.has(apart)) continue;
    const name = nths.join(" ");
    const kind = kinds.get(name);
    if (kind !== undefined) kind.stretches.push(stretch);
    else {
      const namings = nths.flatMap((nth) => all[nth] ?? []);
      kinds.set(name, { namings, stretches: [stretch] });
    }
  }
  return [...kinds.values()];
}

/** More stretches of a kind are not searched for somebody. */
const mostSearched = 64;

function chosen(area: Area, { stretches: own }: Kind): bigint | null {
  const rank = (stretch: Span): number => {
    if (stretch.first <= area.best && area.best <= stretch.last) return 0;
    return isSeldom(area, stretch) ? 2 : 1;
  };
  const sorted = own.toSorted((a, b) => rank(a) - rank(b) || bySize(a, b)).slice(0, mostSearched);
  for (const stretch of sorted) {
    const [first] = area.addresses(stretch);
    if (first !== undefined) return first;
  }
  return null;
}

/** The narrowest that holds it. */
function sourceOf(namings: readonly Naming[], address: bigint): string | null {
  const one = { first: address, last: address };
  const spans = namings.flatMap((naming) => naming.spans.filter((span) => covers(span, one)));
  return spans.toSorted(bySize).at(-1)?.text ?? null;
}

/** Of the kind, those named beside the one that was chosen: a span begins where a stretch does. */
function othersOf({ namings, stretches: own }: Kind): number {
  const begin = new Set(namings.flatMap(({ spans }) => spans.map(({ first }) => first)));
  return Math.max(0, own.filter(({ first }) => begin.has(first)).length - 1);
}

function outsidersIn(area: Area): Outsiders {
  const { family } = area;
  const told = (address: bigint): string => textOf(bytesAt(address, lengths[family]));
  let any: string | null = null;
  const named: NamedOutsider[] = [];
  for (const kind of kindsIn(area)) {
    const address = chosen(area, kind);
    if (address === null) continue;
    if (kind.namings.length === 0) any = told(address);
    else if (kind.namings.some(({ mayLetIn }) => mayLetIn)) {
      const source = sourceOf(kind.namings, address) ?? told(address);
      const others = othersOf(kind);
      named.push({ address: told(address), source, others, namings: kind.namings });
    }
  }
  return { any, named };
}

/** Ends of a prefix are seldom a machine's. */
const nthOfMany = 77n;

/** A known address where it lies there, else one in the middle. */
const inWorld =
  (best: bigint) =>
  ({ first, last }: Span): readonly bigint[] => {
    if (first <= best && best <= last) return [best];
    const middle = (first + last) / 2n;
    return [last - first < 512n ? middle : middle - (middle % 256n) + nthOfMany];
  };

const spansOfRoutes = (world: World, family: Family): readonly Span[] =>
  world.host === null
    ? []
    : world
        .waysIn(world.host)
        .flatMap(({ family: of, prefix }) =>
          prefix === null || of !== family ? [] : [spanOf(prefix.address, prefix.prefix)],
        );

/** The world: beyond all subnets of the host's own links. `outward`: its addresses at which other machines meet it. */
export function worldOutside(
  world: World,
  family: Family,
  outward: readonly OwnAddress[],
): Outsiders {
  const { namings, own } = knownOf(world, family, outward);
  const lans = inFamily(family, outward).map(({ bytes, prefix }) => spanOf(bytes, prefix));
  return outsidersIn({
    family,
    span: all[family],
    namings,
    without: [...nobody[family], ...own, ...lans],
    apart: spansOfRoutes(world, family),
    seldom: seldom[family],
    best: wellKnown[family],
    addresses: inWorld(wellKnown[family]),
  });
}

/** Of a wide stretch a few are tried at either end: gateways and machines usually begin at the lowest. */
const tried = { below: 5n, each: 32n } as const;

function within({ first, last }: Span): readonly bigint[] {
  const count = (from: bigint, to: bigint): readonly bigint[] =>
    Array.from({ length: Number(from - to) + 1 }, (_, nth) => from - BigInt(nth));
  if (last - first <= tried.each * 2n) return count(last, first);
  const top = last - tried.below;
  return [...count(top, top - tried.each), ...count(first + tried.each, first)];
}

/** Of IPv4 the first and the last of a subnet are no machine's, but where it holds two (RFC 3021). */
const isEnd = (subnet: Span, family: Family, address: bigint): boolean =>
  family === "ip" &&
  subnet.last - subnet.first > 1n &&
  (address === subnet.first || address === subnet.last);

/** A subnet of one of the host's own links. null: nobody else has room in it. */
export function lanOutside(
  world: World,
  own: Pick<OwnAddress, "bytes" | "prefix">,
  outward: readonly OwnAddress[],
): Outsiders | null {
  const family: Family = isOf("ip", own.bytes) ? "ip" : "ip6";
  const subnet = spanOf(own.bytes, own.prefix);
  if (subnet.last === subnet.first) return null;
  const { namings } = knownOf(world, family, outward);
  const gateways = new Set(
    world.topology.routes.map(({ via }) => (via === null ? "" : spelt(via))),
  );
  const taken = (bytes: IpAddress): boolean =>
    world.netnsWith(bytes.join(".")).length > 0 ||
    (world.host !== null &&
      world.addressesIn(world.host).some((each) => sameAddress(each.bytes, bytes)));
  const isFree = (address: bigint): boolean => {
    const bytes = bytesAt(address, own.bytes.length);
    return !isEnd(subnet, family, address) && !taken(bytes);
  };
  const isGateway = (address: bigint): boolean =>
    gateways.has(bytesAt(address, own.bytes.length).join("."));
  return outsidersIn({
    family,
    span: subnet,
    namings,
    without: [],
    apart: [],
    seldom: [],
    best: subnet.last - tried.below,
    addresses: (stretch) =>
      within(stretch)
        .filter(isFree)
        .toSorted((a, b) => Number(isGateway(a)) - Number(isGateway(b))),
  });
}
