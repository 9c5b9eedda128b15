import { createHmac, timingSafeEqual } from "node:crypto";
import type { HostKey } from "./fingerprint";

/** One line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). `line` counts from 1. */
export type KnownHost = {
  readonly marker: "none" | "revoked" | "cert-authority";
  /** Hashed name, or patterns between commas, as written. */
  readonly names: string;
  readonly key: HostKey;
  readonly comment: string;
  readonly file: string;
  readonly line: number;
};

const shape = /^(?:@([a-z-]+)[ \t]+)?(\S+)[ \t]+(\S+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+(.*))?$/;

const markers = new Map<string | undefined, KnownHost["marker"]>([
  [undefined, "none"],
  ["revoked", "revoked"],
  ["cert-authority", "cert-authority"],
]);

/** The lines of a file that name a key. What is none of them is skipped, as ssh does. */
export function parseKnownHosts(text: string, file: string): readonly KnownHost[] {
  return text.split("\n").flatMap((raw, at): readonly KnownHost[] => {
    const row = raw.trim();
    if (row === "" || row.startsWith("#")) return [];
    const [, mark, names, type, base64, comment = ""] = shape.exec(row) ?? [];
    const marker = markers.get(mark);
    if (marker === undefined || names === undefined || type === undefined || base64 === undefined)
      return [];
    return [{ marker, names, key: { type, base64 }, comment, file, line: at + 1 }];
  });
}

/** What a host is called in these files: `[host]:port` unless the port is 22; names are lower case. */
export const knownHostsName = (host: string, port: number): string =>
  port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;

/** `|1|salt|HMAC-SHA1(salt, name)`, both in base64 (`HashKnownHosts yes`, Debian's default). */
export const hashedName = (name: string, salt: Buffer): string =>
  `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;

function isHashOf(hashed: string, name: string): boolean {
  const [, version, salt = "", hash = ""] = hashed.split("|");
  if (version !== "1") return false;
  const theirs = Buffer.from(hash, "base64");
  const ours = createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest();
  return theirs.length === ours.length && timingSafeEqual(theirs, ours);
}

/** `*` and `?` only. Not as a regular expression: stars of a hostile file would make one that never ends. */
export function matchesPattern(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let back = 0;
  let place = 0;
  while (place < name.length) {
    const sign = pattern[at];
    if (sign === "*") {
      star = at;
      at += 1;
      back = place;
    } else if (sign === "?" || sign === name[place]) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      at = star + 1;
      back += 1;
      place = back;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

/** A negated pattern that fits rules the line out, whatever else fits. */
export function namesHost(names: string, name: string): boolean {
  if (names.startsWith("|")) return isHashOf(names, name);
  const patterns = names.toLowerCase().split(",");
  const fits = (pattern: string): boolean => matchesPattern(pattern, name);
  return (
    patterns.some((each) => !each.startsWith("!") && fits(each)) &&
    !patterns.some((each) => each.startsWith("!") && fits(each.slice(1)))
  );
}

export type HostKeyVerdict =
  | { readonly status: "known"; readonly by: KnownHost }
  | { readonly status: "unknown" }
  /** Other keys are known for this host. */
  | { readonly status: "changed"; readonly known: readonly KnownHost[] }
  | { readonly status: "revoked"; readonly by: KnownHost };

const isKey =
  (key: HostKey) =>
  (known: KnownHost): boolean =>
    known.key.base64 === key.base64;

/** What a host is called in these files; `bare`: without its port, null where it has none or an alias. */
export type HostNames = {
  readonly exact: string;
  readonly bare: string | null;
  /** What a certificate must name. */
  readonly principal: string;
};

/** An alias (HostKeyAlias) stands for host and port. */
export function hostNames({
  host,
  port,
  keyAlias,
}: {
  readonly host: string;
  readonly port: number;
  readonly keyAlias?: string;
}): HostNames {
  const principal = (keyAlias ?? host).toLowerCase();
  return keyAlias !== undefined || port === 22
    ? { exact: principal, bare: null, principal }
    : { exact: knownHostsName(host, port), bare: principal, principal };
}

/** The lines about a host; ssh also takes those without its port, where none has it. */
export function linesAbout({ exact, bare }: HostNames, all: readonly KnownHost[]) {
  const about = (name: string) => all.filter(({ names }) => namesHost(names, name));
  return { exact: about(exact), bare: bare === null ? [] : about(bare) };
}

/** What the files say about a key that a host showed. A revoked key is never accepted. */
export function judgeHostKey(
  names: HostNames,
  key: HostKey,
  all: readonly KnownHost[],
): HostKeyVerdict {
  const { exact, bare } = linesAbout(names, all);
  const lines = [...exact, ...bare];
  const revoked = lines.find((each) => each.marker === "revoked" && isKey(key)(each));
  if (revoked !== undefined) return { status: "revoked", by: revoked };
  const plain = exact.filter(({ marker }) => marker === "none");
  const same = plain.find(isKey(key));
  if (same !== undefined) return { status: "known", by: same };
  if (plain.length > 0) return { status: "changed", known: plain };
  // Another key of the name without the port denies nothing: it is another server's.
  const beside = bare.find((each) => each.marker === "none" && isKey(key)(each));
  return beside === undefined ? { status: "unknown" } : { status: "known", by: beside };
}

/** Signature algorithms of host keys, the best first; ssh-rsa (SHA-1) only for hosts that have nothing else. */
const offered = [
  ["ssh-ed25519", "ssh-ed25519"],
  ["ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256"],
  ["ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384"],
  ["ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521"],
  ["rsa-sha2-512", "ssh-rsa"],
  ["rsa-sha2-256", "ssh-rsa"],
  ["ssh-rsa", "ssh-rsa"],
] as const;

export type HostKeyAlgorithm = (typeof offered)[number][0];

/** Those of known keys first: else a host that got a key of a better type would look like another host. */
export function hostKeyAlgorithms(
  names: HostNames,
  all: readonly KnownHost[],
  vouched: HostKey | null = null,
): readonly HostKeyAlgorithm[] {
  const { exact, bare } = linesAbout(names, all);
  const lines = exact.some(({ marker }) => marker === "none") ? exact : bare;
  const plain = lines.filter(({ marker }) => marker === "none").map(({ key }) => key);
  const types = new Set((vouched === null ? plain : [vouched]).map(({ type }) => type));
  const isKnown = ([, type]: (typeof offered)[number]): boolean => types.has(type);
  return [...offered.filter(isKnown), ...offered.filter((each) => !isKnown(each))].map(
    ([algorithm]) => algorithm,
  );
}
