import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { HostKey } from "./fingerprint";
import { fieldsOf } from "./ssh-fields";

type Algorithm = {
  readonly keyType: string;
  /** null: the algorithm brings its own. */
  readonly hash: string | null;
  readonly key: (blob: Buffer) => KeyObject | null;
  /** The signature as OpenSSL wants it. */
  readonly form: (signature: Buffer, key: KeyObject) => Buffer;
};

const base64url = (bytes: Buffer): string => bytes.toString("base64url");

function ed25519Key(blob: Buffer): KeyObject {
  const fields = fieldsOf(blob);
  fields.bytes();
  const x = base64url(fields.bytes());
  return createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
}

/** ssh takes no shorter one for a signature. */
const shortestRsa = 1024;

function rsaKey(blob: Buffer): KeyObject | null {
  const fields = fieldsOf(blob);
  fields.bytes();
  const e = base64url(fields.bytes());
  const n = base64url(unsigned(fields.bytes()));
  const key = createPublicKey({ format: "jwk", key: { kty: "RSA", e, n } });
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) < shortestRsa ? null : key;
}

/** An mpint has a zero before a first bit that is set. */
const unsigned = (mpint: Buffer): Buffer => (mpint[0] === 0 ? mpint.subarray(1) : mpint);

const padded = (bytes: Buffer, length: number): Buffer => {
  if (bytes.length > length) throw new RangeError("longer than its key allows");
  return Buffer.concat([Buffer.alloc(length - bytes.length), bytes]);
};

const uncompressed = 4;

function ecdsa(curve: string, crv: string, hash: string, size: number): [string, Algorithm] {
  const keyType = `ecdsa-sha2-${curve}`;
  const key = (blob: Buffer): KeyObject | null => {
    const fields = fieldsOf(blob);
    fields.bytes();
    const named = fields.text();
    const point = fields.bytes();
    if (named !== curve || point[0] !== uncompressed || point.length !== 1 + 2 * size) return null;
    const x = base64url(point.subarray(1, 1 + size));
    const y = base64url(point.subarray(1 + size));
    return createPublicKey({ format: "jwk", key: { kty: "EC", crv, x, y } });
  };
  const form = (signature: Buffer): Buffer => {
    const fields = fieldsOf(signature);
    const halves = [fields.bytes(), fields.bytes()].map((half) => padded(unsigned(half), size));
    if (!fields.ended()) throw new RangeError("more than two numbers");
    return Buffer.concat(halves);
  };
  return [keyType, { keyType, hash, key, form }];
}

function rsa(name: string, hash: string): [string, Algorithm] {
  const form = (signature: Buffer, key: KeyObject): Buffer =>
    padded(signature, Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8));
  return [name, { keyType: "ssh-rsa", hash, key: rsaKey, form }];
}

/** ssh's CASignatureAlgorithms: not SHA-1 (`ssh-rsa`), and no hardware keys (`sk-…`), which we do not verify. */
const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  [
    "ssh-ed25519",
    { keyType: "ssh-ed25519", hash: null, key: ed25519Key, form: (signature) => signature },
  ],
  ecdsa("nistp256", "P-256", "sha256", 32),
  ecdsa("nistp384", "P-384", "sha384", 48),
  ecdsa("nistp521", "P-521", "sha512", 66),
  rsa("rsa-sha2-512", "sha512"),
  rsa("rsa-sha2-256", "sha256"),
]);

const outOfRange = (error: unknown): boolean =>
  error instanceof RangeError ||
  // What OpenSSL and Node say of numbers that are no key.
  (error instanceof Error && "code" in error && /^ERR_(OSSL|CRYPTO|INVALID)/.test(`${error.code}`));

/** Whether `signature` (RFC 4253, 6.6: algorithm and bytes) over `signed` is one by `key`; false where it is none at all. */
export function isSignedBy(key: HostKey, signed: Buffer, signature: Buffer): boolean {
  try {
    const fields = fieldsOf(signature);
    const algorithm = algorithms.get(fields.text());
    const bytes = fields.bytes();
    if (algorithm === undefined || algorithm.keyType !== key.type || !fields.ended()) return false;
    const made = algorithm.key(Buffer.from(key.base64, "base64"));
    if (made === null) return false;
    return verify(
      algorithm.hash,
      signed,
      { key: made, dsaEncoding: "ieee-p1363" },
      algorithm.form(bytes, made),
    );
  } catch (error) {
    if (outOfRange(error)) return false;
    throw error;
  }
}
