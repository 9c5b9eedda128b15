import { createHash } from "node:crypto";

/** A public key as it crosses the wire (RFC 4253, 6.6), in base64 as files hold it. */
export type HostKey = {
  /** `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`; for people, and the key names it itself. */
  readonly type: string;
  readonly base64: string;
};

const nameFields = 4;

/** The type that a key blob begins with; empty: it is no key. */
function keyTypeOf(blob: Buffer): string {
  if (blob.length < nameFields) return "";
  const length = blob.readUInt32BE(0);
  const name = blob.subarray(nameFields, nameFields + length).toString("latin1");
  return name.length === length && /^[a-z0-9@.-]+$/i.test(name) ? name : "";
}

export const hostKeyOf = (blob: Buffer): HostKey => ({
  type: keyTypeOf(blob),
  base64: blob.toString("base64"),
});

/** `SHA256:…` without padding, as `ssh-keygen -lf` and `ssh` print it. */
export const fingerprintOf = ({ base64 }: HostKey): string => {
  const digest = createHash("sha256").update(Buffer.from(base64, "base64")).digest("base64");
  return `SHA256:${digest.replace(/=+$/, "")}`;
};

const md5Of = ({ base64 }: HostKey): string =>
  createHash("md5")
    .update(Buffer.from(base64, "base64"))
    .digest("hex")
    .replace(/..(?=.)/g, "$&:");

/** What a pasted line says about a key. none: it holds no fingerprint at all. */
export type Comparison = "same" | "other" | "none";

/**
 * Compares a key with what a person pasted: lines of `ssh-keygen -lf` (of all host keys, in any order),
 * a fingerprint alone (SHA256 or MD5), or a public key itself. One line that is the same is enough: a
 * host has one key of each type.
 */
export function compareWithPasted(pasted: string, key: HostKey): Comparison {
  const sha: readonly string[] = pasted.match(/SHA256:[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])/g) ?? [];
  const md5 = Array.from(
    pasted.matchAll(/(?:MD5:|(?<![0-9a-f:]))((?:[0-9a-f]{2}:){15}[0-9a-f]{2})(?![0-9a-f:])/gi),
    ([, digits = ""]) => digits.toLowerCase(),
  );
  const keys: readonly string[] = pasted.match(/AAAA[A-Za-z0-9+/]{20,}={0,2}/g) ?? [];
  if (sha.length + md5.length + keys.length === 0) return "none";
  const same =
    sha.includes(fingerprintOf(key)) || md5.includes(md5Of(key)) || keys.includes(key.base64);
  return same ? "same" : "other";
}
