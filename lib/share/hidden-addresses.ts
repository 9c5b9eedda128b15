import { type Cidr, type IpAddress, ipAddress } from "@/lib/net/ip-address";
import {
  addressText,
  bitsOf,
  isEverywhere,
  isNetWithin,
  isPrivate,
  type Renumbering,
  shortestNet,
  stayingNets,
} from "./addresses";

/** public: private addresses (RFC 1918 and the like) stay. */
export type AddressScope = "public" | "all";

/** MACs as twelve hex digits. */
export type Macs = {
  readonly renamed: (digits: string) => string;
  /** Those that the host is known to have. */
  readonly known: ReadonlySet<string>;
};

/** What all machines share. */
const nobodysMac = /^(?:0{12}|f{12}|3333|01005e|0180c2)/;

/** New MACs, locally administered, so given to no maker. Asked twice for one, it answers the same. */
export function macNumbers(known: ReadonlySet<string>): Macs {
  const numbers = new Map<string, string>();
  const renamed = (digits: string): string => {
    const lower = digits.toLowerCase();
    if (nobodysMac.test(lower)) return lower;
    const number = numbers.get(lower) ?? `02${(numbers.size + 1).toString(16).padStart(10, "0")}`;
    numbers.set(lower, number);
    return number;
  };
  return { renamed, known };
}

const hex = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytesOf = (digits: string): readonly number[] =>
  (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

/**
 * The lower half of an address that stays may hold a MAC: as EUI-64 (RFC 4291 appendix A), which is how
 * the kernel makes link-local addresses, or as it is, which is how Docker made its own.
 */
const withoutMac = (address: IpAddress, macs: Macs): IpAddress => {
  if (address.length !== 16) return address;
  const [lower, low48] = [address.slice(8), address.slice(10)];
  const [a = 0, b = 0, c = 0, d, e, f = 0, g = 0, h = 0] = lower;
  if (d === 0xff && e === 0xfe) {
    const [p = 0, q = 0, r = 0, s = 0, t = 0, u = 0] = bytesOf(
      macs.renamed(hex([a ^ 2, b, c, f, g, h])),
    );
    return [...address.slice(0, 8), p ^ 2, q, r, 0xff, 0xfe, s, t, u];
  }
  const digits = hex(low48);
  return macs.known.has(digits)
    ? [...address.slice(0, 10), ...bytesOf(macs.renamed(digits))]
    : address;
};

const startsWith = (address: IpAddress, text: string): boolean =>
  address.length === 16 &&
  ipAddress(text)
    ?.slice(0, 12)
    .every((byte, nth) => address[nth] === byte) === true;

/** IPv4 inside IPv6: mapped, and behind NAT64. */
const holdsV4 = (address: IpAddress): boolean =>
  startsWith(address, "::ffff:0:0") || startsWith(address, "64:ff9b::");

/** To whom packets for a group of neighbours go: its last bytes are those of the address. */
const isSolicited = (address: IpAddress): boolean =>
  address.length === 16 && hex(address.slice(0, 13)) === "ff0200000000000000000001ff";

export type Hider = {
  readonly address: (address: IpAddress) => IpAddress;
  readonly prefix: (address: IpAddress, length: number) => IpAddress;
  /** A MAC in any common spelling; null: it is none. */
  readonly mac: (text: string) => string | null;
  /** Addresses and MACs wherever they stand in a name. */
  readonly inText: (text: string) => string;
};

const dotted = /(?<!\d)\d{1,3}([._-])(?:\d{1,3}\1){2}\d{1,3}(?!\d)/g;
const coloned = /(?<![0-9a-z:])[0-9a-f]{0,4}(?::[0-9a-f.]{0,15}){2,7}(?![0-9a-z:])/gi;
const macs6 = /(?<![0-9a-z])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![0-9a-z])/gi;
/** Predictable names of USB devices. */
const macName = /(?<=^(?:en|wl|ww)x)[0-9a-f]{12}$/;

const separated = (digits: string, by: string): string => digits.replace(/..(?=.)/g, `$&${by}`);

export function hider(scope: AddressScope, numbering: Renumbering, macs: Macs): Hider {
  const stays = (address: IpAddress): boolean =>
    isEverywhere(address) || (scope === "public" && isPrivate(address));
  const address = (given: IpAddress): IpAddress => {
    if (isSolicited(given)) return [...given.slice(0, 13), 0, 0, 0];
    if (holdsV4(given)) return [...given.slice(0, 12), ...address(given.slice(12))];
    return stays(given) ? withoutMac(given, macs) : numbering.address(given);
  };
  const prefix = (given: IpAddress, length: number): IpAddress => {
    const isOne = length === given.length * 8;
    if (isOne || holdsV4(given)) return address(given);
    return stays(given) ? given : numbering.prefix(given, length);
  };
  const mac = (text: string): string | null => {
    const [whole, by = ""] = new RegExp(`^${macs6.source}$`, "i").exec(text) ?? [];
    return whole === undefined ? null : separated(macs.renamed(whole.replaceAll(by, "")), by);
  };
  const dottedText = (text: string, by: string): string => {
    const given = ipAddress(text.replaceAll(by, "."));
    return given === null ? text : address(given).join(by);
  };
  const colonedText = (text: string): string => {
    const given = ipAddress(text);
    return given === null ? text : addressText(address(given));
  };
  const inText = (text: string): string =>
    text
      .replace(macs6, (each) => mac(each) ?? each)
      .replace(macName, macs.renamed)
      .replace(coloned, colonedText)
      .replace(dotted, dottedText);
  return { address, prefix, mac, inText };
}

/**
 * whole: one address, all of them, or a net that stays. moved: it gets another number, where there is room.
 * torn: what is in it would no longer be.
 */
type NetFate = "whole" | "moved" | "torn";

/**
 * Which networks can be called by another name at all: of those that stay all addresses do, or none does. What
 * is wider than any network of anyone stays as it is, and would no longer hold what was in it.
 */
export function hidingNets(scope: AddressScope) {
  const staying = stayingNets(scope === "public");
  const stays = (net: Cidr): boolean => staying.some((each) => isNetWithin(net, each));
  const isTorn = (net: Cidr): boolean =>
    staying.some((each) => isNetWithin(each, net)) ||
    holdsV4(net.address) ||
    net.prefix < shortestNet(bitsOf(net.address));
  const fateOf = (net: Cidr): NetFate => {
    if (!stays(net)) return isTorn(net) ? "torn" : "moved";
    // The lower half of an address that stays may hold a MAC, which does not.
    return bitsOf(net.address) === 32 || net.prefix <= 64 ? "whole" : "torn";
  };
  const prefix = (address: IpAddress, length: number): NetFate => {
    const bits = bitsOf(address);
    if (!Number.isInteger(length) || length < 0 || length > bits) return "torn";
    return length === 0 || length === bits ? "whole" : fateOf({ address, prefix: length });
  };
  /** Both ends, and so all between them, are in one net that stays. */
  const range = (first: IpAddress, last: IpAddress): boolean =>
    bitsOf(first) === 32 &&
    staying.some(
      (each) =>
        isNetWithin({ address: first, prefix: 32 }, each) &&
        isNetWithin({ address: last, prefix: 32 }, each),
    );
  return { prefix, range };
}
