import { eui64, macText, type Secret, v6Groups } from "./secrets";

const hex = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
const padded = (groups: readonly string[]): readonly string[] =>
  groups.map((group) => group.padStart(4, "0"));
/** /proc prints words of four bytes as the machine has them: the last byte first. */
const reversed = (bytes: readonly number[]): string =>
  hex(bytes.flatMap((_, at) => bytes[at - (at % 4) + (3 - (at % 4))] ?? 0));

/** The longest run of zero groups left out, as RFC 5952 writes it. */
const compressed = (groups: readonly string[]): string =>
  groups.join(":").replace(/(?:^|:)0(?::0)+(?::|$)/, "::");

const v4Spellings = (bytes: readonly number[]): readonly string[] => {
  const pairs = bytes.map((byte) => hex([byte]));
  return [
    ...[bytes.join("."), bytes.join("-"), bytes.join("_")],
    ...[hex(bytes), reversed(bytes), pairs.join(":"), pairs.join("-")],
    // As the last two groups of an IPv6 address; shorter ones would be found by chance.
    ...[v6Groups(bytes).join(":"), padded(v6Groups(bytes)).join(":")],
  ];
};

const v6Spellings = (bytes: readonly number[]): readonly string[] => {
  const groups = v6Groups(bytes);
  return [
    groups.join(":"),
    padded(groups).join(":"),
    compressed(groups),
    hex(bytes),
    reversed(bytes),
  ];
};

const macSpellings = (bytes: readonly number[]): readonly string[] => {
  const low = v6Groups(eui64(bytes));
  const text = macText(bytes);
  return [
    ...[text, text.replaceAll(":", "-"), text.replaceAll(":", ""), hex(eui64(bytes))],
    ...[low.join(":"), padded(low).join(":")],
    ...[v6Groups(bytes).join(":"), padded(v6Groups(bytes)).join(":")],
  ];
};

/** Every way in which a thing may be written, in lower case. */
const spellings = (secret: Secret): readonly string[] => {
  switch (secret.kind) {
    case "name":
      return [secret.text.toLowerCase()];
    case "mac":
      return macSpellings(secret.bytes);
    case "address":
      return secret.bytes.length === 4 ? v4Spellings(secret.bytes) : v6Spellings(secret.bytes);
  }
};

/** `1.2.3.4` is not in `41.2.3.45`. */
const standsAlone = (text: string, spelling: string): boolean => {
  for (let at = text.indexOf(spelling); at >= 0; at = text.indexOf(spelling, at + 1)) {
    const [before = "", after = ""] = [text[at - 1], text[at + spelling.length]];
    if (!/[0-9a-f]/.test(before) && !/[0-9a-f]/.test(after)) return true;
  }
  return false;
};

/** What to look for: made once for one host, since it is looked for in many texts. */
export type Wanted = ReadonlyMap<string, Secret["kind"]>;

export const wanted = (secrets: readonly Secret[]): Wanted =>
  new Map(
    secrets.flatMap((secret) => spellings(secret).map((each) => [each, secret.kind] as const)),
  );

const window = 8;
const slots = 2 ** 20;

/** Of the eight letters from `at` on: the same for the same letters. */
const hashAt = (text: string, at: number): number => {
  let hash = 0;
  for (let nth = at; nth < at + window; nth++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(nth)) | 0;
  }
  return hash & (slots - 1);
};

/** Whether eight letters may be in a text: hundreds of spellings are looked for in each, and few are near. */
function mayHold(text: string): (spelling: string) => boolean {
  const seen = new Uint8Array(slots);
  for (let at = 0; at + window <= text.length; at++) seen[hashAt(text, at)] = 1;
  return (spelling) => spelling.length < window || seen[hashAt(spelling, 0)] === 1;
}

/** What a text gives away, each with the spelling in which it stands there. */
export const leaksIn = (text: string, secrets: Wanted): readonly string[] => {
  const lower = text.toLowerCase();
  const isNear = mayHold(lower);
  return [...secrets]
    .filter(([spelling]) => isNear(spelling) && lower.includes(spelling))
    .filter(([spelling, kind]) => kind === "name" || standsAlone(lower, spelling))
    .map(([spelling, kind]) => `${kind} ${spelling}`);
};
