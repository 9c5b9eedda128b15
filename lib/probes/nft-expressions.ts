import type { Cursor } from "./nft-tokens";

/**
 * Left and right sides of nft's text, as the JSON that `nft -j` prints for them. A function that finds
 * something else answers null; its caller then goes back to where it began.
 */
export type Json = unknown;

const metaAlone: ReadonlySet<string> = new Set(["iifname", "oifname", "iif", "oif"]);
const headers: ReadonlySet<string> = new Set([
  ...["ip", "ip6", "tcp", "udp", "th", "sctp", "dccp", "udplite", "icmp", "icmpv6", "ether", "arp"],
  ...["vlan", "esp", "ah", "comp"],
]);

export const isLeftWord = (word: string): boolean =>
  metaAlone.has(word) ||
  headers.has(word) ||
  word === "meta" ||
  word === "ct" ||
  word === "fib" ||
  word === "numgen";

/** `ct state`, `ct original saddr`, `ct original ip saddr`, `ct original proto-dst`. */
function ctSide(cursor: Cursor): Json | null {
  const first = cursor.word();
  if (first === null) return null;
  if (first !== "original" && first !== "reply") return { ct: { key: first } };
  const second = cursor.word();
  if (second === null) return null;
  const third = second === "ip" || second === "ip6" ? cursor.word() : null;
  return { ct: { key: third === null ? second : `${second} ${third}`, dir: first } };
}

/** `fib daddr type`, `fib saddr . iif oif`. */
function fibSide(cursor: Cursor): Json | null {
  const flags = [cursor.word()];
  while (cursor.take(".")) flags.push(cursor.word());
  const result = cursor.word();
  if (result === null || flags.includes(null)) return null;
  return { fib: { result, flags } };
}

/** `numgen random mod 2`, `numgen inc mod 3 offset 1`. */
function numgenSide(cursor: Cursor): Json | null {
  const mode = cursor.word();
  if (mode === null || !cursor.take("mod")) return null;
  const mod = Number(cursor.word());
  const offset = cursor.take("offset") ? Number(cursor.word()) : 0;
  return Number.isInteger(mod) && Number.isInteger(offset)
    ? { numgen: { mode, mod, offset } }
    : null;
}

function oneSide(cursor: Cursor): Json | null {
  const word = cursor.word();
  if (word === null) return null;
  if (metaAlone.has(word)) return { meta: { key: word } };
  if (word === "ct") return ctSide(cursor);
  if (word === "fib") return fibSide(cursor);
  if (word === "numgen") return numgenSide(cursor);
  const field = cursor.word();
  if (field === null) return null;
  if (word === "meta") return { meta: { key: field } };
  return headers.has(word) ? { payload: { protocol: word, field } } : null;
}

/** One field, or several with dots between them. */
export function leftSide(cursor: Cursor): Json | null {
  const sides = [oneSide(cursor)];
  while (cursor.take(".")) sides.push(oneSide(cursor));
  if (sides.includes(null)) return null;
  return sides.length === 1 ? (sides[0] ?? null) : { concat: sides };
}

const number = /^(?:\d+|0x[0-9a-fA-F]+)$/;
const address = /^(?:\d+(?:\.\d+){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*)$/;

const atom = (text: string): Json => (number.test(text) ? Number(text) : text);

/** `80`, `80-90`, `10.0.0.0/8`, `10.0.0.1-10.0.0.9`, `established`, `@set`. */
export function wordValue(text: string): Json {
  const [, addr, len] = /^(.+)\/(\d{1,3})$/.exec(text) ?? [];
  if (addr !== undefined && address.test(addr)) return { prefix: { addr, len: Number(len) } };
  const [first, last, ...others] = text.split("-");
  const ends = [first ?? "", last ?? ""];
  const isRange =
    others.length === 0 &&
    last !== undefined &&
    (ends.every((each) => number.test(each)) || ends.every((each) => address.test(each)));
  return isRange ? { range: ends.map(atom) } : atom(text);
}

function plainValue(cursor: Cursor): Json | null {
  const token = cursor.peek();
  if (token === undefined || token.of === "sign") return null;
  cursor.next();
  return token.of === "string" ? token.text : wordValue(token.text);
}

/** With dots between them where there are several fields. */
function joinedValue(cursor: Cursor): Json | null {
  const values = [plainValue(cursor)];
  while (cursor.take(".")) values.push(plainValue(cursor));
  if (values.includes(null)) return null;
  return values.length === 1 ? (values[0] ?? null) : { concat: values };
}

const verdictWords: ReadonlySet<string> = new Set(["accept", "drop", "return", "continue"]);

/** A verdict as JSON; null: the next word is none. */
export function verdict(cursor: Cursor): Json | null {
  const word = cursor.peek();
  if (word?.of !== "word") return null;
  if (verdictWords.has(word.text)) {
    cursor.next();
    return { [word.text]: null };
  }
  if (word.text !== "jump" && word.text !== "goto") return null;
  cursor.next();
  const target = cursor.word();
  return target === null ? null : { [word.text]: { target } };
}

/** What belongs to one element and is no part of its value: `timeout 1h`, `expires 5m`, `counter …`, `comment "x"`. */
function skipDetails(cursor: Cursor): void {
  for (let token = cursor.peek(); token !== undefined; token = cursor.peek()) {
    const isEnd = token.of === "sign" && [",", "}", ":"].includes(token.text);
    if (isEnd) return;
    cursor.next();
  }
}

/** `key`, `key : verdict` or `key : value`. */
function element(cursor: Cursor): Json | null {
  const key = joinedValue(cursor);
  if (key === null) return null;
  skipDetails(cursor);
  if (!cursor.take(":")) return key;
  const to = verdict(cursor) ?? joinedValue(cursor);
  skipDetails(cursor);
  return to === null ? null : [key, to];
}

/** `{ a, b }`, `{ a : accept }`; null: not closed, or an element that cannot be read. */
export function braced(cursor: Cursor): readonly Json[] | null {
  if (!cursor.take("{")) return null;
  const values: Json[] = [];
  while (!cursor.take("}")) {
    const value = element(cursor);
    if (value === null) return null;
    values.push(value);
    if (!cursor.take(",") && cursor.peek()?.text !== "}") return null;
  }
  return values;
}

/** Flags: `established,related`. One word alone is no list. */
function flagsValue(cursor: Cursor, first: Json): Json {
  const values = [first];
  while (cursor.peek()?.text === "," && cursor.peek(1)?.of === "word") {
    cursor.next();
    values.push(plainValue(cursor));
  }
  return values.length === 1 ? first : values;
}

export function rightSide(cursor: Cursor): Json | null {
  if (cursor.peek()?.text === "{") {
    const set = braced(cursor);
    return set === null ? null : { set };
  }
  const first = joinedValue(cursor);
  return first === null ? null : flagsValue(cursor, first);
}
