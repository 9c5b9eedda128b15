/** `0100007F` → `127.0.0.1`: /proc/net prints each 32-bit word of an address as this machine keeps it, low byte first. */
export const ipv4OfHex = (hex: string): string =>
  (hex.match(/../g) ?? [])
    .toReversed()
    .map((each) => Number.parseInt(each, 16))
    .join(".");

/** The groups of an address in the order in which it is sent, as if_inet6 alone prints it; leading zeros left out. */
export const ipv6Groups = (hex: string): readonly string[] =>
  (hex.match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16));

/** Four such words → as RFC 5952 writes it (`::1`, `::ffff:10.0.0.1`). */
export function ipv6OfHex(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).toReversed(),
  );
  const groups = ipv6Groups(bytes.join(""));
  const isMapped = groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  if (isMapped) {
    const last = bytes.slice(12).map((byte) => Number.parseInt(byte, 16));
    return `::ffff:${last.join(".")}`;
  }
  return shortened(groups);
}

/** The longest run of at least two zero groups, the first of equal ones, becomes `::`. */
function shortened(groups: readonly string[]): string {
  const runs = [...groups.join(":").matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)];
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined,
  );
  const text = groups.join(":");
  if (longest === undefined) return text;
  const before = text.slice(0, longest.index).replace(/:$/, "");
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, "");
  return `${before}::${after}`;
}
