import { bytesOf } from "@/lib/netfilter/bytes-of";
import type { Action, MapElement } from "@/lib/topology/firewall/actions";
import type { Match } from "@/lib/topology/firewall/matches";
import type { Chain, Firewall, Rule, RuleSet } from "@/lib/topology/firewall/model";
import type { AddressValue, ElementValue } from "@/lib/topology/firewall/values";
import { numberOf, type Span, spanOf } from "./spans";
import { isOf } from "./world";

type Read = Extract<Firewall, { readonly status: "read" }>;
type Part = Rule["parts"][number];

/** Addresses as a rule or a set writes them. */
export type NamedSpan = Span & { readonly family: "ip" | "ip6"; readonly text: string };

/** Which packets a rule may be about; `ports` null: of any port. */
type About = { readonly protocol: string | null; readonly ports: readonly Span[] | null };

/** A rule, several in a row that differ in their addresses alone, or a set: it does the same with all whom it names. */
export type Naming = {
  readonly spans: readonly NamedSpan[];
  /** Whether those whom it names may get where others do not: not so where it only drops them. */
  readonly mayLetIn: boolean;
  /** Of the rules by which it lets in. */
  readonly about: readonly About[];
};

const asWritten = (address: string, length: number, whole: number): string =>
  length === whole ? address : `${address}/${length}`;

function prefixSpan(address: string, length: number): readonly NamedSpan[] {
  const bytes = bytesOf(address);
  if (bytes === null || length === 0) return [];
  const family = isOf("ip", bytes) ? "ip" : "ip6";
  const text = asWritten(address, length, bytes.length * 8);
  return [{ ...spanOf(bytes, length), family, text }];
}

/** Of a mask that is no prefix, one address. */
function spansOf(value: ElementValue | AddressValue): readonly NamedSpan[] {
  if (value.of === "prefix") return prefixSpan(value.address, value.length);
  if (value.of === "masked")
    return prefixSpan(value.address, value.address.includes(":") ? 128 : 32);
  if (value.of !== "range" || typeof value.first === "number") return [];
  const [first, last] = [bytesOf(value.first), bytesOf(`${value.last}`)];
  if (first === null || last === null || first.length !== last.length) return [];
  const family = isOf("ip", first) ? "ip" : "ip6";
  const text = `${value.first}-${value.last}`;
  return [{ first: numberOf(first), last: numberOf(last), family, text }];
}

/** What one part of a rule says of where a packet is from. */
type Said = {
  readonly values: readonly (ElementValue | AddressValue)[];
  /** Sets that it looks in, by name. */
  readonly sets: readonly string[];
  readonly negated: boolean;
  /** Of a destination it is only known that answers are told apart by it. */
  readonly ofSource: boolean;
};

const setsIn = (values: readonly AddressValue[]): readonly string[] =>
  values.flatMap((value) => (value.of === "set" ? [value.name] : []));

const keysOf = (elements: readonly MapElement[]): readonly ElementValue[] =>
  elements.flatMap(({ key }) => key);

function saidByMatch(match: Match): readonly Said[] {
  const { negated } = match;
  switch (match.kind) {
    case "source":
    case "destination":
    case "ct-source":
    case "ct-destination": {
      const ofSource = match.kind === "source" || match.kind === "ct-source";
      return [{ values: match.addresses, sets: setsIn(match.addresses), negated, ofSource }];
    }
    case "ipset":
      return [{ values: [], sets: [match.name], negated, ofSource: match.ends.includes("source") }];
    case "set": {
      const ofSource = match.fields.some((field) => field.of === "source");
      return match.in.of === "set"
        ? [{ values: [], sets: [match.in.name], negated, ofSource }]
        : [{ values: match.in.elements.flat(), sets: [], negated, ofSource }];
    }
    default:
      return [];
  }
}

function saidByAction(action: Action): readonly Said[] {
  if (action.kind !== "verdict-map") return [];
  const { fields, map } = action.lookup;
  const ofSource = fields.some((field) => field.of === "source");
  return map.of === "set"
    ? [{ values: [], sets: [map.name], negated: false, ofSource }]
    : [{ values: keysOf(map.elements), sets: [], negated: false, ofSource }];
}

const saidBy = (part: Part): readonly Said[] =>
  part.part === "match" ? saidByMatch(part) : saidByAction(part);

const drops = new Set(["drop", "reject"]);
/** Those that end a rule without a word about who gets in: they only tell, count or change the source. */
const harmless = new Set(["log", "counter", "tcp-mss", "snat", "masquerade"]);

/** Who is meant by a rule that drops gets nowhere by it; who is left out by it does. */
function letsIn({ parts }: Rule, { negated, ofSource }: Said): boolean {
  if (!ofSource) return false;
  const deeds = parts.flatMap((part) =>
    part.part === "action" && !harmless.has(part.kind) ? [part.kind] : [],
  );
  if (deeds.length === 0) return false;
  return negated || !deeds.every((deed) => drops.has(deed));
}

const portsOf = (part: Part): readonly Span[] | null => {
  if (part.part !== "match" || part.kind !== "destination-port" || part.negated) return null;
  const ports = part.ports.flatMap((port) =>
    port.of === "range" ? [{ first: BigInt(port.first), last: BigInt(port.last) }] : [],
  );
  return ports.length === part.ports.length ? ports : null;
};

const protocolOf = (part: Part): string | null => {
  if (part.part !== "match" || part.negated) return null;
  if (part.kind === "destination-port") return part.protocol;
  if (part.kind !== "protocol") return null;
  const [only, another] = part.protocols;
  return typeof only === "string" && another === undefined && only !== "all" ? only : null;
};

const firstOf = <Found>(parts: readonly Part[], look: (part: Part) => Found | null) => {
  for (const part of parts) {
    const found = look(part);
    if (found !== null) return found;
  }
  return null;
};

const aboutOf = ({ parts }: Rule): About => ({
  protocol: firstOf(parts, protocolOf),
  ports: firstOf(parts, portsOf),
});

/** The rule without the addresses that it names: where those in a row are the same, they are as one. */
const restOf = ({ parts }: Rule): string =>
  JSON.stringify(
    parts.map((part) => {
      if (part.part === "action" || !("addresses" in part)) return part;
      return { ...part, addresses: setsIn(part.addresses) };
    }),
  );

type Open = { spans: NamedSpan[]; mayLetIn: boolean; about: About[] };

const opened = (): Open => ({ spans: [], mayLetIn: false, about: [] });

const noteRule = (naming: Open, rule: Rule, said: Said): void => {
  if (!letsIn(rule, said)) return;
  naming.mayLetIn = true;
  naming.about.push(aboutOf(rule));
};

const elementsOf = ({ holds }: RuleSet): readonly ElementValue[] =>
  holds.of === "elements" ? holds.elements.flat() : keysOf(holds.elements);

type Sets = Map<string, Open>;

function noteSets(sets: Sets, rule: Rule, said: readonly Said[]): void {
  for (const each of said)
    for (const name of each.sets) {
      const naming = sets.get(name) ?? opened();
      sets.set(name, naming);
      noteRule(naming, rule, each);
    }
}

function noteSpans(naming: Open, rule: Rule, said: readonly Said[]): void {
  for (const each of said) {
    const spans = each.values.flatMap(spansOf);
    if (spans.length === 0) continue;
    naming.spans.push(...spans);
    noteRule(naming, rule, each);
  }
}

const isWritten = ({ values }: Said): boolean => values.some((value) => spansOf(value).length > 0);

/** Of one chain; what its rules look up in sets is noted there. */
function inChain({ rules }: Pick<Chain, "rules">, sets: Sets): readonly Naming[] {
  const found: Open[] = [];
  let last: string | null = null;
  for (const rule of rules) {
    const said = rule.parts.flatMap(saidBy);
    noteSets(sets, rule, said);
    const rest = said.some(isWritten) ? restOf(rule) : null;
    if (rest !== null && rest !== last) found.push(opened());
    const naming = found.at(-1);
    if (rest !== null && naming !== undefined) noteSpans(naming, rule, said);
    last = rest;
  }
  return found;
}

/** All that the rules of a host name, so that who is none of them stands for everybody else. */
export function namingsOf({ tables, sets }: Read): readonly Naming[] {
  const bySet: Sets = new Map();
  const byRules = tables.flatMap(({ chains }) => chains.flatMap((chain) => inChain(chain, bySet)));
  const ofSets = sets.map((set): Naming => {
    const naming = bySet.get(set.name) ?? opened();
    return { ...naming, spans: elementsOf(set).flatMap(spansOf) };
  });
  return [...byRules, ...ofSets.filter(({ spans }) => spans.length > 0)];
}

const fits = (spans: readonly Span[], ports: readonly number[]): boolean =>
  ports.some((port) => spans.some(({ first, last }) => first <= BigInt(port) && port <= last));

/** Whether it may let somebody in at one of these ports. */
export const isAboutPort = (
  { mayLetIn, about }: Naming,
  protocol: string,
  ports: readonly number[],
): boolean =>
  mayLetIn &&
  about.some(
    (each) =>
      (each.protocol === null || each.protocol === protocol) &&
      (each.ports === null || fits(each.ports, ports)),
  );
