import { cidr, type IpAddress, ipAddress } from "@/lib/net/ip-address";
import { type Block, blockName, type Ground, renumbered } from "./address-blocks";

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

const inAny = (...prefixes: readonly string[]) => {
  const nets = prefixes.flatMap((prefix) => cidr(prefix) ?? []);
  return (given: IpAddress): boolean =>
    nets.some(({ address, prefix }) => isInside(given, address, prefix));
};

/** They mean the same on every machine, or nothing off the link. */
export const isEverywhere = inAny(
  ...["0.0.0.0/32", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255/32"],
  ...["::/128", "::1/128", "fe80::/10", "ff00::/8"],
);

/** Anybody may have them (RFC 1918, 6598, 4193). */
export const isPrivate = inAny(
  ...["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"],
);

/** A shorter prefix names no network of anyone: half of the world, a registry's share. */
const shortestNet = (bits: number): number => (bits === 32 ? 8 : 20);

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
export const isRenumbered = inAny("240.0.0.0/4", "3fff::/20");
/** Of those, public ones that are in no known network. */
export const isSinglePublic = inAny("240.0.0.0/9", "3fff::/48");

/** New addresses for those that were collected; each text is given back in its own form. */
export type Renumbering = {
  readonly address: (address: IpAddress) => IpAddress;
  readonly prefix: (address: IpAddress, length: number) => IpAddress;
};

/** Which networks and addresses there are, before any is renumbered. */
export type Collected = {
  readonly add: (address: IpAddress, length: number) => void;
  readonly renumber: () => Renumbering;
};

const masked = (address: IpAddress, length: number): bigint => {
  const rest = BigInt(bitsOf(address) - length);
  return (asNumber(address) >> rest) << rest;
};

export function collectAddresses(): Collected {
  const found = new Map(grounds.map(({ bits }) => [bits, new Map<string, Block>()]));
  const add = (address: IpAddress, length: number): void => {
    const bits = bitsOf(address);
    if (length < shortestNet(bits)) return;
    const block = { base: masked(address, length), length };
    found.get(bits)?.set(blockName(block), block);
  };
  const renumber = (): Renumbering => {
    const placed = new Map(
      grounds.map((ground) => [
        ground.bits,
        renumbered(ground, [...(found.get(ground.bits)?.values() ?? [])]),
      ]),
    );
    const prefix = (address: IpAddress, length: number): IpAddress => {
      const bits = bitsOf(address);
      if (length < shortestNet(bits)) return withBits(bits, masked(address, length));
      const base = placed.get(bits)?.get(blockName({ base: masked(address, length), length }));
      return withBits(bits, base ?? 0n);
    };
    return { prefix, address: (address) => prefix(address, bitsOf(address)) };
  };
  return { add, renumber };
}
