import { visible } from "@/lib/graph/names";
import { type Cidr, cidr, type IpAddress, ipAddress } from "@/lib/net/ip-address";
import { type Field, fieldWords } from "./fields";

/** A value of a query, understood. */
export type Wanted =
  /** Somewhere in it; `text` is folded. */
  | { readonly by: "part"; readonly text: string }
  /** One of the kernel's or the engine's words. */
  | { readonly by: "words"; readonly words: readonly string[] }
  /** From first to last, both included. `protocol` null: any. */
  | {
      readonly by: "numbers";
      readonly first: number;
      readonly last: number;
      readonly protocol: string | null;
    }
  | { readonly by: "address"; readonly address: IpAddress }
  | { readonly by: "cidr"; readonly cidr: Cidr }
  /** From first to last, both included, of one family. */
  | { readonly by: "addresses"; readonly first: IpAddress; readonly last: IpAddress }
  /** Hexadecimal digits of a MAC address, with nothing between them. */
  | { readonly by: "digits"; readonly digits: string };

/**
 * Text as it is compared: as the page shows it, without regard to case. What a name hides (a bidi mark)
 * is found by what the page shows in its place, and by itself.
 */
export const folded = (text: string): string => visible(text).toLowerCase();

const numbers = (text: string): Wanted | null => {
  const found = /^(\d{1,10})(?:-(\d{1,10}))?(?:\/([a-z]+))?$/.exec(text.toLowerCase());
  if (found === null) return null;
  const first = Number(found[1]);
  const last = Number(found[2] ?? found[1]);
  return first <= last ? { by: "numbers", first, last, protocol: found[3] ?? null } : null;
};

const between = (text: string): Wanted | null => {
  const [first, last, ...more] = text.split("-").map(ipAddress);
  if (!first || !last || more.length > 0 || first.length !== last.length) return null;
  return { by: "addresses", first, last };
};

const isByteOrLess = (part: string): boolean => /^\d{0,3}$/.test(part) && Number(part) < 256;

/** `172.30`, `fd00:`: the beginning of an address. */
const isBeginning = (text: string): boolean =>
  /^[0-9a-f]*:[0-9a-f:]*$/i.test(text)
    ? text.length < 40
    : text.split(".").length <= 4 && text.split(".").every(isByteOrLess);

const address = (text: string): Wanted | null => {
  const prefix = cidr(text);
  if (prefix !== null) return { by: "cidr", cidr: prefix };
  const whole = ipAddress(text);
  if (whole !== null) return { by: "address", address: whole };
  return between(text) ?? (isBeginning(text) ? { by: "part", text: text.toLowerCase() } : null);
};

const separators = /[:.\-\s]/g;

/** Any spelling: `02:42:ac:11:00:02`, `02-42-ac-11-00-02`, `0242.ac11.0002`, or a part of one. */
const mac = (text: string): Wanted | null => {
  const digits = text.replace(separators, "").toLowerCase();
  return /^[0-9a-f]{1,12}$/.test(digits) ? { by: "digits", digits } : null;
};

/** A word, or the beginning of some: one types no further than needed. */
const oneOf =
  (all: readonly string[]) =>
  (text: string): Wanted | null => {
    const typed = text.toLowerCase();
    const words = all.includes(typed) ? [typed] : all.filter((word) => word.startsWith(typed));
    return words.length === 0 ? null : { by: "words", words };
  };

/** `net:[4026532567]`, as the kernel names a namespace, is its number. */
const netns = (text: string): Wanted => ({
  by: "part",
  text: folded(/^net:\[(\d+)\]$/.exec(text)?.[1] ?? text),
});

const part = (text: string): Wanted => ({ by: "part", text: folded(text) });

const readers: Readonly<Partial<Record<Field, (text: string) => Wanted | null>>> = {
  ip: address,
  mac,
  netns,
  ifindex: numbers,
  port: numbers,
  state: oneOf(fieldWords.state),
  kind: oneOf(fieldWords.kind),
  proof: oneOf(fieldWords.proof),
};

/** What a value of a field means. null: the field takes no such value. */
export const wantedBy = (field: Field, text: string): Wanted | null =>
  (readers[field] ?? part)(text);

const looksLikeMac = (text: string): boolean =>
  /^[0-9a-f:.-]+$/i.test(text) &&
  /^(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){0,4}[0-9a-f]{1,2}|[0-9a-f]{4}[.][0-9a-f]{4}([.][0-9a-f]{4})?|[0-9a-f]{12})$/i.test(
    text,
  );

/** What a word may mean besides its letters: an address or a prefix in another spelling, a MAC address. */
export const meanings = (word: string): readonly Wanted[] => {
  const prefix = cidr(word);
  const whole = ipAddress(word);
  const hardware = looksLikeMac(word) ? mac(word) : null;
  return [
    ...(prefix === null ? [] : [{ by: "cidr" as const, cidr: prefix }]),
    ...(whole === null ? [] : [{ by: "address" as const, address: whole }]),
    ...(hardware === null ? [] : [hardware]),
  ];
};

/** A whole IPv6 or MAC address begins like a field: `fe:`. */
export const isAddress = (word: string): boolean =>
  meanings(word).length > 0 || /^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,}$/i.test(word);
