import type { Reading } from "./define";
import type { IpAddress, IpLink } from "./ip-link";
import { excerpt } from "./lines";

/** A link as `ifconfig` prints it: without numbers, so that it cannot be paired by itself. */
export type IfconfigLink = Pick<
  IpLink,
  "name" | "flags" | "mtu" | "mac" | "addresses" | "counters"
> & {
  /** The line that begins it. */
  readonly at: number;
};

/** `eth0: flags=4163<UP,BROADCAST>  mtu 1500` (net-tools 2), `eth0      Link encap:Ethernet  HWaddr …` (older, BusyBox). */
const header = /^(\S+?)(?::? +Link encap:|: +flags=)/;

/** A mask as the number of its leading ones. */
const lengthOf = (mask: string | undefined): number =>
  mask === undefined
    ? 32
    : mask
        .split(".")
        .map((part) => Number(part).toString(2).replaceAll("0", "").length)
        .reduce((sum, ones) => sum + ones, 0);

function addressOf(line: string): IpAddress | null {
  const inet = /^\s+inet (?:addr:)?([0-9.]+).*?(?:netmask |Mask:)([0-9.]+)/.exec(line);
  if (inet !== null)
    return { family: "inet", address: inet[1] ?? "", prefix: lengthOf(inet[2]), scope: "" };
  const old = /^\s+inet6 addr: ?([0-9a-f:]+)\/(\d+) Scope:(\S+)/i.exec(line);
  if (old !== null) {
    const [, address = "", prefix, scope = ""] = old;
    return { family: "inet6", address, prefix: Number(prefix), scope: scope.toLowerCase() };
  }
  const inet6 = /^\s+inet6 ([0-9a-f:]+) {1,2}prefixlen (\d+)(?:.*<(\w+)>)?/i.exec(line);
  if (inet6 === null) return null;
  const [, address = "", prefix, scope = ""] = inet6;
  return { family: "inet6", address, prefix: Number(prefix), scope };
}

const numberAfter = (text: string, word: RegExp): number | null => {
  const found = word.exec(text)?.[1];
  return found === undefined ? null : Number(found);
};

function countersOf(text: string): IpLink["counters"] {
  const rxPackets = numberAfter(text, /RX packets[: ]+(\d+)/);
  const txPackets = numberAfter(text, /TX packets[: ]+(\d+)/);
  const rxBytes = numberAfter(text, /RX (?:packets \d+ +bytes|bytes:) ?(\d+)/);
  const txBytes = numberAfter(text, /TX (?:packets \d+ +bytes|bytes:) ?(\d+)/);
  if (rxPackets === null || txPackets === null || rxBytes === null || txBytes === null) return null;
  return { rxBytes, rxPackets, txBytes, txPackets };
}

function flagsOf(lines: readonly string[]): readonly string[] {
  const [first = ""] = lines;
  const bracketed = /flags=\d+<([^>]*)>/.exec(first)?.[1];
  if (bracketed !== undefined) return bracketed.split(",").filter((flag) => flag !== "");
  const words =
    lines
      .find((line) => / MTU:\d/.test(line))
      ?.trim()
      .split(/\s+/) ?? [];
  return words.filter((word) => /^[A-Z]+$/.test(word));
}

function linkOf(lines: readonly string[], name: string, at: number): IfconfigLink {
  const text = lines.join("\n");
  return {
    name,
    flags: flagsOf(lines),
    mtu: numberAfter(text, /(?:\bmtu |\bMTU:)(\d+)/),
    mac: /(?:\bether |HWaddr )([0-9a-f:]{17})/i.exec(text)?.[1]?.toLowerCase() ?? null,
    addresses: lines.flatMap((line) => addressOf(line) ?? []),
    counters: countersOf(text),
    at,
  };
}

/** Reads `ifconfig -a`, of net-tools old and new and of BusyBox. */
export function readIfconfig(text: string): Reading<IfconfigLink> {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, at) => (header.test(line) ? [at] : []));
  const [first = lines.length] = starts;
  const before = lines.slice(0, first).findIndex((line) => line.trim() !== "");
  return {
    rows: starts.map((at, nth) =>
      linkOf(lines.slice(at, starts[nth + 1]), header.exec(lines[at] ?? "")?.[1] ?? "", at),
    ),
    unread: before === -1 ? [] : [{ at: before, excerpt: excerpt(lines[before] ?? "") }],
  };
}
