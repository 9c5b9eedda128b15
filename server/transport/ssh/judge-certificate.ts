import { type Certificate, certificateOf, isGenuine } from "./certificate";
import { fingerprintOf, type HostKey } from "./fingerprint";
import { type KnownHost, matchesPattern } from "./known-hosts";

/** Why the certificate of a host is not taken. Names are the host's own: hostile text. */
export type NotVouched =
  /** It has none, or none of a type that we know. */
  | { readonly reason: "none" }
  /** `words`: the system's, the server's or the protocol's. */
  | { readonly reason: "not-fetched"; readonly words: string }
  | { readonly reason: "unreadable" }
  /** It is a user's. */
  | { readonly reason: "not-for-hosts" }
  | { readonly reason: "other-authority"; readonly fingerprint: string }
  /** Not of the key that it names, altered, or of an algorithm that is not taken (SHA-1). */
  | { readonly reason: "bad-signature" }
  /** `until`, `from`: ISO 8601. */
  | { readonly reason: "expired"; readonly until: string }
  | { readonly reason: "not-yet"; readonly from: string }
  | { readonly reason: "other-names"; readonly name: string; readonly names: readonly string[] }
  | { readonly reason: "unknown-options"; readonly options: readonly string[] }
  /** It is good, but the host did not show the key that it names. */
  | { readonly reason: "other-key" };

/** `revoked`: full stop, whatever else is known of the host. */
export type CertificateVerdict =
  | { readonly status: "vouched"; readonly key: HostKey; readonly by: KnownHost }
  | { readonly status: "not"; readonly why: NotVouched }
  | { readonly status: "revoked"; readonly key: HostKey; readonly by: KnownHost };

/** `name`: what the host is called, without its port. `lines`: those of known_hosts that are about it. */
export type CertificateCase = {
  readonly name: string;
  readonly lines: readonly KnownHost[];
  readonly now: Date;
};

const not = (why: NotVouched): CertificateVerdict => ({ status: "not", why });

const sameKey = (a: HostKey, b: HostKey): boolean => a.base64 === b.base64;

/**
 * Whether an authority of known_hosts vouches for the key in a host's certificate, by the rules of ssh
 * (sshkey_cert_check_host). As of OpenSSH 10.3: a certificate without names is good for no host, and
 * names may be patterns. That the host holds the key is for the connection to show.
 */
export function judgeCertificate(
  blob: Buffer,
  { name, lines, now }: CertificateCase,
): CertificateVerdict {
  const certificate = certificateOf(blob);
  if (certificate === null) return not({ reason: "unreadable" });
  const { key, authority } = certificate;
  const revoked = lines.find(
    ({ marker, key: line }) =>
      marker === "revoked" && (sameKey(line, key) || sameKey(line, authority)),
  );
  if (revoked !== undefined) return { status: "revoked", key: revoked.key, by: revoked };
  const by = lines.find(
    ({ marker, key: line }) => marker === "cert-authority" && sameKey(line, authority),
  );
  if (by === undefined)
    return not({ reason: "other-authority", fingerprint: fingerprintOf(authority) });
  if (!isGenuine(certificate)) return not({ reason: "bad-signature" });
  const why = invalid(certificate, name, now);
  return why === null ? { status: "vouched", key, by } : not(why);
}

const perSecond = 1000;
/** The last moment that a Date can hold; certificates for ever say 2^64 − 1. */
const lastSecond = 8_640_000_000_000n;

const moment = (seconds: bigint): string =>
  new Date(Number(seconds > lastSecond ? lastSecond : seconds) * perSecond).toISOString();

function invalid(certificate: Certificate, name: string, now: Date): NotVouched | null {
  const { kind, validAfter, validBefore, principals, criticalOptions } = certificate;
  const seconds = BigInt(Math.floor(now.getTime() / perSecond));
  if (kind !== "host") return { reason: "not-for-hosts" };
  if (seconds < validAfter) return { reason: "not-yet", from: moment(validAfter) };
  if (seconds >= validBefore) return { reason: "expired", until: moment(validBefore) };
  if (!principals.some((each) => matchesPattern(each, name)))
    return { reason: "other-names", name, names: principals };
  return criticalOptions.length > 0
    ? { reason: "unknown-options", options: criticalOptions }
    : null;
}
