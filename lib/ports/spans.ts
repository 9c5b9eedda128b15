import type { IpAddress } from "@/lib/net/ip-address";
import { bytesOf } from "@/lib/netfilter/bytes-of";

/** Addresses of one family, as numbers, both ends among them. */
export type Span = { readonly first: bigint; readonly last: bigint };

export const numberOf = (bytes: IpAddress): bigint =>
  bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

export const bytesAt = (number: bigint, length: number): IpAddress =>
  Array.from({ length }, (_, nth) => Number((number >> BigInt(8 * (length - 1 - nth))) & 255n));

/** IPv6 in full: eight groups. */
export const textOf = (bytes: IpAddress): string =>
  bytes.length === 4
    ? bytes.join(".")
    : Array.from({ length: 8 }, (_, nth) =>
        (((bytes[nth * 2] ?? 0) << 8) | (bytes[nth * 2 + 1] ?? 0)).toString(16),
      ).join(":");

/** `prefix` in bits; host bits may be set. */
export function spanOf(bytes: IpAddress, prefix: number): Span {
  const rest = BigInt(bytes.length * 8 - prefix);
  const first = (numberOf(bytes) >> rest) << rest;
  return { first, last: first + (1n << rest) - 1n };
}

/** `10.0.0.0/8`. Throws on what is no prefix: for those written in the code. */
export function spanIn(text: string): Span {
  const [address = "", prefix = ""] = text.split("/");
  const bytes = bytesOf(address);
  if (bytes === null) throw new Error(`no prefix: ${text}`);
  return spanOf(bytes, Number(prefix));
}

export const covers = (wide: Span, { first, last }: Span): boolean =>
  wide.first <= first && last <= wide.last;

const meets = (a: Span, b: Span): boolean => a.first <= b.last && b.first <= a.last;

const sizeOf = ({ first, last }: Span): bigint => last - first;

/** A stretch between two ends of spans: all addresses of it are in the same ones, `within` by their place. */
export type Stretch = Span & { readonly within: ReadonlySet<number> };

type End = { readonly at: bigint; readonly nth: number; readonly opens: boolean };

/** `area`, cut wherever one of the groups of spans begins or ends. */
export function stretches(area: Span, groups: readonly (readonly Span[])[]): readonly Stretch[] {
  const ends = groups.flatMap((spans, nth) =>
    spans
      .filter((span) => meets(span, area))
      .flatMap(({ first, last }): readonly End[] => [
        { at: first < area.first ? area.first : first, nth, opens: true },
        { at: (last > area.last ? area.last : last) + 1n, nth, opens: false },
      ]),
  );
  ends.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const found: Stretch[] = [];
  // Spans of one group may overlap.
  const open = new Map<number, number>();
  let from = area.first;
  const close = (to: bigint): void => {
    if (to > from) found.push({ first: from, last: to - 1n, within: new Set(open.keys()) });
    from = to;
  };
  for (const { at, nth, opens } of ends) {
    if (at > from) close(at);
    const depth = (open.get(nth) ?? 0) + (opens ? 1 : -1);
    if (depth === 0) open.delete(nth);
    else open.set(nth, depth);
  }
  close(area.last + 1n);
  return found;
}

/** The widest first. */
export const bySize = (a: Span, b: Span): number => {
  const [left, right] = [sizeOf(a), sizeOf(b)];
  return left > right ? -1 : left < right ? 1 : 0;
};
