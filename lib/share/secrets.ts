/** Something that may not be found in what leaves. Names and numbers have at least eight letters. */
export type Secret =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "mac"; readonly bytes: readonly number[] }
  /** isPublic: an address of the internet. */
  | { readonly kind: "address"; readonly bytes: readonly number[]; readonly isPublic: boolean };

/** Seeded, so that a host that gives something away can be made again (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
}

const hex2 = (byte: number): string => byte.toString(16).padStart(2, "0");
export const macText = (bytes: readonly number[]): string => bytes.map(hex2).join(":");
export const v6Groups = (bytes: readonly number[]): readonly string[] =>
  Array.from({ length: bytes.length / 2 }, (_, nth) =>
    ((((bytes[2 * nth] ?? 0) << 8) | (bytes[2 * nth + 1] ?? 0)) >>> 0).toString(16),
  );
export const textOf = (bytes: readonly number[]): string =>
  bytes.length === 4 ? bytes.join(".") : v6Groups(bytes).join(":");

/** The lower half of an address that is made of a MAC (RFC 4291 appendix A). */
export const eui64 = ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[]) => [
  ...[a ^ 2, b, c, 0xff, 0xfe, d, e, f],
];

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Makes identifiers and remembers them. */
export function maker(seed: number) {
  const die = dice(seed);
  const secrets: Secret[] = [];
  const byte = () => 1 + die(250);
  const word = (length = 10): string => {
    const text = Array.from({ length }, () => letters[die(letters.length)]).join("");
    secrets.push({ kind: "name", text });
    return text;
  };
  const digits = (length: number): string => {
    const text = Array.from({ length }, () => die(16).toString(16)).join("");
    secrets.push({ kind: "name", text: text.slice(0, 12) });
    return text;
  };
  const inode = (): number => {
    const number = 1_000_000_000 + die(3_000_000_000);
    secrets.push({ kind: "name", text: `${number}` });
    return number;
  };
  const address = (bytes: readonly number[], isPublic: boolean): string => {
    secrets.push({ kind: "address", bytes, isPublic });
    return textOf(bytes);
  };
  const mac = (bytes: readonly number[]): string => {
    secrets.push({ kind: "mac", bytes });
    return macText(bytes);
  };
  return { die, byte, word, digits, inode, address, mac, secrets };
}

export type Maker = ReturnType<typeof maker>;

/** Bytes of an address of the internet, of one that anybody may have. */
export const publicV4 = ({ byte, die }: Maker) => [
  [45, 91, 185][die(3)] ?? 45,
  byte(),
  byte(),
  byte(),
];
export const privateNet = ({ byte, die }: Maker) =>
  die(2) === 0 ? [10, byte(), byte()] : [172, 16 + die(16), byte()];
export const publicNet6 = ({ byte }: Maker) => [
  0x2a,
  byte(),
  byte(),
  byte(),
  byte(),
  byte(),
  byte(),
  byte(),
];
export const privateNet6 = ({ byte }: Maker) => [
  0xfd,
  byte(),
  byte(),
  byte(),
  byte(),
  byte(),
  byte(),
  byte(),
];
