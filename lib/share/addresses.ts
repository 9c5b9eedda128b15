import { type Cidr, cidr, type IpAddress, ipAddress } from "@/lib/net/ip-address";
import { type Block, blockName, type Ground, renumbered, sizeOf } from "./address-blocks";

export const bitsOf = (address: IpAddress): number => address.length * 8;

export const asNumber = (address: IpAddress): bigint =>
  address.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

const asBytes = (value: bigint, length: number): readonly number[] =>
  Array.from({ length }, (_, nth) => Number((value >> BigInt(8 * (length - 1 - nth))) & 255n));

/** The longest run of zero groups, two at least, is written `::` (RFC 5952). */
const v6Text = (bytes: IpAddress): string => {
  const groups = Array.from({ length: 8 }, (_, nth) =>
    (((bytes[2 * nth] ?? 0) << 8) | (bytes[2 * nth + 1] ?? 0)).toString(16),
  );
  const runs = [...groups.join(":").matchAll(/(?:^|:)(?:0(?::|$)){2,}/g)];
  const longest = runs.reduce((best, [run]) => (run.length > best.length ? run : best), "");
  return longest === "" ? groups.join(":") : groups.join(":").replace(longest, "::");
};

export const addressText = (bytes: IpAddress): string =>
  bytes.length === 4 ? bytes.join(".") : v6Text(bytes);

const withBits = (bits: number, value: bigint): IpAddress => asBytes(value, bits / 8);

const isInside = (address: IpAddress, net: IpAddress, prefix: number): boolean => {
  if (address.length !== net.length) return false;
  const whole = prefix >> 3;
  for (let at = 0; at < whole; at++) if (address[at] !== net[at]) return false;
  const rest = 8 - (prefix & 7);
  return rest === 8 || (address[whole] ?? 0) >> rest === (net[whole] ?? 0) >> rest;
};

const nets = (...prefixes: readonly string[]): readonly Cidr[] =>
  prefixes.flatMap((prefix) => cidr(prefix) ?? []);

const inAny =
  (all: readonly Cidr[]) =>
  (given: IpAddress): boolean =>
    all.some(({ address, prefix }) => isInside(given, address, prefix));

const everywhere = nets(
  ...["0.0.0.0/32", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255/32"],
  ...["::/128", "::1/128", "fe80::/10", "ff00::/8"],
);
const privates = nets(
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"],
);

/** They mean the same on every machine, or nothing off the link. */
export const isEverywhere = inAny(everywhere);

/** Anybody may have them (RFC 1918, 6598, 4193). */
export const isPrivate = inAny(privates);

/** Networks of which every address stays what it is. `withPrivate`: those that anybody may have, too. */
export const stayingNets = (withPrivate: boolean): readonly Cidr[] =>
  withPrivate ? [...everywhere, ...privates] : everywhere;

/** One net is in the other, or is the same. */
export const isNetWithin = (inner: Cidr, outer: Cidr): boolean =>
  inner.prefix >= outer.prefix && isInside(inner.address, outer.address, outer.prefix);

/** A shorter prefix names no network of anyone: half of the world, a registry's share. */
export const shortestNet = (bits: number): number => (bits === 32 ? 8 : 20);

const v4 = (text: string): bigint => asNumber(ipAddress(text) ?? []);

/** Class E is given to nobody, 3fff::/20 is for documentation: neither is ever somebody else's. */
const grounds: readonly Ground[] = [
  {
    bits: 32,
    from: v4("241.0.0.0"),
    to: v4("255.0.0.0"),
    singles: (base) => v4(isPrivate(withBits(32, base)) ? "240.128.0.0" : "240.0.0.0"),
  },
  {
    bits: 128,
    from: v4("3fff:800::"),
    to: v4("3fff:1000::"),
    singles: (base) => v4(isPrivate(withBits(128, base)) ? "3fff:0:1::" : "3fff::"),
  },
];

/** Is this one of the new addresses? */
export const isRenumbered = inAny(nets("240.0.0.0/4", "3fff::/20"));
/** Of those, public ones that are in no known network. */
export const isSinglePublic = inAny(nets("240.0.0.0/9", "3fff::/48"));

/** New addresses for those that were collected; each text is given back in its own form. */
export type Renumbering = {
  readonly address: (address: IpAddress) => IpAddress;
  readonly prefix: (address: IpAddress, length: number) => IpAddress;
};

/** Which networks and addresses there are, before any is renumbered. */
export type Collected = {
  readonly add: (address: IpAddress, length: number) => void;
  /** Of networks that rules name, however many and large: as many as leave room for the host's own. */
  readonly addNamed: (address: IpAddress, length: number) => void;
  readonly renumber: () => Renumbering & {
    /** Whether all that was in this network still is, and nothing else. */
    readonly keeps: (address: IpAddress, length: number) => boolean;
  };
};

const masked = (address: IpAddress, length: number): bigint => {
  const rest = BigInt(bitsOf(address) - length);
  return (asNumber(address) >> rest) << rest;
};

type Blocks = Map<string, Block>;

/** The smallest first, until half of the ground is taken. */
function roomFor({ bits, from, to }: Ground, named: Blocks): readonly Block[] {
  let left = (to - from) / 2n;
  return [...named.values()]
    .toSorted((a, b) => b.length - a.length)
    .filter(({ length }) => {
      const size = sizeOf(bits, length);
      if (size > left) return false;
      left -= size;
      return true;
    });
}

export function collectAddresses(): Collected {
  const own = new Map(grounds.map(({ bits }): [number, Blocks] => [bits, new Map()]));
  const named = new Map(grounds.map(({ bits }): [number, Blocks] => [bits, new Map()]));
  const addTo =
    (found: ReadonlyMap<number, Blocks>) =>
    (address: IpAddress, length: number): void => {
      const bits = bitsOf(address);
      if (length < shortestNet(bits)) return;
      const block = { base: masked(address, length), length };
      found.get(bits)?.set(blockName(block), block);
    };
  const renumber: Collected["renumber"] = () => {
    const ways = new Map(
      grounds.map((ground) => {
        const { bits } = ground;
        const blocks = own.get(bits) ?? new Map<string, Block>();
        for (const block of roomFor(ground, named.get(bits) ?? new Map()))
          blocks.set(blockName(block), block);
        return [bits, renumbered(ground, [...blocks.values()])];
      }),
    );
    const nameOf = (address: IpAddress, length: number): string =>
      blockName({ base: masked(address, length), length });
    const prefix = (address: IpAddress, length: number): IpAddress => {
      const bits = bitsOf(address);
      if (length < shortestNet(bits)) return withBits(bits, masked(address, length));
      return withBits(bits, ways.get(bits)?.placed.get(nameOf(address, length)) ?? 0n);
    };
    const keeps = (address: IpAddress, length: number): boolean => {
      const way = ways.get(bitsOf(address));
      const name = nameOf(address, length);
      return way?.placed.has(name) === true && !way.leftOut.has(name);
    };
    return { prefix, address: (address) => prefix(address, bitsOf(address)), keeps };
  };
  return { add: addTo(own), addNamed: addTo(named), renumber };
}
