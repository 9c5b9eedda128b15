import { cidr, ipAddress } from "@/lib/net/ip-address";
import type { Action, Lookup, MapElement } from "@/lib/topology/firewall/actions";
import type { Match, OfKind } from "@/lib/topology/firewall/matches";
import type { Firewall, NetnsRules, Rule, RuleSet } from "@/lib/topology/firewall/model";
import type {
  AddressValue,
  ElementValue,
  InterfaceValue,
  SetReference,
} from "@/lib/topology/firewall/values";
import type { Ruling } from "@/lib/topology/ruling";
import { asNumber, bitsOf } from "./addresses";
import { unsaid } from "./rule-words";

/** What still holds of the same things once these are called otherwise. */
export type StaysTrue = {
  readonly prefix: (address: string, length: number) => boolean;
  readonly range: (first: string, last: string) => boolean;
  /** Names that begin so, and no others, will begin as this will. */
  readonly beginning: (name: string) => boolean;
};

type Compared = Exclude<AddressValue, SetReference>;

/** `10.0.0.0-10.0.0.255` is a prefix; null: this is none. */
function asPrefix(first: string, last: string): Compared | null {
  const [from, to] = [ipAddress(first), ipAddress(last)];
  if (from === null || to?.length !== from.length) return null;
  const size = asNumber(to) - asNumber(from) + 1n;
  const isWhole = size > 0n && (size & (size - 1n)) === 0n && asNumber(from) % size === 0n;
  if (!isWhole) return null;
  return { of: "prefix", address: first, length: bitsOf(from) - (size.toString(2).length - 1) };
}

function compared(value: Compared, stays: StaysTrue): Compared | null {
  if (value.of === "masked") return null;
  if (value.of === "prefix") return stays.prefix(value.address, value.length) ? value : null;
  if (stays.range(value.first, value.last)) return value;
  const prefix = asPrefix(value.first, value.last);
  return prefix && compared(prefix, stays);
}

const isNameTrue = (value: InterfaceValue, stays: StaysTrue): boolean =>
  value.of === "set" || !value.wildcard || stays.beginning(value.name);

const hushedValue: ElementValue = { of: "text", text: unsaid };

function element(value: ElementValue, stays: StaysTrue): ElementValue {
  switch (value.of) {
    case "text":
      return value;
    case "name":
      return isNameTrue(value, stays) ? value : hushedValue;
    case "range":
      return typeof value.first === "number"
        ? value
        : (compared(value as Compared, stays) ?? hushedValue);
    default:
      return compared(value, stays) ?? hushedValue;
  }
}

const elements = (values: readonly ElementValue[], stays: StaysTrue): readonly ElementValue[] =>
  values.map((value) => element(value, stays));

const mapping = ({ key, to }: MapElement, stays: StaysTrue): MapElement => ({
  key: elements(key, stays),
  to: to.of === "verdict" ? to : { ...to, values: elements(to.values, stays) },
});

const looked = (lookup: Lookup, stays: StaysTrue): Lookup =>
  lookup.map.of === "set"
    ? lookup
    : {
        ...lookup,
        map: { ...lookup.map, elements: lookup.map.elements.map((each) => mapping(each, stays)) },
      };

/** It may hold or not: whoever asks it is told so. */
const hushedMatch: Match = {
  part: "match",
  negated: false,
  kind: "opaque",
  module: null,
  text: unsaid,
};

type OfAddresses = Extract<Match, { readonly addresses: readonly AddressValue[] }>;

function ofAddresses(match: OfAddresses, stays: StaysTrue): Match {
  const addresses = match.addresses.map((value) =>
    value.of === "set" ? value : compared(value, stays),
  );
  if (addresses.some((value) => value === null)) return hushedMatch;
  const kept = { ...match, addresses: addresses.filter((value) => value !== null) };
  if (!("module" in kept) || kept.addresses.every(({ of }) => of === "range")) return kept;
  // What was a range is a prefix, which needs no module.
  const { module: _, ...plain } = kept;
  return plain;
}

const ofInterfaces = (match: OfKind<Match, "in-interface">, stays: StaysTrue): Match =>
  match.interfaces.every((value) => isNameTrue(value, stays)) ? match : hushedMatch;

function matchOf(match: Match, stays: StaysTrue): Match {
  if ("addresses" in match) return ofAddresses(match, stays);
  if ("interfaces" in match) return ofInterfaces(match as OfKind<Match, "in-interface">, stays);
  if (match.kind === "bridge-port")
    return match.port === null || isNameTrue(match.port, stays) ? match : hushedMatch;
  if (match.kind !== "set" || match.in.of === "set") return match;
  const all = match.in.elements.map((each) => elements(each, stays));
  return { ...match, in: { of: "elements", elements: all } };
}

const hushedAction = (name: string): Action => ({
  part: "action",
  kind: "opaque",
  name,
  text: unsaid,
  flow: "unknown",
});

function actionOf(action: Action, stays: StaysTrue): Action {
  switch (action.kind) {
    case "dnat":
    case "snat": {
      const { addresses, lookup } = action;
      const isTrue =
        addresses === null ||
        addresses.first === addresses.last ||
        stays.range(addresses.first, addresses.last);
      if (!isTrue) return hushedAction(action.kind);
      return { ...action, lookup: lookup && looked(lookup, stays) };
    }
    case "netmap": {
      const prefix = Number(action.to.split("/")[1]);
      const isTrue =
        cidr(action.to) !== null && stays.prefix(action.to.split("/")[0] ?? "", prefix);
      return isTrue ? action : hushedAction(action.kind);
    }
    case "verdict-map":
      return { ...action, lookup: looked(action.lookup, stays) };
    default:
      return action;
  }
}

const ruleOf = (rule: Rule, stays: StaysTrue): Rule => ({
  ...rule,
  parts: rule.parts.map((part) =>
    part.part === "match" ? matchOf(part, stays) : actionOf(part, stays),
  ),
  verbatim: null,
});

const setOf = (set: RuleSet, stays: StaysTrue): RuleSet => ({
  ...set,
  holds:
    set.holds.of === "elements"
      ? { ...set.holds, elements: set.holds.elements.map((each) => elements(each, stays)) }
      : { ...set.holds, elements: set.holds.elements.map((each) => mapping(each, stays)) },
});

const firewallOf = (firewall: Firewall, stays: StaysTrue): Firewall =>
  firewall.status === "read"
    ? {
        ...firewall,
        tables: firewall.tables.map((table) => ({
          ...table,
          chains: table.chains.map((chain) => ({
            ...chain,
            rules: chain.rules.map((rule) => ruleOf(rule, stays)),
          })),
        })),
        sets: firewall.sets.map((set) => setOf(set, stays)),
      }
    : firewall;

const rulesOf = (rules: NetnsRules, stays: StaysTrue): NetnsRules => ({
  ...rules,
  firewall: firewallOf(rules.firewall, stays),
});

/**
 * Rules of which all will hold when addresses and names are replaced: a part that would not is `opaque`, so that
 * what follows from it is not known instead of wrong. The host's own words are left out.
 */
export const trueRules = (ruling: Ruling, stays: StaysTrue): Ruling => ({
  ...ruling,
  rules: ruling.rules.map((rules) => rulesOf(rules, stays)),
});
