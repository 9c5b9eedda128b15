import type { Action, Deed } from "./actions";
import { targetOf } from "./iptables-actions";
import { type Around, moduleOf, optionOf } from "./iptables-matches";
import { quotedText } from "./iptables-words";
import type { Match } from "./matches";

type Part = Match | Action;

/** Goes through the words of one rule, and keeps what stands before them. */
type Cursor = {
  readonly words: readonly string[];
  readonly family: "ip" | "ip6";
  readonly hasChain: (name: string) => boolean;
  readonly parts: Part[];
  /** Of the module that is open, options that are only read together. */
  unread: string[];
  module: string | null;
  at: number;
};

function closeModule(cursor: Cursor): void {
  const { unread, module, parts } = cursor;
  if (unread.length === 0) return;
  const negated = unread[0] === "!" && module === "ipvs";
  const text = (negated ? unread.slice(1) : unread).join(" ");
  parts.push({ part: "match", negated, ...moduleOf(module, text) });
  cursor.unread = [];
}

const asPrinted = (word: string): string =>
  word.startsWith("-") || /^[^\s"'\\]+$/.test(word) ? word : quotedText(word);

/** `-m x`, and what stands between it and the next option. */
function openModule(cursor: Cursor): void {
  closeModule(cursor);
  cursor.module = cursor.words[cursor.at + 1] ?? null;
  cursor.at += 2;
}

function takeTarget(cursor: Cursor, option: string): void {
  closeModule(cursor);
  const [name = "", ...rest] = cursor.words.slice(cursor.at + 1);
  const deed: Deed =
    option === "-g" && rest.length === 0
      ? { kind: "goto", chain: name }
      : targetOf(name, rest, cursor.hasChain);
  cursor.parts.push({ part: "action", ...deed });
  cursor.at = cursor.words.length;
}

/** An option that says something by itself. false: it does not. */
function takeOption(cursor: Cursor, negated: boolean): boolean {
  const { words, family, module } = cursor;
  const at = cursor.at + (negated ? 1 : 0);
  const name = words[at] ?? "";
  const isPlain = !name.startsWith("--");
  const around: Around = { family, module: isPlain ? null : module };
  const option = optionOf(name, around.module);
  if (option === null || at + option.words >= words.length) return false;
  // Before iptables 1.4.3 the `!` stood behind the option.
  const isOld = words[at + 1] === "!" && option.words > 0;
  const first = at + (isOld ? 2 : 1);
  const condition = option.read(words.slice(first, first + option.words), around);
  if (condition === null) return false;
  closeModule(cursor);
  if (isPlain) cursor.module = null;
  cursor.parts.push({ part: "match", negated: negated || isOld, ...condition });
  cursor.at = first + option.words;
  return true;
}

/** `addrtype --dst-type LOCAL --limit-iface-in` narrows what was asked just before. */
function takeLimit(cursor: Cursor): boolean {
  const word = cursor.words[cursor.at];
  const last = cursor.parts.at(-1);
  if (last?.part !== "match" || last.kind !== "address-type") return false;
  if (word !== "--limit-iface-in" && word !== "--limit-iface-out") return false;
  const from = word === "--limit-iface-in" ? "in" : "out";
  cursor.parts[cursor.parts.length - 1] = { ...last, from };
  cursor.at += 1;
  return true;
}

function takeNext(cursor: Cursor): void {
  const word = cursor.words[cursor.at] ?? "";
  if (word === "-m") openModule(cursor);
  else if (word === "-j" || word === "-g") takeTarget(cursor, word);
  else if (!takeLimit(cursor) && !takeOption(cursor, word === "!")) {
    cursor.unread.push(asPrinted(word));
    cursor.at += 1;
  }
}

/** The words of a rule, after `-A CHAIN`, as parts in their order. Whatever is not understood is in an opaque one. */
export function readIptablesRule(
  words: readonly string[],
  family: "ip" | "ip6",
  hasChain: (name: string) => boolean,
): readonly Part[] {
  const cursor: Cursor = {
    words,
    family,
    hasChain,
    parts: [],
    unread: [],
    module: null,
    at: 0,
  };
  while (cursor.at < words.length) takeNext(cursor);
  closeModule(cursor);
  return cursor.parts;
}
