import type { MessageKey } from "@/lib/messages/keys";

/** Why an engine was not reached over TCP. `words`: the system's or the engine's own. */
export type EngineTrouble =
  | { readonly reason: "name-not-found" }
  | { readonly reason: "refused" }
  | { readonly reason: "unreachable"; readonly words: string }
  | { readonly reason: "timed-out"; readonly ms: number }
  /** What listens there does not speak TLS. */
  | { readonly reason: "no-tls"; readonly words: string }
  /** Its certificate is of no authority that is known here, expired, or for another host. Nothing was sent. */
  | { readonly reason: "untrusted"; readonly words: string }
  /** It does not accept our certificate, or misses one. */
  | { readonly reason: "not-accepted"; readonly words: string }
  | { readonly reason: "closed"; readonly words: string }
  /** Our own files cannot be read or are no keys; `code`: EACCES, ENOENT, ERR_OSSL_…. */
  | { readonly reason: "files"; readonly files: string; readonly code: string };

const codes: Readonly<Record<string, (words: string) => EngineTrouble>> = {
  ENOTFOUND: () => ({ reason: "name-not-found" }),
  EAI_AGAIN: () => ({ reason: "name-not-found" }),
  ECONNREFUSED: () => ({ reason: "refused" }),
  EHOSTUNREACH: (words) => ({ reason: "unreachable", words }),
  ENETUNREACH: (words) => ({ reason: "unreachable", words }),
  EADDRNOTAVAIL: (words) => ({ reason: "unreachable", words }),
  EPROTO: (words) => ({ reason: "no-tls", words }),
};

/** What OpenSSL says of the other side's certificate, and what it tells us that the other says of ours. */
const theirs = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_|HOSTNAME_|ERR_TLS_CERT_)/;
const ours = /_ALERT_.*(CERT|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)/;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** What an error of the connection means; `ms`: how long was waited. */
export function troubleOf(error: unknown, ms: number): EngineTrouble {
  if (!(error instanceof Error)) return { reason: "closed", words: "" };
  const { code } = error as { code?: unknown };
  const name = textOf(code);
  const words = error.message.slice(0, 300);
  if (error.name === "TimeoutError") return { reason: "timed-out", ms };
  if (theirs.test(name)) return { reason: "untrusted", words };
  if (ours.test(name)) return { reason: "not-accepted", words };
  if (name.startsWith("ERR_SSL_")) return { reason: "no-tls", words };
  return codes[name]?.(words) ?? { reason: "closed", words };
}

type Said = { readonly what: MessageKey; readonly next: MessageKey };

const said = {
  "name-not-found": { what: "ssh.nameNotFound.what", next: "ssh.nameNotFound.next" },
  unreachable: { what: "ssh.unreachable.what", next: "ssh.unreachable.next" },
  refused: { what: "engineOnly.refused.what", next: "engineOnly.refused.next" },
  "timed-out": { what: "engineOnly.timedOut.what", next: "engineOnly.timedOut.next" },
  "no-tls": { what: "engineOnly.noTls.what", next: "engineOnly.noTls.next" },
  untrusted: { what: "engineOnly.untrusted.what", next: "engineOnly.untrusted.next" },
  "not-accepted": { what: "engineOnly.notAccepted.what", next: "engineOnly.notAccepted.next" },
  closed: { what: "engineOnly.closed.what", next: "engineOnly.closed.next" },
  files: { what: "engineOnly.files.what", next: "engineOnly.files.next" },
} as const satisfies Readonly<Record<EngineTrouble["reason"], Said>>;

/** A failure as messages for a person; `where`: the engine's address. */
export function sayEngineTrouble(
  where: string,
  why: EngineTrouble,
): Said & { readonly values: Readonly<Record<string, string>> } {
  const { reason, ...details } = why;
  const seconds = why.reason === "timed-out" ? { seconds: `${Math.round(why.ms / 1000)}` } : {};
  const texts = Object.entries(details).map(([name, value]) => [name, String(value)] as const);
  return { ...said[reason], values: { where, ...Object.fromEntries(texts), ...seconds } };
}
