import { isJsonObject } from "@/lib/facts/json-object";
import { defineProbe, type Reading, type Unread } from "./define";
import { nfTablesInKernel } from "./in-kernel";
import { isJson } from "./json-rows";
import { excerpt } from "./lines";
import type { NftRow } from "./nft-row";
import { readNftText } from "./nft-text";

/**
 * nft says of iptables' rules only that they are there (`{"xt":{"type":"target","name":"DNAT"}}`), so tables that
 * iptables-nft keeps are left to iptables-save: those with its five names, unless a base chain in them is called
 * otherwise than iptables calls its own, or there is no iptables-save. A table whose name is no plain word is
 * never put into a command, since nft reads its arguments as a program; it makes all be listed at once.
 */
const script = (json: string): string =>
  [
    `${nfTablesInKernel} || exit 0`,
    "tables=$(nft list tables) || exit",
    "odd= foreign= tool=$(command -v iptables-nft-save iptables-save)",
    `case $tables in *"ip filter"*|*"ip nat"*|*"ip mangle"*|*"ip raw"*|*"ip security"*|*"ip6 filter"*|*"ip6 nat"*|*"ip6 mangle"*|*"ip6 raw"*|*"ip6 security"*) foreign=$(nft list chains | while read -r first second third rest; do case $first in table) table="$second/$third" ;; chain) chain=$second ;; type) case $chain in PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING) ;; *) echo "$table" ;; esac ;; esac; done) ;; esac`,
    "set -f",
    "set -- $tables",
    "wanted=",
    `while test $# -ge 3; do case $1$2$3 in *[!A-Za-z0-9_.-]*) odd=yes ;; esac; case "$tool $2/$3" in " "*) wanted="$wanted $2 $3" ;; *" ip/filter"|*" ip/nat"|*" ip/mangle"|*" ip/raw"|*" ip/security"|*" ip6/filter"|*" ip6/nat"|*" ip6/mangle"|*" ip6/raw"|*" ip6/security") case " $foreign " in *[[:space:]]"$2/$3"[[:space:]]*) wanted="$wanted $2 $3" ;; esac ;; *) wanted="$wanted $2 $3" ;; esac; shift 3; done`,
    `if test -n "$odd"; then exec nft ${json}list ruleset; fi`,
    "set -- $wanted",
    ...(json === ""
      ? [`while test $# -ge 2; do nft -a list table "$1" "$2" || failed=1; shift 2; done`]
      : [
          "comma=[",
          `while test $# -ge 2; do echo "$comma"; nft ${json}list table "$1" "$2" || { failed=1; echo "{}"; }; comma=,; shift 2; done`,
          'test "$comma" = [ || echo "]"',
        ]),
    'test -z "$failed"',
  ].join("; ");

/** `{"rule": {…}}` → a row; metainfo holds nothing. */
function rowOf(element: unknown, path: readonly (string | number)[]): NftRow | null | undefined {
  if (!isJsonObject(element)) return null;
  const [entry, ...others] = Object.entries(element);
  if (entry === undefined || others.length > 0) return null;
  const [kind, value] = entry;
  if (kind === "metainfo") return undefined;
  return isJsonObject(value) ? { kind, value, at: { path: [...path, kind] } } : null;
}

const shortOf = (value: unknown): string => excerpt(JSON.stringify(value) ?? "");

type Pile = { readonly rows: NftRow[]; readonly unread: Unread[] };

/** `before`: the path that leads to this ruleset. */
function takeRuleset(ruleset: unknown, before: readonly (string | number)[], pile: Pile): void {
  // A table that was gone when it was asked about.
  if (isJsonObject(ruleset) && Object.keys(ruleset).length === 0) return;
  const elements = isJsonObject(ruleset) ? ruleset["nftables"] : undefined;
  if (!Array.isArray(elements)) {
    pile.unread.push({ at: Number(before[0] ?? 0), excerpt: shortOf(ruleset) });
    return;
  }
  for (const [at, element] of elements.entries()) {
    const row = rowOf(element, [...before, "nftables", at]);
    if (row === null) pile.unread.push({ at, excerpt: shortOf(element) });
    else if (row !== undefined) pile.rows.push(row);
  }
}

/** One ruleset, or a list of them. */
function readRuleset(whole: unknown): Reading<NftRow> {
  const pile: Pile = { rows: [], unread: [] };
  if (!Array.isArray(whole)) takeRuleset(whole, [], pile);
  else for (const [at, each] of whole.entries()) takeRuleset(each, [at], pile);
  return pile;
}

/**
 * The elements of a ruleset that breaks off: each object two levels down that is whole. A string may hold
 * braces, so they are counted outside strings only.
 */
export function salvage(text: string): readonly unknown[] {
  const whole: unknown[] = [];
  const piece = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}]/g;
  // `{"nftables": [` opens the first level, in a list of tables too.
  let depth = 0;
  let begin = 0;
  for (const { 0: found, index } of text.matchAll(piece)) {
    if (found === "{") {
      depth += 1;
      if (depth === 2) begin = index;
    } else if (found === "}") {
      if (depth === 2) whole.push(parsed(text.slice(begin, index + 1)));
      depth = Math.max(0, depth - 1);
    }
  }
  return whole;
}

/** Counters go to 2^64: what a number would round stays as it is written. Only then, since it is slow. */
function exact(
  this: unknown,
  _key: string,
  value: unknown,
  context?: { source?: string },
): unknown {
  const isRounded = typeof value === "number" && !Number.isSafeInteger(value);
  return isRounded ? (context?.source ?? value) : value;
}

function parsed(text: string): unknown {
  try {
    return /\d{16}/.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A string or a bracket is open at its end; what is not JSON for another reason does not break off. */
function breaksOff(text: string): boolean {
  let depth = 0;
  for (const [found] of text.matchAll(/"(?:[^"\\]*(?:\\[\s\S][^"\\]*)*"|)|[[\]{}]/g)) {
    if (found === '"') return true;
    if (found === "{" || found === "[") depth += 1;
    if (found === "}" || found === "]") depth -= 1;
  }
  return depth > 0;
}

function readNftJson(stdout: string): Reading<NftRow> {
  if (stdout.trim() === "") return { rows: [], unread: [] };
  const whole = parsed(stdout);
  if (whole !== undefined) return readRuleset(whole);
  const { rows, unread } = readRuleset({ nftables: salvage(stdout) });
  const end = { at: rows.length, excerpt: excerpt(stdout.slice(-100)) };
  return { rows, unread: [...unread, end], ...(breaksOff(stdout) ? { torn: end } : {}) };
}

/** Docker 29 with its nftables backend, firewalld, netavark, a person's own: what iptables-save does not see. */
export const nftRuleset = defineProbe<NftRow>({
  name: "nft-ruleset",
  scope: "rules",
  ask: { kind: "script", script: script("-j ") },
  otherwise: [
    // nft without libjansson: "JSON support not compiled-in".
    { unless: "nft -j list tables", ask: { kind: "script", script: script("") } },
  ],
  right: "root",
  why: "native nftables: Docker 29's own backend, firewalld, netavark, rules made by hand",
  parse: ({ stdout }) => (isJson(stdout) ? readNftJson(stdout) : readNftText(stdout)),
});
