import type { AddressValue, InterfaceValue, PortValue } from "./values";

/** Words of iptables-save to values and back; what a function cannot read is null. */

const prefixLength = (family: "ip" | "ip6"): number => (family === "ip" ? 32 : 128);

/** `10.0.0.0/8`, `10.0.0.1`, `10.0.0.1/255.0.0.255`, `fd00::/8`. */
export function addressOf(word: string, family: "ip" | "ip6"): AddressValue {
  const [address = "", mask] = word.split("/");
  if (mask === undefined) return { of: "prefix", address, length: prefixLength(family) };
  return /^\d{1,3}$/.test(mask)
    ? { of: "prefix", address, length: Number(mask) }
    : { of: "masked", address, mask };
}

/** `10.0.0.1-10.0.0.9` */
export function rangeOf(word: string): AddressValue {
  const [first = "", last = first] = word.split("-");
  return { of: "range", first, last };
}

export function addressText(value: AddressValue): string {
  switch (value.of) {
    case "prefix":
      return `${value.address}/${value.length}`;
    case "range":
      return `${value.first}-${value.last}`;
    case "masked":
      return `${value.address}/${value.mask}`;
    case "set":
      return value.name;
  }
}

/** `eth0`, `veth+`; `+` alone is any. */
export const interfaceOf = (word: string): InterfaceValue =>
  word.endsWith("+")
    ? { of: "name", name: word.slice(0, -1), wildcard: true }
    : { of: "name", name: word, wildcard: false };

export const interfaceText = (value: InterfaceValue): string =>
  value.of === "name" && value.wildcard ? `${value.name}+` : value.name;

/** `80`, `8000:8100`, `1024:`. */
export function portOf(word: string): PortValue | null {
  const found = /^(\d{0,5})(:?)(\d{0,5})$/.exec(word);
  if (found === null || word === "" || word === ":") return null;
  const [, first = "", colon, last = ""] = found;
  const from = first === "" ? 0 : Number(first);
  if (colon === "") return { of: "range", first: from, last: from };
  return { of: "range", first: from, last: last === "" ? 65535 : Number(last) };
}

/** All or none: `80,443,8000:8100`. */
export function portsOf(word: string): readonly PortValue[] | null {
  const ports = word.split(",").map(portOf);
  return ports.every((port) => port !== null) ? ports : null;
}

export const portText = (value: PortValue, between: string): string => {
  if (value.of === "set") return value.name;
  return value.first === value.last ? `${value.first}` : `${value.first}${between}${value.last}`;
};

export type Marking = { readonly value: number; readonly mask: number };

const wholeMask = 0xffff_ffff;

/** `0x1/0xff`, `1`: value and mask, 32 bits each. */
export function markOf(word: string): Marking | null {
  const [value = "", mask] = word.split("/");
  const read = [value, mask ?? "0xffffffff"].map((text) =>
    /^(0x[0-9a-fA-F]{1,8}|\d{1,10})$/.test(text) ? Number(text) : Number.NaN,
  );
  const [first = Number.NaN, second = Number.NaN] = read;
  const fits = (number: number): boolean => number <= wholeMask;
  return fits(first) && fits(second) ? { value: first, mask: second } : null;
}

export const hex = (value: number): string => `0x${value.toString(16)}`;

export const markText = ({ value, mask }: Marking): string =>
  mask === wholeMask ? hex(value) : `${hex(value)}/${hex(mask)}`;

const plain = /^[-_0-9a-zA-Z]+$/;

/** As xtables prints a comment or a prefix: bare if it is one plain word, else in double quotes. */
export const quotedText = (text: string): string =>
  plain.test(text) ? text : `"${text.replace(/["\\']/g, "\\$&")}"`;

/** iptables calls ICMPv6 `ipv6-icmp`. */
export const protocolOf = (word: string): string => (word === "ipv6-icmp" ? "icmpv6" : word);
export const protocolText = (name: string): string => (name === "icmpv6" ? "ipv6-icmp" : name);
