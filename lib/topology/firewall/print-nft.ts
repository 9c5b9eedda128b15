import type { Action, Deed, Lookup, MapElement, NatPorts, Verdict } from "./actions";
import type { Match, OfKind } from "./matches";
import type { RuleCounters } from "./model";
import type {
  AddressValue,
  ElementValue,
  Field,
  InterfaceValue,
  PortValue,
  SetReference,
} from "./values";

/** nft has no escapes in a quoted string: a quote cannot be in one. */
const quoted = (text: string): string => `"${text}"`;

const hex8 = (value: number): string => `0x${value.toString(16).padStart(8, "0")}`;

const span = (first: string | number, last: string | number): string =>
  first === last ? `${first}` : `${first}-${last}`;

const interfaceName = (name: string, wildcard: boolean): string =>
  quoted(wildcard ? `${name}*` : name.replace(/\*$/, "\\*"));

/** Of any kind. A whole address is printed without its length. */
function valueText(value: AddressValue | PortValue | InterfaceValue | ElementValue): string {
  switch (value.of) {
    case "prefix": {
      const isWhole = value.length === (value.address.includes(":") ? 128 : 32);
      return isWhole ? value.address : `${value.address}/${value.length}`;
    }
    case "range":
      return span(value.first, value.last);
    case "masked":
      return `${value.address}/${value.mask}`;
    case "name":
      return interfaceName(value.name, value.wildcard);
    case "text":
      return value.text;
    case "set":
      return `@${value.name}`;
  }
}

const braces = (texts: readonly string[]): string => {
  const [only, ...others] = texts;
  return only !== undefined && others.length === 0 ? only : `{ ${texts.join(", ")} }`;
};

const listed = (values: readonly (AddressValue | PortValue | InterfaceValue)[]): string =>
  braces(values.map(valueText));

const named = (values: readonly (string | SetReference)[]): string =>
  braces(values.map((each) => (typeof each === "string" ? icmpv6Text(each) : `@${each.name}`)));

const icmpv6Text = (name: string): string => (name === "icmpv6" ? "ipv6-icmp" : name);

function fieldText(field: Field): string {
  switch (field.of) {
    case "in-interface":
    case "out-interface":
      return `${field.of === "in-interface" ? "iif" : "oif"}${field.by === "name" ? "name" : ""}`;
    case "source":
    case "destination":
      return `${field.family} ${field.of === "source" ? "saddr" : "daddr"}`;
    case "source-port":
    case "destination-port":
      return `${field.protocol ?? "th"} ${field.of === "source-port" ? "sport" : "dport"}`;
    case "protocol":
      return "meta l4proto";
    case "mark":
      return "meta mark";
    case "address-type":
      return `fib ${field.which === "source" ? "saddr" : "daddr"} type`;
    case "opaque":
      return field.text;
    default:
      return field.of.replace("-", " ");
  }
}

const fieldsText = (fields: readonly Field[]): string => fields.map(fieldText).join(" . ");

/** Left side and what it is compared with. */
type Sides = readonly [string, string];
type Of<K extends Match["kind"]> = OfKind<Match, K>;

const sideWords = { source: "saddr", destination: "daddr" } as const;
const portSides = { "source-port": "sport", "destination-port": "dport", port: "port" } as const;

function ctSide({ kind, direction, addresses }: Of<"ct-source">): string {
  const isInet6 = addresses.some((each) => each.of === "prefix" && each.address.includes(":"));
  const side = kind === "ct-source" ? "saddr" : "daddr";
  return `ct ${direction} ${isInet6 ? "ip6" : "ip"} ${side}`;
}

const printers: { readonly [K in Match["kind"]]?: (match: Of<K>) => Sides } = {
  "in-interface": ({ by, interfaces }) => [
    fieldText({ of: "in-interface", by }),
    listed(interfaces),
  ],
  "out-interface": ({ by, interfaces }) => [
    fieldText({ of: "out-interface", by }),
    listed(interfaces),
  ],
  source: ({ family, addresses }) => [`${family} ${sideWords.source}`, listed(addresses)],
  destination: ({ family, addresses }) => [`${family} ${sideWords.destination}`, listed(addresses)],
  protocol: ({ protocols, by }) => [
    by === "header" ? "ip protocol" : "meta l4proto",
    named(protocols),
  ],
  "source-port": ({ protocol, ports }) => [`${protocol ?? "th"} sport`, listed(ports)],
  "destination-port": ({ protocol, ports }) => [`${protocol ?? "th"} dport`, listed(ports)],
  port: ({ protocol, ports, kind }) => [`${protocol ?? "th"} ${portSides[kind]}`, listed(ports)],
  "address-type": ({ of, types, from }) => {
    const side = from === null ? "" : ` . ${from === "in" ? "iif" : "oif"}`;
    return [`fib ${sideWords[of]}${side} type`, braces(types)];
  },
  "ct-state": ({ states }) => ["ct state", states.join(",")],
  "ct-status": ({ statuses }) => ["ct status", statuses.join(",")],
  "ct-direction": ({ direction }) => ["ct direction", direction],
  "ct-source": (match) => [ctSide(match), listed(match.addresses)],
  "ct-destination": (match) => [ctSide(match), listed(match.addresses)],
  "ct-source-port": ({ direction, ports }) => [`ct ${direction} proto-src`, listed(ports)],
  "ct-destination-port": ({ direction, ports }) => [`ct ${direction} proto-dst`, listed(ports)],
  mark: (match) => markSides("meta mark", match),
  "ct-mark": (match) => markSides("ct mark", match),
  set: ({ fields, in: held }) => [
    fieldsText(fields),
    held.of === "set"
      ? `@${held.name}`
      : `{ ${held.elements.map((each) => each.map(valueText).join(" . ")).join(", ")} }`,
  ],
  "icmp-type": ({ version, types }) => [`icmp${version === 6 ? "v6" : ""} type`, braces(types)],
  owner: ({ what, value }) => [what === "gid" ? "meta skgid" : "meta skuid", value ?? ""],
  family: ({ family }) => ["meta nfproto", family === "ip" ? "ipv4" : "ipv6"],
  "packet-type": ({ types }) => ["meta pkttype", braces(types)],
  "mac-source": ({ mac }) => ["ether saddr", mac],
};

function markSides(field: string, { value, mask }: Of<"mark">): Sides {
  return mask === 0xffff_ffff
    ? [field, hex8(value)]
    : [`${field} & ${hex8(mask)}`, `== ${hex8(value)}`];
}

function flagsText({ mask, set, negated }: Of<"tcp-flags">): string {
  const all = set.length === 0 ? "0x0" : set.join(" | ");
  const asked = mask.length > 1 ? `(${mask.join(" | ")})` : mask.join("");
  return `tcp flags & ${asked} ${negated ? "!=" : "=="} ${all}`;
}

function matchText(match: Match): string {
  if (match.kind === "limit") return `limit ${match.text}`;
  if (match.kind === "tcp-flags") return flagsText(match);
  if (match.kind === "opaque") return match.text;
  const print = printers[match.kind] as ((each: Match) => Sides) | undefined;
  // What only iptables asks.
  if (print === undefined) return "";
  const [left, right] = print(match);
  if (!match.negated) return `${left} ${right}`;
  return `${left} != ${right.replace(/^== /, "")}`;
}

function verdictText(verdict: Verdict): string {
  if (verdict.kind === "jump" || verdict.kind === "goto") return `${verdict.kind} ${verdict.chain}`;
  if (verdict.kind !== "reject" || verdict.with === null) return verdict.kind;
  return verdict.with === "tcp reset"
    ? "reject with tcp reset"
    : `reject with ${rejected(verdict.with)}`;
}

/** `icmp port-unreachable`; iptables' own `icmp-port-unreachable` stays as it is. */
const rejected = (how: string): string => how;

const mapElementText = ({ key, to }: MapElement): string => {
  const right =
    to.of === "verdict" ? verdictText(to.verdict) : to.values.map(valueText).join(" . ");
  return `${key.map(valueText).join(" . ")} : ${right}`;
};

const mapText = ({ map }: Lookup): string =>
  map.of === "set" ? `@${map.name}` : `{ ${map.elements.map(mapElementText).join(", ")} }`;

const flagsAfter = (flags: readonly string[]): string =>
  flags.length === 0 ? "" : ` ${flags.join(",")}`;

const portsAfter = (ports: NatPorts | null): string =>
  ports === null ? "" : `:${span(ports.first, ports.last)}`;

type DeedOf<K extends Deed["kind"]> = OfKind<Deed, K>;

function natText({ kind, addresses, ports, lookup, flags, family }: DeedOf<"dnat">): string {
  const of = family === null ? "" : ` ${family}`;
  if (lookup !== null)
    return `${kind}${of} to ${fieldsText(lookup.fields)} map ${mapText(lookup)}${flagsAfter(flags)}`;
  const address = addresses === null ? "" : span(addresses.first, addresses.last);
  const shown = ports !== null && address.includes(":") ? `[${address}]` : address;
  return `${kind}${of} to ${shown}${portsAfter(ports)}${flagsAfter(flags)}`;
}

const setMarkText = (field: string, { value, mask }: { value: number; mask: number }): string => {
  if (mask === 0xffff_ffff) return `${field} set ${hex8(value)}`;
  if (mask === value) return `${field} set ${field} | ${hex8(value)}`;
  return mask === 0
    ? `${field} set ${field} ^ ${hex8(value)}`
    : `${field} set ${field} & ${hex8(~mask >>> 0)}`;
};

const following = (word: string, text: string): string => (text === "" ? word : `${word} ${text}`);

const deedPrinters: { readonly [K in Deed["kind"]]?: (deed: DeedOf<K>) => string } = {
  dnat: natText,
  snat: natText,
  masquerade: ({ ports, flags }) =>
    `masquerade${ports === null ? "" : ` to ${portsAfter(ports)}`}${flagsAfter(flags)}`,
  redirect: ({ ports, flags }) =>
    `redirect${ports === null ? "" : ` to ${portsAfter(ports)}`}${flagsAfter(flags)}`,
  "set-mark": (deed) => setMarkText("meta mark", deed),
  "set-ct-mark": (deed) => setMarkText("ct mark", deed),
  "save-mark": () => "ct mark set meta mark",
  "restore-mark": () => "meta mark set ct mark",
  log: ({ text }) => following("log", text),
  notrack: () => "notrack",
  queue: ({ text }) => following("queue", text),
  "verdict-map": ({ lookup }) => `${fieldsText(lookup.fields)} vmap ${mapText(lookup)}`,
  opaque: ({ text }) => text,
};

function deedText(deed: Action, counters: RuleCounters | null): string {
  if (deed.kind === "counter") {
    if (deed.name !== null) return `counter name ${quoted(deed.name)}`;
    return counters === null
      ? "counter"
      : `counter packets ${counters.packets} bytes ${counters.bytes}`;
  }
  const print = deedPrinters[deed.kind] as ((each: Deed) => string) | undefined;
  return print === undefined ? verdictText(deed as Verdict) : print(deed);
}

/** `counters`: null prints a counter without its numbers, as `nft -s` does. */
export function printNftRule(
  parts: readonly (Match | Action)[],
  comment: string | null,
  counters: RuleCounters | null,
): string {
  const texts = parts.map((part) =>
    part.part === "match" ? matchText(part) : deedText(part, counters),
  );
  if (comment !== null) texts.push(`comment ${quoted(comment)}`);
  return texts.filter((text) => text !== "").join(" ");
}
