import type { Reading } from "./define";
import { readLines } from "./lines";

/** A route as the kernel has it; `at` counts elements of JSON, or lines of text. */
export type IpRoute = {
  readonly family: "inet" | "inet6";
  readonly to: string;
  readonly type: string;
  readonly via: string | null;
  readonly dev: string | null;
  readonly table: string;
  readonly at: number;
};

const types = new Set([
  ...["unicast", "local", "broadcast", "multicast", "anycast", "throw", "unreachable"],
  ...["prohibit", "blackhole", "nat"],
]);

/** What may stand in the place of a destination: `default`, or an address with or without its length. */
const destination = /^(default|[0-9.]+(\/\d+)?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(\/\d+)?)$/;

const after = (words: readonly string[], name: string): string | null => {
  const place = words.indexOf(name);
  return place === -1 ? null : (words[place + 1] ?? null);
};

/** `via inet6 fe80::1`: a gateway of the other family is named with its family. */
function gatewayOf(words: readonly string[]): string | null {
  const first = after(words, "via");
  return first === "inet" || first === "inet6" ? after(words, first) : first;
}

/** ip prints `pref` (router preference, RFC 4191) for IPv6 routes only: it tells two `default` apart. */
const isInet6 = (to: string, via: string | null, words: readonly string[]): boolean =>
  to.includes(":") || via?.includes(":") === true || words.includes("pref");

/**
 * Reads `ip route`, of iproute2 and BusyBox, with or without -d and `table all`. The ways of a multipath
 * route stand on lines of their own below it and are not told apart from it.
 */
export const readIpRouteText = (text: string): Reading<IpRoute> =>
  readLines(text, (line, at) => {
    if (/^\s+nexthop /.test(line)) return undefined;
    const [first = "", ...more] = line.trim().split(/\s+/);
    const typed = types.has(first);
    const [to = "", ...words] = typed ? more : [first, ...more];
    if (!destination.test(to)) return null;
    const via = gatewayOf(words);
    return {
      family: isInet6(to, via, words) ? "inet6" : "inet",
      to,
      type: typed ? first : "unicast",
      via,
      dev: after(words, "dev"),
      table: after(words, "table") ?? "main",
      at,
    };
  });
