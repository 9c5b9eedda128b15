import { type HostKey, hostKeyOf } from "./fingerprint";
import { isSignedBy } from "./signed-by";
import { type Fields, fieldsOf, packedTexts, stringField } from "./ssh-fields";

/** What a certificate of OpenSSH says (its PROTOCOL.certkeys); nothing of it is verified yet but its form. */
export type Certificate = {
  /** The host's plain key, which the certificate is about. */
  readonly key: HostKey;
  readonly kind: "host" | "user" | "other";
  /** Names of hosts, or patterns with `*` and `?`. */
  readonly principals: readonly string[];
  /** Seconds since the epoch; valid from the first of them to the last before the second. */
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  /** Names of options that whoever does not know them must refuse. */
  readonly criticalOptions: readonly string[];
  readonly authority: HostKey;
  /** What the authority signed, and how. */
  readonly signed: Buffer;
  readonly signature: Buffer;
};

/** Key types and how many fields the key itself has in the certificate. */
const plainTypes: ReadonlyMap<string, { readonly type: string; readonly fields: number }> = new Map(
  [
    ["ssh-ed25519-cert-v01@openssh.com", { type: "ssh-ed25519", fields: 1 }],
    ["ecdsa-sha2-nistp256-cert-v01@openssh.com", { type: "ecdsa-sha2-nistp256", fields: 2 }],
    ["ecdsa-sha2-nistp384-cert-v01@openssh.com", { type: "ecdsa-sha2-nistp384", fields: 2 }],
    ["ecdsa-sha2-nistp521-cert-v01@openssh.com", { type: "ecdsa-sha2-nistp521", fields: 2 }],
    ["ssh-rsa-cert-v01@openssh.com", { type: "ssh-rsa", fields: 2 }],
  ],
);

const kinds: Readonly<Record<number, Certificate["kind"]>> = { 1: "user", 2: "host" };

/** null: it is no certificate that we know, or not whole. */
export function certificateOf(blob: Buffer): Certificate | null {
  try {
    return readCertificate(blob);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readCertificate(blob: Buffer): Certificate | null {
  const fields = fieldsOf(blob);
  const plain = plainTypes.get(fields.text());
  if (plain === undefined) return null;
  // The nonce makes what is signed unforeseeable; it says nothing.
  fields.bytes();
  const parts = Array.from({ length: plain.fields }, () => fields.bytes());
  const key = Buffer.concat([plain.type, ...parts].map(stringField));
  // The serial number.
  fields.uint64();
  const kind = kinds[fields.uint32()] ?? "other";
  // The key id, for logs.
  fields.bytes();
  const principals = packedTexts(fields.bytes());
  const validAfter = fields.uint64();
  const validBefore = fields.uint64();
  const criticalOptions = optionNames(fields.bytes());
  // Extensions (none is for hosts) and what is reserved.
  fields.bytes();
  fields.bytes();
  return {
    ...{ key: hostKeyOf(key), kind, principals, validAfter, validBefore, criticalOptions },
    ...signatureOf(fields, blob),
  };
}

function signatureOf(fields: Fields, blob: Buffer) {
  const authority = hostKeyOf(fields.bytes());
  const signed = blob.subarray(0, fields.at());
  const signature = fields.bytes();
  // Bytes that nobody signed.
  if (!fields.ended()) throw new RangeError("something stands behind the signature");
  return { authority, signed, signature };
}

/** Names and data take turns. */
const optionNames = (packed: Buffer): readonly string[] =>
  packedTexts(packed).filter((_, place) => place % 2 === 0);

/** Whether the authority that a certificate names really signed it. */
export const isGenuine = ({ authority, signed, signature }: Certificate): boolean =>
  isSignedBy(authority, signed, signature);
