import type { PastedLine } from "./model";

/** Words of `ip` and of rules, after or before which a line is broken by an editor and not by a terminal's edge. */
const known =
  /^(?:mtu|qdisc|noqueue|master|state|UP|DOWN|UNKNOWN|group|default|qlen|mode|link\/\w+|brd|inet6?|scope|global|host|link|valid_lft|preferred_lft|forever|dynamic|noprefixroute|link-netnsid|pfifo_fast|promiscuity|minmtu|maxmtu|\d+|[0-9a-f]{2}(?::[0-9a-f]{2}){5}|\d+\.\d+\.\d+\.\d+(?:\/\d+)?|<\S+>)$/;

/** Words after which a name comes, that may be any. */
const wantsName = /^(?:master|dev|link-netns|qdisc|state|group|mode|brd|scope|mtu|qlen)$/;

/**
 * Joins a line that was broken with what follows it. `atEdge`: no line of the block is longer, so that a terminal may
 * have broken it, inside a word too; an editor breaks between words. null: what follows is no part of such a line.
 */
export function joined(before: string, after: string, atEdge: boolean): string | null {
  const last = /\S+$/.exec(before)?.[0] ?? "";
  const first = /^\S+/.exec(after)?.[0] ?? "";
  const words = after.trim().split(" ");
  // A sentence of the author's may follow as closely.
  if (/[.!?:]$/.test(after) || (words.length > 1 && !words.some((word) => known.test(word))))
    return null;
  const apart = known.test(last) && known.test(first);
  if (atEdge && !apart) return `${before}${after}`;
  return apart || known.test(first) || wantsName.test(last)
    ? `${before} ${after.trimStart()}`
    : null;
}

/** `    link/ether …` with other white space than `ip` prints is put right by what it begins with. */
const deeper = /^\s+(?:valid_lft|RX|TX|\d[\d\s]*$)/;

/** Lines of `ip` as it indents them: a page may have eaten one space or all, or put a whole block further in. */
export const indented = (lines: readonly PastedLine[]): readonly PastedLine[] =>
  lines.map((line) => {
    const text = line.text.trim();
    if (/^\d+: /.test(text)) return { ...line, text };
    const isDeep = deeper.test(` ${text}`);
    return { ...line, text: `${isDeep ? "       " : "    "}${text}` };
  });
