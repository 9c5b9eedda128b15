import type { Reading, Unread } from "./define";
import { excerpt } from "./lines";
import type { NftObject, NftRow } from "./nft-row";
import { readStatements } from "./nft-statements";
import { cutNft } from "./nft-tokens";

type Block = { readonly kind: string; readonly value: Record<string, unknown> };

/** By name, as `nft list` prints them in chain headers; a number may follow (`filter + 10`). */
const priorities: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  out: 100,
  security: 50,
  srcnat: 100,
};

/** Of the bridge family the names mean other numbers. */
const bridgePriorities: Readonly<Record<string, number>> = {
  dstnat: -300,
  filter: -200,
  out: 100,
  srcnat: 300,
};

function priorityOf(text: string, family: string): number | null {
  const found = /^(?:([a-z]+) ?([+-]) ?(\d+)|([a-z]+)|(-?\d+))$/.exec(text.trim());
  if (found === null) return null;
  const [, base, sign, by, alone, number] = found;
  if (number !== undefined) return Number(number);
  const names = family === "bridge" ? bridgePriorities : priorities;
  const name = base ?? alone ?? "";
  const from = Object.hasOwn(names, name) ? names[name] : undefined;
  if (from === undefined) return null;
  return sign === undefined ? from : from + Number(`${sign}${by}`);
}

const heading =
  /^type (\w+) hook (\w+)(?: devices? (?:= )?(\{[^}]*\}|"[^"]*"|\S+))? priority ([^;]+);(?: policy (\w+);)?$/;

/** `type filter hook forward priority filter; policy accept;` */
function baseOf(line: string, family: string): NftObject | null {
  const [, type, hook, , priority = "", policy = "accept"] = heading.exec(line) ?? [];
  const prio = priorityOf(priority, family);
  return type === undefined || prio === null ? null : { type, hook, prio, policy };
}

type Joined = { readonly text: string; readonly taken: number };

/** How many more braces a line opens than it closes, outside strings. */
const opened = (line: string): number =>
  [...line.matchAll(/"[^"]*"|[{}]/g)].reduce(
    (depth, [piece]) => depth + (piece === "{" ? 1 : piece === "}" ? -1 : 0),
    0,
  );

/** Lines from `{` to the `}` that closes it, as one: nft breaks long lists. */
function joined(lines: readonly string[], at: number): Joined | null {
  const parts = [(lines[at] ?? "").trim()];
  let depth = opened(lines[at] ?? "");
  while (depth > 0) {
    const line = lines[at + parts.length];
    if (line === undefined) return null;
    parts.push(line.trim());
    depth += opened(line);
  }
  return { text: parts.join(" "), taken: parts.length };
}

const tableLine = /^table (\w+) (\S+) \{(?: # handle (\d+))?$/;
const innerLine =
  /^(chain|set|map|flowtable|counter|quota|limit|ct helper|synproxy|secmark) (\S+) \{(?: # handle (\d+))?$/;

/** A rule's handle and comment stand at its end. */
function splitRule(line: string): { text: string; handle: number | null } {
  const [, text = line, handle] = /^(.*?)\s*# handle (\d+)$/.exec(line) ?? [];
  return { text, handle: handle === undefined ? null : Number(handle) };
}

type State = {
  readonly rows: NftRow[];
  readonly unread: Unread[];
  table: { family: string; name: string } | null;
  open: Block | null;
};

function openTable(state: State, line: string, at: number): boolean {
  const [, family, name, handle] = tableLine.exec(line) ?? [];
  if (family === undefined || name === undefined) return false;
  state.table = { family, name };
  state.rows.push({
    kind: "table",
    value: { family, name, ...(handle === undefined ? {} : { handle: Number(handle) }) },
    at: { line: at },
  });
  return true;
}

function openBlock(state: State, line: string, at: number): boolean {
  const [, kind = "", name, handle] = innerLine.exec(line) ?? [];
  if (name === undefined || state.table === null) return false;
  const { family, name: table } = state.table;
  const value = {
    family,
    table,
    name,
    ...(handle === undefined ? {} : { handle: Number(handle) }),
  };
  state.open = { kind, value };
  state.rows.push({ kind, value, at: { line: at } });
  return true;
}

/** `elements = { "br1" : jump x, … }` → the JSON of the same. */
function elementsOf(text: string): readonly unknown[] | null {
  const tokens = cutNft(text.replace(/^elements = /, ""));
  if (tokens === null) return null;
  const { values, left } = readStatements.elements(tokens);
  return left === 0 ? values : null;
}

/** `type ipv4_addr . inet_service : verdict` → what `nft -j` says of it in `type` and `map`. */
function typesOf(text: string): { type: unknown; map?: unknown } {
  const [key = "", value] = text.split(" : ");
  const one = (part: string): unknown => {
    const names = part.split(" . ");
    return names.length === 1 ? part : names;
  };
  return value === undefined ? { type: one(key) } : { type: one(key), map: one(value) };
}

const setOptions = /^(flags|size|timeout|gc-interval|policy|auto-merge|typeof|comment|counter)\b/;

function setLine(block: Block, text: string): boolean {
  if (text.startsWith("elements = ")) {
    const elem = elementsOf(text);
    if (elem === null) return false;
    block.value["elem"] = elem;
    return true;
  }
  const [, type] = /^type (.+)$/.exec(text) ?? [];
  if (type !== undefined) {
    Object.assign(block.value, typesOf(type));
    return true;
  }
  const [, flags] = /^flags (.+)$/.exec(text) ?? [];
  if (flags !== undefined) block.value["flags"] = flags.split(",");
  return setOptions.test(text);
}

function chainLine(state: State, block: Block, text: string, at: number): boolean {
  const base = baseOf(text, `${block.value["family"]}`);
  if (base !== null) {
    Object.assign(block.value, base);
    return true;
  }
  if (/^comment "/.test(text) || /^type \w+ hook /.test(text)) return text.startsWith("comment");
  const rule = splitRule(text);
  const tokens = cutNft(rule.text);
  if (tokens === null) return false;
  const { family, table, name: chain } = block.value;
  const { expr, comment } = readStatements.rule(tokens);
  state.rows.push({
    kind: "rule",
    value: {
      family,
      table,
      chain,
      ...(rule.handle === null ? {} : { handle: rule.handle }),
      ...(comment === null ? {} : { comment }),
      expr,
    },
    at: { line: at },
  });
  return true;
}

function bodyLine(state: State, block: Block, text: string, at: number): boolean {
  if (block.kind === "chain") return chainLine(state, block, text, at);
  // Objects that no rule is read through are kept as they are named.
  return block.kind === "set" || block.kind === "map" ? setLine(block, text) : true;
}

function takeLine(state: State, text: string, at: number): boolean {
  if (text === "" || text.startsWith("#")) return true;
  if (text === "}") {
    if (state.open !== null) state.open = null;
    else state.table = null;
    return true;
  }
  if (state.open !== null) return bodyLine(state, state.open, text, at);
  if (state.table === null) return openTable(state, text, at);
  return openBlock(state, text, at) || /^(comment "|flags )/.test(text);
}

/** All ends with the brace of a table: a last line that is none breaks off, and may have been cut. */
const isTornIn = ({ table }: State, text: string, isLast: boolean): boolean =>
  isLast && table !== null && text !== "" && text !== "}";

/** A rule that was cut may look whole: it is kept as it stands. */
function takeTorn(state: State, text: string, at: number): boolean {
  const { open } = state;
  if (open?.kind !== "chain" || /^(?:type|comment) /.test(text)) return false;
  const { family, table, name: chain } = open.value;
  state.rows.push({
    kind: "rule",
    value: { family, table, chain, expr: [{ text }] },
    at: { line: at },
  });
  return true;
}

const opensBlock = (line: string): boolean => tableLine.test(line) || innerLine.test(line);

const readingOf = ({ rows, unread, table }: State, last: Unread): Reading<NftRow> =>
  table === null ? { rows, unread } : { rows, unread, torn: last };

/** `nft list ruleset` or `nft list table`, with or without -a and -s: the same rows as of the JSON. */
export function readNftText(text: string): Reading<NftRow> {
  const state: State = { rows: [], unread: [], table: null, open: null };
  const lines = text.split("\n");
  // A list that is never closed is looked for once, not from each line anew.
  let isTorn = false;
  const last = lines.findLastIndex((line) => line.trim() !== "");
  for (let at = 0; at < lines.length; ) {
    const line = (lines[at] ?? "").trim();
    const isAlone: boolean = isTorn || opensBlock(line) || line === "}";
    const one: Joined = (isAlone ? null : joined(lines, at)) ?? { text: line, taken: 1 };
    isTorn ||= !isAlone && opened(one.text) > 0;
    const take = isTornIn(state, one.text, at + one.taken > last) ? takeTorn : takeLine;
    if (!take(state, one.text, at)) state.unread.push({ at, excerpt: excerpt(line) });
    at += one.taken;
  }
  return readingOf(state, { at: last, excerpt: excerpt((lines[last] ?? "").trim()) });
}
