import { isJsonObject, type JsonObject } from "@/lib/facts/json-object";
import type { Condition, Match } from "./matches";
import {
  addressesOf,
  comparisonText,
  elementValues,
  fieldOf,
  fieldsOf,
  interfacesOf,
  type Json,
  onlyEntry,
  own,
  portsOf,
  protocolsOf,
  textOf,
  wordsOf,
} from "./nft-values";
import type { Field, PortValue, SetReference } from "./values";

type Reader = (right: Json) => Condition | null;

const marks =
  (kind: "mark" | "ct-mark", mask = 0xffff_ffff): Reader =>
  (right) =>
    typeof right === "number" ? { kind, value: right, mask } : null;

const withWords =
  (make: (words: readonly string[]) => Condition): Reader =>
  (right) => {
    const words = wordsOf(right);
    return words === null ? null : make(words);
  };

/** What a field is compared with, as the condition of its kind. */
function conditionOf(field: Field, right: Json): Condition | null {
  switch (field.of) {
    case "in-interface":
    case "out-interface": {
      const interfaces = interfacesOf(right);
      return interfaces && { kind: field.of, interfaces, by: field.by };
    }
    case "source":
    case "destination": {
      const addresses = addressesOf(right);
      return addresses && { kind: field.of, family: field.family, addresses };
    }
    case "source-port":
    case "destination-port": {
      const ports = portsOf(right);
      return ports && { kind: field.of, protocol: field.protocol, ports };
    }
    default:
      return wordCondition(field, right);
  }
}

function wordCondition(field: Field, right: Json): Condition | null {
  if (field.of === "mark" || field.of === "ct-mark") return marks(field.of)(right);
  if (field.of === "protocol") {
    const protocols = protocolsOf(right);
    return protocols && { kind: "protocol", protocols: protocols.map(asIcmpv6), by: "l4proto" };
  }
  const words = wordsOf(right);
  if (words === null) return null;
  if (field.of === "ct-state") return { kind: "ct-state", states: words };
  if (field.of === "ct-status") return { kind: "ct-status", statuses: words };
  if (field.of === "address-type")
    return { kind: "address-type", of: field.which, types: words, from: null };
  const [word, ...others] = words;
  const isDirection = word === "original" || word === "reply";
  return field.of === "ct-direction" && isDirection && others.length === 0
    ? { kind: "ct-direction", direction: word }
    : null;
}

const asIcmpv6 = (name: string | SetReference): string | SetReference =>
  name === "ipv6-icmp" ? "icmpv6" : name;

const otherMeta: Readonly<Record<string, Reader>> = {
  nfproto: (right) => {
    if (right === "ipv4") return { kind: "family", family: "ip" };
    return right === "ipv6" ? { kind: "family", family: "ip6" } : null;
  },
  pkttype: withWords((types) => ({ kind: "packet-type", types })),
  skuid: (right) => owner("uid", right),
  skgid: (right) => owner("gid", right),
};

const owner = (what: "uid" | "gid", right: Json): Condition | null =>
  typeof right === "string" || typeof right === "number"
    ? { kind: "owner", what, value: `${right}` }
    : null;

const icmpTypes = (version: 4 | 6): Reader =>
  withWords((types) => ({ kind: "icmp-type", version, types, code: null }));

const inHeader: Reader = (right) => {
  const protocols = protocolsOf(right);
  return protocols && { kind: "protocol", protocols: protocols.map(asIcmpv6), by: "header" };
};

const otherPayload: Readonly<Record<string, Reader>> = {
  "ip protocol": inHeader,
  "ip6 nexthdr": inHeader,
  "icmp type": icmpTypes(4),
  "icmpv6 type": icmpTypes(6),
  "ether saddr": (right) =>
    typeof right === "string" ? { kind: "mac-source", mac: right.toLowerCase() } : null,
};

/** `ct original daddr`, which newer ones print as `ct original ip daddr`. */
function ctTuple({ key, dir }: JsonObject, right: Json): Condition | null {
  const direction = dir === "reply" ? "reply" : "original";
  const field = textOf(key).replace(/^ip6? /, "");
  if (field === "saddr" || field === "daddr") {
    const addresses = addressesOf(right);
    const kind = field === "saddr" ? "ct-source" : "ct-destination";
    return addresses && { kind, direction, addresses };
  }
  if (field !== "proto-src" && field !== "proto-dst") return null;
  const ports = portsOf(right);
  const kind = field === "proto-src" ? "ct-source-port" : "ct-destination-port";
  return ports && { kind, direction, ports };
}

/** `fib daddr . iif type local` */
function fibFrom({ result, flags }: JsonObject, right: Json): Condition | null {
  const [which, side] = Array.isArray(flags) ? flags : [];
  const types = wordsOf(right);
  const isAddress = which === "daddr" || which === "saddr";
  if (result !== "type" || !isAddress || types === null) return null;
  if (side !== "iif" && side !== "oif") return null;
  const of = which === "daddr" ? "destination" : "source";
  return { kind: "address-type", of, types, from: side === "iif" ? "in" : "out" };
}

const flagWords = (value: Json): readonly string[] | null => {
  const alternatives = isJsonObject(value) ? value["|"] : undefined;
  if (!Array.isArray(alternatives)) return value === 0 ? [] : wordsOf(value);
  const words = alternatives.map(flagWords);
  return words.every((each) => each !== null) ? words.flat() : null;
};

/** `meta mark & 0xff == 0x1`, `tcp flags & (syn|ack) == syn`. */
function masked(operands: Json, right: Json): Condition | null {
  const [inner, mask] = Array.isArray(operands) ? operands : [];
  const field = fieldOf(inner);
  if (field?.of === "mark" || field?.of === "ct-mark")
    return typeof mask === "number" ? marks(field.of, mask)(right) : null;
  const [kind, payload] = onlyEntry(inner) ?? [];
  const isFlags =
    kind === "payload" &&
    isJsonObject(payload) &&
    payload["protocol"] === "tcp" &&
    payload["field"] === "flags";
  const asked = isFlags ? flagWords(mask) : null;
  const set = isFlags ? flagWords(right) : null;
  return asked === null || set === null ? null : { kind: "tcp-flags", mask: asked, set };
}

/** Conditions that are no field of a map. */
function otherCondition(left: Json, right: Json): Condition | null {
  const [kind, inner] = onlyEntry(left) ?? [];
  if (kind === "&") return masked(inner, right);
  if (!isJsonObject(inner)) return null;
  if (kind === "meta") return own(otherMeta, textOf(inner["key"]))?.(right) ?? null;
  if (kind === "payload")
    return (
      own(otherPayload, `${textOf(inner["protocol"])} ${textOf(inner["field"])}`)?.(right) ?? null
    );
  if (kind === "ct") return ctTuple(inner, right);
  return kind === "fib" ? fibFrom(inner, right) : null;
}

/** `ip saddr . tcp dport @allowed`, `{ 10.0.0.1 . 80, … }`. */
function concatCondition(left: Json, right: Json): Condition | null {
  const fields = fieldsOf(left);
  if (typeof right === "string" && right.startsWith("@"))
    return { kind: "set", fields, in: { of: "set", name: right.slice(1) } };
  const listed = isJsonObject(right) && Array.isArray(right["set"]) ? right["set"] : [right];
  const elements = listed.map((each) => elementValues(each, fields));
  return { kind: "set", fields, in: { of: "elements", elements } };
}

const most = 65_535;

/** `tcp dport < 1024`: what comparing with less and more means for ports. */
function comparedPorts(op: string, right: Json): readonly PortValue[] | null {
  if (typeof right !== "number") return null;
  const bounds: Readonly<Record<string, readonly [number, number]>> = {
    "<": [0, right - 1],
    "<=": [0, right],
    ">": [right + 1, most],
    ">=": [right, most],
  };
  const [first, last] = own(bounds, op) ?? [];
  if (first === undefined || last === undefined) return null;
  return first > last ? null : [{ of: "range", first, last }];
}

function equalCondition(left: Json, right: Json): Condition | null {
  if (isJsonObject(left) && "concat" in left) return concatCondition(left, right);
  const field = fieldOf(left);
  return field === null ? otherCondition(left, right) : conditionOf(field, right);
}

/** Flags are compared as a whole by `==` where a list is given, but for states, of which there is one. */
const isExactList = (op: string, left: Json, right: Json): boolean =>
  op === "==" && Array.isArray(right) && fieldOf(left)?.of === "ct-status";

function readCondition(op: string, left: Json, right: Json): Condition | null {
  if (isExactList(op, left, right)) return null;
  if (op === "==" || op === "!=" || op === "in") return equalCondition(left, right);
  const field = fieldOf(left);
  const isPort = field?.of === "source-port" || field?.of === "destination-port";
  const ports = isPort ? comparedPorts(op, right) : null;
  return isPort && ports !== null ? { kind: field.of, protocol: field.protocol, ports } : null;
}

/** What stands behind `match` in an expression of a rule. */
export function readNftMatch(match: Json): Match {
  const { op, left, right } = isJsonObject(match) ? match : {};
  const condition = readCondition(textOf(op), left, right);
  if (condition !== null) return { part: "match", negated: op === "!=", ...condition };
  return {
    part: "match",
    negated: false,
    kind: "opaque",
    module: null,
    text: comparisonText(textOf(op), left, right) ?? JSON.stringify({ match }),
  };
}
