import { isJsonObject, type JsonObject } from "@/lib/facts/json-object";
import type { Action, Deed, Lookup, MapElement, NatPorts, Verdict } from "./actions";
import type { Match } from "./matches";
import { readNftMatch } from "./nft-matches";
import { elementValues, fieldsOf, type Json, onlyEntry, own, textOf, wordsOf } from "./nft-values";
import type { Field } from "./values";

type Part = Match | Action;

const opaque = (name: string, value: Json, flow: "unknown" | "goes-on"): Deed => ({
  kind: "opaque",
  name,
  text: JSON.stringify({ [name]: value }),
  flow,
});

const rejectTypes: Readonly<Record<string, string>> = {
  icmp: "icmp",
  icmpv6: "icmpv6",
  icmpx: "icmpx",
};

function rejectWith(value: Json): string | null {
  if (!isJsonObject(value)) return null;
  const { type, expr } = value;
  if (type === "tcp reset") return "tcp reset";
  const known = own(rejectTypes, textOf(type));
  return known === undefined ? null : `${known} ${textOf(expr)}`;
}

const target = (value: Json): string | null => {
  const chain = isJsonObject(value) ? value["target"] : undefined;
  return typeof chain === "string" ? chain : null;
};

/** `{"jump": {"target": "x"}}` and its like; null: no verdict. */
function verdictOf(statement: Json): Verdict | null {
  const [name, value] = onlyEntry(statement) ?? [];
  switch (name) {
    case "accept":
    case "drop":
    case "return":
    case "continue":
      return { kind: name };
    case "reject":
      return { kind: name, with: rejectWith(value) };
    case "jump":
    case "goto": {
      const chain = target(value);
      return chain === null ? null : { kind: name, chain };
    }
    default:
      return null;
  }
}

/** `[key, verdict or value]` of a map, declared or of its own. */
export function mapElementOf(pair: Json, fields: readonly Field[]): MapElement | null {
  const bare = isJsonObject(pair) && isJsonObject(pair["elem"]) ? pair["elem"]["val"] : pair;
  const [left, right] = Array.isArray(bare) ? bare : [];
  if (left === undefined || right === undefined) return null;
  const verdict = verdictOf(right);
  const key = elementValues(left, fields);
  return verdict === null
    ? { key, to: { of: "value", values: elementValues(right, []) } }
    : { key, to: { of: "verdict", verdict } };
}

function lookupOf(key: Json, data: Json): Lookup | null {
  const fields = fieldsOf(key);
  if (typeof data === "string" && data.startsWith("@"))
    return { fields, map: { of: "set", name: data.slice(1) } };
  const pairs = isJsonObject(data) && Array.isArray(data["set"]) ? data["set"] : null;
  if (pairs === null) return null;
  const elements = pairs.map((pair) => mapElementOf(pair, fields));
  return elements.every((each) => each !== null)
    ? { fields, map: { of: "elements", elements } }
    : null;
}

function natPorts(port: Json): NatPorts | null | undefined {
  if (port === undefined) return null;
  if (typeof port === "number") return { first: port, last: port };
  const range = isJsonObject(port) ? port["range"] : undefined;
  const [first, last] = Array.isArray(range) ? range : [];
  return typeof first === "number" && typeof last === "number" ? { first, last } : undefined;
}

const flagsOf = (flags: Json): readonly string[] =>
  flags === undefined ? [] : (wordsOf(flags) ?? []);

function natAddresses(addr: Json) {
  if (addr === undefined) return null;
  if (typeof addr === "string") return { first: addr, last: addr };
  const range = isJsonObject(addr) ? addr["range"] : undefined;
  const [first, last] = Array.isArray(range) ? range : [];
  return typeof first === "string" && typeof last === "string" ? { first, last } : undefined;
}

const familyOf = (family: Json): "ip" | "ip6" | null =>
  family === "ip" || family === "ip6" ? family : null;

/** `dnat to tcp dport map { 80 : 10.0.0.2 }`: what is looked up stands where the address would. */
function natLookup(addr: Json): Lookup | null {
  const map = isJsonObject(addr) ? addr["map"] : undefined;
  return isJsonObject(map) ? lookupOf(map["key"], map["data"]) : null;
}

function natDeed(kind: "dnat" | "snat", value: Json): Deed {
  if (!isJsonObject(value) || value["type_flags"] !== undefined)
    return opaque(kind, value, "unknown");
  const lookup = natLookup(value["addr"]);
  const ports = natPorts(value["port"]);
  const addresses = lookup === null ? natAddresses(value["addr"]) : null;
  if (ports === undefined || addresses === undefined) return opaque(kind, value, "unknown");
  const flags = flagsOf(value["flags"]);
  return { kind, addresses, ports, lookup, flags, family: familyOf(value["family"]) };
}

function portDeed(kind: "masquerade" | "redirect", value: Json): Deed {
  const { port, flags } = isJsonObject(value) ? value : {};
  const ports = natPorts(port);
  return ports === undefined
    ? opaque(kind, value, "unknown")
    : { kind, ports, flags: flagsOf(flags) };
}

const whole = 0xffff_ffff;

/** `meta mark set meta mark | 0x2000` is (mark & ~0x2000) ^ 0x2000. */
function marking(value: Json, isOwn: (left: Json) => boolean) {
  if (typeof value === "number") return { value, mask: whole };
  const [op, operands] = onlyEntry(value) ?? [];
  const [left, right] = Array.isArray(operands) ? operands : [];
  if (typeof right !== "number" || !isOwn(left)) return null;
  if (op === "|") return { value: right, mask: right };
  if (op === "&") return { value: 0, mask: ~right >>> 0 };
  return op === "^" ? { value: right, mask: 0 } : null;
}

/** Whose mark: of the packet, or of its connection. */
function markOwner(key: Json): "meta" | "ct" | null {
  const [kind, inner] = onlyEntry(key) ?? [];
  if (!isJsonObject(inner) || inner["key"] !== "mark") return null;
  return kind === "meta" || kind === "ct" ? kind : null;
}

function mangled(value: Json): Deed {
  const { key, value: to } = isJsonObject(value) ? value : {};
  const owner = markOwner(key);
  if (owner === null) return opaque("mangle", value, "goes-on");
  const found = marking(to, (left) => markOwner(left) === owner);
  if (found !== null) return { kind: owner === "ct" ? "set-ct-mark" : "set-mark", ...found };
  const from = markOwner(to);
  if (from === null || from === owner) return opaque("mangle", value, "goes-on");
  return { kind: owner === "ct" ? "save-mark" : "restore-mark", text: "" };
}

function limitText(value: JsonObject): string {
  const { rate, per, burst, inv, rate_unit, burst_unit } = value;
  const unit = typeof rate_unit === "string" && rate_unit !== "packets" ? ` ${rate_unit}` : "";
  const over = inv === true ? "over " : "";
  const extra =
    typeof burst === "number" ? ` burst ${burst} ${textOf(burst_unit) || "packets"}` : "";
  return `rate ${over}${textOf(rate)}${unit}/${textOf(per)}${extra}`;
}

const limit = (value: Json): Part => ({
  part: "match",
  negated: false,
  kind: "limit",
  text: isJsonObject(value) ? limitText(value) : `name ${JSON.stringify(value)}`,
});

const nftString = (text: string): string => `"${text}"`;

function logText(value: Json): string {
  if (!isJsonObject(value)) return "";
  const { prefix, group, level, snaplen, flags } = value;
  return [
    typeof prefix === "string" ? `prefix ${nftString(prefix)}` : "",
    ...Object.entries({ group, level, snaplen }).map(([name, each]) =>
      each === undefined ? "" : `${name} ${textOf(each)}`,
    ),
    flags === undefined ? "" : `flags ${(wordsOf(flags) ?? []).join(",")}`,
  ]
    .filter((each) => each !== "")
    .join(" ");
}

/** Statements after which the next part is met, whatever else they do. */
const goOn: ReadonlySet<string> = new Set([
  ...["set", "map", "ct helper", "ct timeout", "ct expectation", "secmark", "dup", "last"],
  ...["flow", "exthdr reset"],
]);

/** Statements that hold or not, as a condition does. */
const conditions: ReadonlySet<string> = new Set(["quota", "ct count", "meter", "connlimit"]);

const deeds: Readonly<Record<string, (value: Json) => Deed>> = {
  counter: (value) => ({ kind: "counter", name: typeof value === "string" ? value : null }),
  dnat: (value) => natDeed("dnat", value),
  snat: (value) => natDeed("snat", value),
  masquerade: (value) => portDeed("masquerade", value),
  redirect: (value) => portDeed("redirect", value),
  log: (value) => ({ kind: "log", target: "log", text: logText(value) }),
  notrack: () => ({ kind: "notrack" }),
  mangle: mangled,
  queue: (value) => ({ kind: "queue", text: JSON.stringify(value) ?? "" }),
  vmap: (value) => {
    const { key, data } = isJsonObject(value) ? value : {};
    const lookup = lookupOf(key, data);
    return lookup === null ? opaque("vmap", value, "unknown") : { kind: "verdict-map", lookup };
  },
};

/** xt: of iptables' kind; nft tells no more than its name. */
function foreign(value: Json): Part {
  const { type, name } = isJsonObject(value) ? value : {};
  const text = JSON.stringify({ xt: value });
  if (type === "match")
    return { part: "match", negated: false, kind: "opaque", module: textOf(name), text };
  return { part: "action", kind: "opaque", name: textOf(name) || "xt", text, flow: "unknown" };
}

/** Statements of one name that no reader knows. */
function unknownPart(name: string, statement: Json): Part {
  const [, value] = onlyEntry(statement) ?? [];
  const text = name === "text" ? textOf(value) : (JSON.stringify(statement) ?? "");
  return conditions.has(name)
    ? { part: "match", negated: false, kind: "opaque", module: name, text }
    : { part: "action", kind: "opaque", name, text, flow: goOn.has(name) ? "goes-on" : "unknown" };
}

const others: Readonly<Record<string, (value: Json) => Part>> = {
  match: readNftMatch,
  limit,
  xt: foreign,
};

function partOf(statement: Json): Part {
  const [name = "", value] = onlyEntry(statement) ?? [];
  const verdict = verdictOf(statement);
  if (verdict !== null) return { part: "action", ...verdict };
  const deed = own(deeds, name)?.(value);
  if (deed !== undefined) return { part: "action", ...deed };
  return own(others, name)?.(value) ?? unknownPart(name, statement);
}

/** The expressions of a rule of `nft -j`, as parts in their order. Whatever is not understood is an opaque one. */
export const readNftRule = (expressions: Json): readonly Part[] =>
  Array.isArray(expressions) ? expressions.map(partOf) : [];

/** Of the first counter of its own. */
export function countersOf(expressions: Json) {
  const found = (Array.isArray(expressions) ? expressions : []).find(
    (each) => isJsonObject(each) && isJsonObject(each["counter"]),
  );
  const { packets, bytes } = found?.["counter"] ?? {};
  const counted = { packets: textOf(packets), bytes: textOf(bytes) };
  return counted.packets === "" || counted.bytes === "" ? null : counted;
}
