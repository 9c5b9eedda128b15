import type { Reading } from "./define";
import type { IpAddress, IpLink } from "./ip-link";
import { readLines } from "./lines";

/** A link as `ip -br addr` and `ip -br link` print it: without its own number, so that no pair is found by it alone. */
export type BriefLink = Pick<
  IpLink,
  "name" | "linkIndex" | "linkName" | "operstate" | "mac" | "flags" | "addresses"
> & { readonly at: number };

const states = "UP|DOWN|UNKNOWN|LOWERLAYERDOWN|DORMANT|NOTPRESENT|TESTING";
const briefLine = new RegExp(`^\\s*([^\\s@:]+)(?:@(\\S+))?\\s+(${states})(?:\\s+(.*))?$`);
const hardware = /^([0-9a-f]{2}(?::[0-9a-f]{2}){5})\s*(?:<([A-Z0-9_,-]*)>)?\s*$/;
const addressWord = /^(?=[^:.]{0,4}[:.])([0-9a-fA-F:.]{2,45})\/(\d{1,3})$/;

/** `172.17.0.2/16 fe80::1/64`; `10.0.0.1 peer 10.0.0.2/32` and `metric 100` may stand between. null: something else does. */
function addressesOf(text: string): readonly IpAddress[] | null {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const found: IpAddress[] = [];
  for (const [nth, word] of words.entries()) {
    const [, address = "", prefix] = addressWord.exec(word) ?? [];
    const isRest = /^(?:peer|metric|[\d.]+|[0-9a-fA-F:]+)$/.test(word);
    if (prefix === undefined && !isRest) return null;
    if (prefix === undefined) continue;
    const own = words[nth - 1] === "peer" ? (words[nth - 2] ?? address) : address;
    const family = address.includes(":") ? "inet6" : "inet";
    found.push({ family, address: own, prefix: Number(prefix), scope: "" });
  }
  return found;
}

type Rest = Pick<BriefLink, "mac" | "flags" | "addresses">;

function restOf(text: string): Rest | null {
  const [, mac, flags = ""] = hardware.exec(text) ?? [];
  if (mac !== undefined)
    return { mac, flags: flags.split(",").filter((flag) => flag !== ""), addresses: [] };
  const addresses = addressesOf(text);
  return addresses === null ? null : { mac: null, flags: [], addresses };
}

/** `@if4` is the number of the other end, `@eth0` the name of what it lies on. */
const farOf = (far: string | undefined): Pick<BriefLink, "linkIndex" | "linkName"> => {
  const number = /^if(\d+)$/.exec(far ?? "")?.[1];
  if (number !== undefined) return { linkIndex: Number(number), linkName: null };
  return { linkIndex: null, linkName: far === undefined || far === "NONE" ? null : far };
};

/** One line of `ip -br`; null: it is none. */
export function briefLink(line: string, at: number): BriefLink | null {
  const [, name, far, operstate = "", text = ""] = briefLine.exec(line) ?? [];
  const rest = restOf(text);
  return name === undefined || rest === null
    ? null
    : { name, ...farOf(far), operstate, ...rest, at };
}

/** Reads `ip -br addr` and `ip -br link`: one link in each line. */
export const readBriefLinks = (text: string): Reading<BriefLink> => readLines(text, briefLink);
