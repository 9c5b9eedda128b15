import { isJsonObject, type JsonObject } from "@/lib/facts/json-object";
import type { AddressValue, ElementValue, Field, InterfaceValue, PortValue } from "./values";

/** JSON of `nft -j`: whatever a host prints. */
export type Json = unknown;

/** A word or a number as text; empty: neither. An object of a host's may have no text (`{"toString": null}`). */
export const textOf = (value: Json): string =>
  typeof value === "string" || typeof value === "number" ? `${value}` : "";

/** Of a table of ours: a host may print `constructor`. */
export const own = <Value>(
  table: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);

/** The one entry of `{"match": {…}}`; null: it has several, or is none. */
export function onlyEntry(value: Json): readonly [string, Json] | null {
  if (!isJsonObject(value)) return null;
  const [entry, ...others] = Object.entries(value);
  return entry === undefined || others.length > 0 ? null : entry;
}

const listIn = (value: Json, name: string): readonly Json[] | null => {
  const list = isJsonObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : null;
};

/** An element of a set may come with a timeout or a counter around it. */
const bareElement = (value: Json): Json => {
  const element = isJsonObject(value) ? value["elem"] : undefined;
  return isJsonObject(element) ? element["val"] : value;
};

const setName = (value: Json): string | null =>
  typeof value === "string" && value.startsWith("@") ? value.slice(1) : null;

/** A value alone, `{"set": […]}`, or a plain list as nft prints flags. */
const alternatives = (value: Json): readonly Json[] =>
  listIn(value, "set")?.map(bareElement) ?? (Array.isArray(value) ? value : [value]);

/** Each alternative, or null where one of them cannot be read. */
function eachOf<Value>(
  value: Json,
  read: (one: Json) => Value | null,
): readonly (Value | { readonly of: "set"; readonly name: string })[] | null {
  const name = setName(value);
  if (name !== null) return [{ of: "set", name }];
  const values = alternatives(value).map(read);
  return values.every((each) => each !== null) ? values : null;
}

type Plain<Value> = Exclude<Value, { readonly of: "set" }>;

const prefixOf = ({ addr, len }: JsonObject): Plain<AddressValue> | null =>
  typeof addr === "string" && typeof len === "number"
    ? { of: "prefix", address: addr, length: len }
    : null;

function addressOf(value: Json): Plain<AddressValue> | null {
  if (typeof value === "string")
    return { of: "prefix", address: value, length: value.includes(":") ? 128 : 32 };
  const prefix = isJsonObject(value) ? value["prefix"] : undefined;
  if (isJsonObject(prefix)) return prefixOf(prefix);
  const [first, last] = listIn(value, "range") ?? [];
  return typeof first === "string" && typeof last === "string"
    ? { of: "range", first, last }
    : null;
}

function portOf(value: Json): Plain<PortValue> | null {
  if (typeof value === "number") return { of: "range", first: value, last: value };
  const range = listIn(value, "range");
  const [first, last] = range ?? [];
  return typeof first === "number" && typeof last === "number"
    ? { of: "range", first, last }
    : null;
}

/** `"veth*"` is a beginning; `"a\*"` ends in a star. */
function interfaceOf(value: Json): Plain<InterfaceValue> | null {
  if (typeof value !== "string") return null;
  if (value.endsWith("\\*")) return { of: "name", name: `${value.slice(0, -2)}*`, wildcard: false };
  return value.endsWith("*")
    ? { of: "name", name: value.slice(0, -1), wildcard: true }
    : { of: "name", name: value, wildcard: false };
}

const wordOf = (value: Json): string | null => (scalar(value) ? `${value}` : null);

export const addressesOf = (value: Json): readonly AddressValue[] | null =>
  eachOf(value, addressOf);
export const portsOf = (value: Json): readonly PortValue[] | null => eachOf(value, portOf);
export const interfacesOf = (value: Json): readonly InterfaceValue[] | null =>
  eachOf(value, interfaceOf);
/** Words only: no sets. */
export function wordsOf(value: Json): readonly string[] | null {
  const words = alternatives(value).map(wordOf);
  return words.every((each) => each !== null && !each.startsWith("@")) ? (words as string[]) : null;
}
export const protocolsOf = (value: Json) => {
  const name = setName(value);
  return name === null ? wordsOf(value) : [{ of: "set" as const, name }];
};

/** What of a packet this left side looks at; null: nothing that is known here. */
export function fieldOf(left: Json): Field | null {
  const [kind, inner] = onlyEntry(left) ?? [];
  if (!isJsonObject(inner)) return null;
  if (kind === "meta") return own(metaFields, textOf(inner["key"])) ?? null;
  if (kind === "payload") return payloadField(textOf(inner["protocol"]), textOf(inner["field"]));
  if (kind === "ct")
    return inner["dir"] === undefined ? (own(ctFields, textOf(inner["key"])) ?? null) : null;
  return kind === "fib" ? fibField(inner) : null;
}

const metaFields: Readonly<Record<string, Field>> = {
  iifname: { of: "in-interface", by: "name" },
  oifname: { of: "out-interface", by: "name" },
  iif: { of: "in-interface", by: "index" },
  oif: { of: "out-interface", by: "index" },
  l4proto: { of: "protocol" },
  mark: { of: "mark" },
};

const ctFields: Readonly<Record<string, Field>> = {
  state: { of: "ct-state" },
  status: { of: "ct-status" },
  mark: { of: "ct-mark" },
  direction: { of: "ct-direction" },
};

const portHolders: ReadonlySet<string> = new Set(["tcp", "udp", "sctp", "dccp", "udplite", "th"]);

function payloadField(protocol: string, field: string): Field | null {
  if (protocol === "ip" || protocol === "ip6") {
    if (field === "saddr") return { of: "source", family: protocol };
    return field === "daddr" ? { of: "destination", family: protocol } : null;
  }
  if (!portHolders.has(protocol)) return null;
  const header = protocol === "th" ? null : protocol;
  if (field === "sport") return { of: "source-port", protocol: header };
  return field === "dport" ? { of: "destination-port", protocol: header } : null;
}

function fibField({ result, flags }: JsonObject): Field | null {
  const words = Array.isArray(flags) ? flags : [flags];
  const isType = result === "type" && words.length === 1;
  if (!isType) return null;
  if (words[0] === "daddr") return { of: "address-type", which: "destination" };
  return words[0] === "saddr" ? { of: "address-type", which: "source" } : null;
}

const scalar = (value: Json): value is string | number =>
  typeof value === "string" || typeof value === "number";

/** A left side that no reader knows, as nft's text has it where that is simple, else as JSON. */
function sideText(left: Json): string {
  const [kind = "", inner] = onlyEntry(left) ?? [];
  const print =
    isJsonObject(inner) && Object.hasOwn(sidePrinters, kind) ? sidePrinters[kind] : null;
  return (isJsonObject(inner) && print?.(inner)) || (JSON.stringify(left) ?? "");
}

const keyed =
  (kind: string) =>
  ({ key, dir }: JsonObject): string =>
    scalar(key) ? [kind, ...(scalar(dir) ? [dir] : []), key].join(" ") : "";

/** Empty: as JSON. */
const sidePrinters: Readonly<Record<string, (inner: JsonObject) => string>> = {
  meta: keyed("meta"),
  ct: keyed("ct"),
  payload: ({ protocol, field }) =>
    scalar(protocol) && scalar(field) ? `${protocol} ${field}` : "",
  numgen: ({ mode, mod, offset }) =>
    `numgen ${textOf(mode)} mod ${textOf(mod)}${offset === 0 ? "" : ` offset ${textOf(offset)}`}`,
};

/** The same of a whole comparison. */
export function comparisonText(op: string, left: Json, right: Json): string | null {
  const isKnown =
    op === "==" || op === "!=" || op === "<" || op === ">" || op === "<=" || op === ">=";
  const side = sideText(left);
  if (!isKnown || !scalar(right) || side.startsWith("{")) return null;
  return `${side} ${op === "==" ? "" : `${op} `}${right}`;
}

/** One, or the parts of `{"concat": […]}`. */
export const fieldsOf = (left: Json): readonly Field[] =>
  (listIn(left, "concat") ?? [left]).map(
    (each) => fieldOf(each) ?? { of: "opaque", text: sideText(each) },
  );

/** One value of a set or map, for a field of the key. */
function elementOf(value: Json, field: Field | undefined): ElementValue {
  const text = { of: "text", text: wordOf(value) ?? JSON.stringify(value) ?? "" } as const;
  switch (field?.of) {
    case "in-interface":
    case "out-interface":
      return interfaceOf(value) ?? text;
    case "source":
    case "destination":
      return addressOf(value) ?? text;
    case "source-port":
    case "destination-port":
      return portOf(value) ?? text;
    case undefined:
      return undeclared(value) ?? text;
    default:
      return text;
  }
}

/** Of a named set nobody says here what its values are but they themselves. */
function undeclared(value: Json): ElementValue | null {
  const isAddress = typeof value === "string" && /^[0-9a-f.:]+$/i.test(value) && /[.:]/.test(value);
  if (isAddress || isJsonObject(value)) return addressOf(value) ?? portOf(value);
  return portOf(value);
}

/** The values of one element, one for each field. */
export function elementValues(value: Json, fields: readonly Field[]): readonly ElementValue[] {
  const bare = bareElement(value);
  const parts = listIn(bare, "concat") ?? [bare];
  return parts.map((part, at) => elementOf(part, fields[at]));
}
