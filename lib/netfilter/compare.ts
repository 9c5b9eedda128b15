import { type IpAddress, isWithin } from "@/lib/net/ip-address";
import type { AddressValue, ElementValue } from "@/lib/topology/firewall/values";
import { type Answer, told } from "./answer";
import { bytesOf } from "./bytes-of";
import type { Ports } from "./packet";

/** Order of two addresses of one family, byte by byte. */
const order = (a: IpAddress, b: IpAddress): number => {
  for (const [nth, byte] of a.entries()) {
    const difference = byte - (b[nth] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

const between = (address: IpAddress, first: IpAddress | null, last: IpAddress | null): boolean =>
  first !== null &&
  last !== null &&
  first.length === address.length &&
  last.length === address.length &&
  order(first, address) <= 0 &&
  order(address, last) <= 0;

/** false where the value is of the other family, or no address at all. */
export function addressFits(text: string, value: Exclude<AddressValue, { of: "set" }>): boolean {
  const address = bytesOf(text);
  if (address === null) return false;
  if (value.of === "range") return between(address, bytesOf(value.first), bytesOf(value.last));
  const net = bytesOf(value.address);
  if (value.of === "prefix")
    return net !== null && isWithin(address, { address: net, prefix: value.length });
  const mask = bytesOf(value.mask);
  if (net?.length !== address.length || mask?.length !== address.length) return false;
  return address.every((byte, nth) => ((byte ^ (net[nth] ?? 0)) & (mask[nth] ?? 0)) === 0);
}

/** Between "all of ours are in it" and "none is" it cannot be told: `unsure`. */
export const portsFit = (ours: Ports, value: Ports, unsure: Answer): Answer => {
  if (ours.last < value.first || value.last < ours.first) return "no";
  return value.first <= ours.first && ours.last <= value.last ? "yes" : unsure;
};

/**
 * An interface that is not there has the empty name in the kernel's comparison (nft_meta_store_ifname,
 * ip_packet_match): `! -i docker0` holds in OUTPUT.
 */
export const nameFits = (
  name: string | null,
  value: { readonly name: string; readonly wildcard: boolean },
): boolean => (value.wildcard ? (name ?? "").startsWith(value.name) : (name ?? "") === value.name);

/** A word as nft and ipset print it (a protocol, a state): the same word. */
export const wordFits = (word: string, value: ElementValue): Answer =>
  value.of === "text" || value.of === "name"
    ? told((value.of === "text" ? value.text : value.name).toLowerCase() === word)
    : "no";
