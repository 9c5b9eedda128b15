import {
  braced,
  isLeftWord,
  type Json,
  leftSide,
  rightSide,
  verdict,
  wordValue,
} from "./nft-expressions";
import { type Cursor, cursorOf, type Token } from "./nft-tokens";

const bareStatements: ReadonlySet<string> = new Set(["notrack"]);
const operators: ReadonlySet<string> = new Set(["==", "!=", "<", ">", "<=", ">="]);
const tellers: ReadonlySet<string> = new Set(["prefix", "group", "level", "snaplen", "flags"]);

/** A statement in JSON; null: it cannot be read from here. */
type Reader = (cursor: Cursor) => Json | null;

const numberAfter = (cursor: Cursor): number | null => {
  const word = cursor.word();
  return word !== null && /^\d+$/.test(word) ? Number(word) : null;
};

/** Counts beyond 2^53 keep their digits. */
const countAfter = (cursor: Cursor): number | string | null => {
  const word = cursor.word();
  if (word === null || !/^\d+$/.test(word)) return null;
  return Number.isSafeInteger(Number(word)) ? Number(word) : word;
};

function counter(cursor: Cursor): Json | null {
  if (cursor.take("name")) return { counter: cursor.next()?.text ?? "" };
  if (!cursor.take("packets")) return { counter: null };
  const packets = countAfter(cursor);
  if (packets === null || !cursor.take("bytes")) return null;
  const bytes = countAfter(cursor);
  return bytes === null ? null : { counter: { packets, bytes } };
}

/** `with icmp port-unreachable`, `with icmpx type admin-prohibited`, `with tcp reset`. */
function reject(cursor: Cursor): Json | null {
  if (!cursor.take("with")) return { reject: null };
  const type = cursor.word();
  if (type === "tcp") return cursor.take("reset") ? { reject: { type: "tcp reset" } } : null;
  cursor.take("type");
  const expr = cursor.word();
  return type === null || expr === null ? null : { reject: { type, expr } };
}

function log(cursor: Cursor): Json {
  const told: Record<string, Json> = {};
  for (
    let word = cursor.peek();
    word?.of === "word" && tellers.has(word.text);
    word = cursor.peek()
  ) {
    cursor.next();
    const value = cursor.next();
    told[word.text] = value?.of === "word" ? wordValue(value.text) : value?.text;
    while (cursor.peek()?.text === "," && cursor.next() !== undefined) cursor.next();
  }
  return { log: Object.keys(told).length === 0 ? null : told };
}

const natFlags: ReadonlySet<string> = new Set(["random", "fully-random", "persistent"]);

function flagsAfter(cursor: Cursor): { flags?: readonly string[] } {
  const flags: string[] = [];
  for (let word = cursor.peek(); word !== undefined; word = cursor.peek()) {
    if (word.text !== "," && !natFlags.has(word.text)) break;
    cursor.next();
    if (word.text !== ",") flags.push(word.text);
  }
  return flags.length === 0 ? {} : { flags };
}

const ported4 = /^(\d+(?:\.\d+){3}(?:-\d+(?:\.\d+){3})?)?:(\d+(?:-\d+)?)$/;
const ported6 = /^\[([^\]]+)\](?:-\[([^\]]+)\])?:(\d+(?:-\d+)?)$/;

/** `10.0.0.2:80`, `[fd00::2]:80`, `10.0.0.1-10.0.0.9`, `:53`, `fd00::2`. */
function natTarget(text: string): { addr?: Json; port?: Json } {
  const [, first, last = first, port6 = ""] = ported6.exec(text) ?? [];
  if (first !== undefined) {
    const addr = first === last ? first : { range: [first, last] };
    return { addr, port: wordValue(port6) };
  }
  const four = ported4.exec(text);
  if (four === null) return { addr: wordValue(text) };
  const [, addr, port = ""] = four;
  return { ...(addr === undefined ? {} : { addr: wordValue(addr) }), port: wordValue(port) };
}

/** What is looked up in a map stands where the address would. */
function natLookup(cursor: Cursor): object | null {
  const key = leftSide(cursor);
  if (key === null || !cursor.take("map")) return null;
  const data = mapData(cursor);
  return data === null ? null : { addr: { map: { key, data } } };
}

function mapData(cursor: Cursor): Json | null {
  const name = cursor.peek();
  if (name?.of === "word" && name.text.startsWith("@")) return cursor.next()?.text ?? null;
  const set = braced(cursor);
  return set === null ? null : { set };
}

/** `to` and what follows it. */
function natTo(cursor: Cursor): object | null {
  const word = cursor.take("to") ? cursor.peek() : undefined;
  if (word?.of !== "word") return null;
  return isLeftWord(word.text) ? natLookup(cursor) : natTarget(cursor.next()?.text ?? "");
}

const nat =
  (kind: "dnat" | "snat"): Reader =>
  (cursor) => {
    const named = cursor.peek()?.text;
    const family = named === "ip" || named === "ip6" ? { family: cursor.word() } : {};
    const to = natTo(cursor);
    return to === null ? null : { [kind]: { ...family, ...to, ...flagsAfter(cursor) } };
  };

const ported =
  (kind: "masquerade" | "redirect"): Reader =>
  (cursor) => {
    const hasTarget = cursor.take("to");
    const word = hasTarget ? cursor.word() : null;
    if (hasTarget && !word?.startsWith(":")) return null;
    const port = word === null ? {} : { port: wordValue(word.slice(1)) };
    const value = { ...port, ...flagsAfter(cursor) };
    return { [kind]: Object.keys(value).length === 0 ? null : value };
  };

/** `5/minute`, `10 kbytes/second`: the unit may be a word of its own. */
function rateOf(cursor: Cursor) {
  const first = cursor.word() ?? "";
  const words = /^\d+$/.test(first) ? `${first} ${cursor.word() ?? ""}` : first;
  const [, rate, unit, per] = /^(\d+) ?([a-z]*)\/([a-z]+)$/.exec(words) ?? [];
  if (rate === undefined || per === undefined) return null;
  return { rate: Number(rate), per, ...(unit ? { rate_unit: unit } : {}) };
}

function burstOf(cursor: Cursor) {
  const burst = cursor.take("burst") ? numberAfter(cursor) : null;
  if (burst === null) return {};
  const unit = cursor.word();
  return { burst, ...(unit === null || unit === "packets" ? {} : { burst_unit: unit }) };
}

/** `rate over 5/minute burst 5 packets` */
function limit(cursor: Cursor): Json | null {
  if (!cursor.take("rate")) return null;
  const inv = cursor.take("over") ? { inv: true } : {};
  const rate = rateOf(cursor);
  return rate === null ? null : { limit: { ...rate, ...inv, ...burstOf(cursor) } };
}

const starters: Readonly<Record<string, Reader>> = {
  counter,
  reject,
  log,
  limit,
  dnat: nat("dnat"),
  snat: nat("snat"),
  masquerade: ported("masquerade"),
  redirect: ported("redirect"),
};

/** `(syn | ack)`, `syn|ack`, `0x2000`. */
function flagsIn(cursor: Cursor): Json | null {
  const isOpen = cursor.take("(");
  const values: Json[] = [];
  do {
    const word = cursor.word();
    if (word === null) return null;
    values.push(wordValue(word));
  } while (cursor.take("|") || cursor.take(","));
  if (isOpen && !cursor.take(")")) return null;
  return values.length === 1 ? (values[0] ?? null) : values;
}

/** `tcp flags & (fin | syn) == syn`, `meta mark & 0xff != 0x1`. */
function maskedMatch(cursor: Cursor, left: Json): Json | null {
  const mask = flagsIn(cursor);
  const op = cursor.peek()?.text ?? "";
  if (mask === null || !operators.has(op)) return null;
  cursor.next();
  const right = flagsIn(cursor);
  return right === null ? null : { match: { op, left: { "&": [left, mask] }, right } };
}

/** `tcp flags syn / fin,syn,rst,ack`, as newer ones print the same. */
function slashedMatch(cursor: Cursor, left: Json): Json | null {
  const place = cursor.place();
  const op = cursor.take("!=") ? "!=" : "==";
  const right = flagsIn(cursor);
  if (right !== null && cursor.take("/")) {
    const mask = flagsIn(cursor);
    if (mask !== null) return { match: { op, left: { "&": [left, mask] }, right } };
  }
  cursor.goTo(place);
  return null;
}

/** `meta mark set meta mark | 0x2000`, `ct mark set 0x1`, `meta mark set ct mark`. */
function mangle(cursor: Cursor, key: Json): Json | null {
  const word = cursor.peek()?.text ?? "";
  if (!isLeftWord(word)) {
    const value = rightSide(cursor);
    return value === null ? null : { mangle: { key, value } };
  }
  const from = leftSide(cursor);
  if (from === null) return null;
  const op = cursor.peek()?.text ?? "";
  const sign = ({ or: "|", and: "&", xor: "^" } as Readonly<Record<string, string>>)[op] ?? op;
  if (!["|", "&", "^"].includes(sign)) return { mangle: { key, value: from } };
  cursor.next();
  const value = rightSide(cursor);
  return value === null ? null : { mangle: { key, value: { [sign]: [from, value] } } };
}

const isFlags = (left: Json): boolean =>
  JSON.stringify(left) === '{"payload":{"protocol":"tcp","field":"flags"}}';

/** States and statuses are lists of flags, where one suffices. */
const opFor = (left: Json, right: Json): string => {
  const isCt = typeof left === "object" && left !== null && "ct" in left;
  return isCt && Array.isArray(right) ? "in" : "==";
};

function comparison(cursor: Cursor, left: Json): Json | null {
  const sign = cursor.peek()?.text ?? "";
  const isSigned = operators.has(sign);
  if (isSigned) cursor.next();
  const right = rightSide(cursor);
  return right === null
    ? null
    : { match: { op: isSigned ? sign : opFor(left, right), left, right } };
}

function sided(cursor: Cursor): Json | null {
  const left = leftSide(cursor);
  if (left === null) return null;
  if (cursor.take("vmap")) {
    const data = mapData(cursor);
    return data === null ? null : { vmap: { key: left, data } };
  }
  if (cursor.take("set")) return mangle(cursor, left);
  if (cursor.take("&") || cursor.take("and")) return maskedMatch(cursor, left);
  return (isFlags(left) ? slashedMatch(cursor, left) : null) ?? comparison(cursor, left);
}

function statement(cursor: Cursor): Json | null {
  const token = cursor.peek();
  if (token?.of !== "word") return null;
  const ended = verdict(cursor);
  if (ended !== null) return ended;
  if (bareStatements.has(token.text)) return { [cursor.word() ?? ""]: null };
  const read = Object.hasOwn(starters, token.text) ? starters[token.text] : undefined;
  if (read === undefined) return isLeftWord(token.text) ? sided(cursor) : null;
  cursor.next();
  return read(cursor);
}

const begins = ({ of, text }: Token): boolean =>
  of === "word" &&
  (isLeftWord(text) ||
    Object.hasOwn(starters, text) ||
    ["accept", "drop", "return", "continue", "jump", "goto", "comment"].includes(text));

/** What nobody reads, up to where something begins that somebody does; as `{ text }`. */
function unknown(cursor: Cursor): Json {
  const place = cursor.place();
  cursor.next();
  for (let token = cursor.peek(); token !== undefined && !begins(token); token = cursor.peek())
    cursor.next();
  return { text: cursor.since(place) };
}

/** A rule's statements as `nft -j` has them in `expr`. */
function rule(tokens: readonly Token[]): { expr: readonly Json[]; comment: string | null } {
  const cursor = cursorOf(tokens);
  const expr: Json[] = [];
  let comment: string | null = null;
  while (cursor.left() > 0) {
    const place = cursor.place();
    if (cursor.peek()?.text === "comment" && cursor.peek(1)?.of === "string") {
      cursor.next();
      comment = cursor.next()?.text ?? null;
      continue;
    }
    const read = statement(cursor);
    if (read === null) cursor.goTo(place);
    expr.push(read ?? unknown(cursor));
  }
  return { expr, comment };
}

/** `{ … }` of a declared set or map; `left`: tokens that stand behind it. */
function elements(tokens: readonly Token[]): { values: readonly Json[] | null; left: number } {
  const cursor = cursorOf(tokens);
  const values = braced(cursor);
  return { values, left: cursor.left() };
}

export const readStatements = { rule, elements } as const;
