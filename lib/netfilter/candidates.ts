import type { Match } from "@/lib/topology/firewall/matches";
import type { Chain, Rule } from "@/lib/topology/firewall/model";
import { spelt } from "./bytes-of";
import type { Packet } from "./packet";

/** Shorter chains are asked from end to end. */
const worthFrom = 16;

/**
 * Places of rules in their chain. `about`: by the end that they are about, as `ADDRESS/PORT`, `ADDRESS/` or `/PORT`;
 * the others may be about any.
 */
type Sorted = {
  readonly about: ReadonlyMap<string, readonly number[]>;
  readonly others: readonly number[];
};

const sortedChains = new WeakMap<Chain, Sorted>();

/** Those that hold or the rule does nothing at all: before its first action. */
function conditions({ parts }: Rule): readonly Match[] {
  const found: Match[] = [];
  for (const part of parts) {
    if (part.part === "action") break;
    found.push(part);
  }
  return found;
}

/** The ports of which one must be the packet's; null: other ports may do. */
function portsOf(match: Match): readonly number[] | null {
  if (match.kind !== "destination-port" || match.negated) return null;
  const ports = match.ports.flatMap((port) =>
    port.of === "range" && port.first === port.last ? [port.first] : [],
  );
  return ports.length === match.ports.length ? ports : null;
}

function addressOf(match: Match): string | null {
  if (match.kind !== "destination" || match.negated) return null;
  const [value, another] = match.addresses;
  if (value?.of !== "prefix" || another !== undefined) return null;
  return value.length === (match.family === "ip" ? 32 : 128) ? spelt(value.address) : null;
}

const firstOf = <Found>(
  matches: readonly Match[],
  look: (match: Match) => Found | null,
): Found | null => {
  for (const match of matches) {
    const found = look(match);
    if (found !== null) return found;
  }
  return null;
};

/** One of these ends must be the packet's; null: any may be. */
function endsOf(rule: Rule): readonly string[] | null {
  const matches = conditions(rule);
  const ports = firstOf(matches, portsOf);
  const address = firstOf(matches, addressOf);
  if (ports === null) return address === null ? null : [`${address}/`];
  return [...new Set(ports)].map((port) => `${address ?? ""}/${port}`);
}

function sort({ rules }: Chain): Sorted {
  const about = new Map<string, number[]>();
  const others: number[] = [];
  for (const [place, rule] of rules.entries()) {
    const ends = endsOf(rule);
    if (ends === null) others.push(place);
    for (const end of ends ?? []) {
      const known = about.get(end) ?? [];
      known.push(place);
      about.set(end, known);
    }
  }
  return { about, others };
}

function sorted(chain: Chain): Sorted {
  const known = sortedChains.get(chain);
  if (known !== undefined) return known;
  const made = sort(chain);
  sortedChains.set(chain, made);
  return made;
}

/**
 * The rules of a chain that may hold for a packet, in their order: Docker writes two for every published port, and a
 * host of a thousand containers would ask each of them for each of its ports.
 */
export function candidates(chain: Chain, packet: Packet): readonly Rule[] {
  const { first, last } = packet.destinationPort;
  if (chain.rules.length < worthFrom || first !== last) return chain.rules;
  const { about, others } = sorted(chain);
  const address = spelt(packet.destination) ?? "";
  const places = [...others];
  for (const end of [`${address}/${first}`, `${address}/`, `/${first}`]) {
    const more = about.get(end);
    if (more !== undefined) places.push(...more);
  }
  if (places.length > others.length) places.sort((a, b) => a - b);
  return places.flatMap((place) => chain.rules[place] ?? []);
}
