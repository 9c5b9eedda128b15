import type { MessageKey } from "@/lib/messages/keys";
import type { SshTarget } from "./target";

/** A private key that was named. `words`: why it cannot be used, as the system or ssh2 says it. */
export type UnusableKey = { readonly file: string; readonly words: string };

/** Why a host was not reached. `words`: the system's or the server's own, to be shown as they are. */
export type SshTrouble =
  | { readonly reason: "name-not-found" }
  | { readonly reason: "refused" }
  | { readonly reason: "unreachable"; readonly words: string }
  | { readonly reason: "timed-out"; readonly ms: number }
  /** Something else listens there, or it closed before it said what it is. */
  | { readonly reason: "no-ssh"; readonly words: string }
  | { readonly reason: "no-common-algorithm"; readonly words: string }
  /** `tried`, `wanted`: names of methods as SSH calls them. */
  | {
      readonly reason: "denied";
      readonly tried: readonly string[];
      readonly wanted: readonly string[];
      readonly unusable: readonly UnusableKey[];
    }
  /** A question (password, passphrase) was left unanswered. */
  | { readonly reason: "not-answered" }
  | {
      readonly reason: "host-key-revoked";
      readonly fingerprint: string;
      readonly file: string;
      readonly line: number;
    }
  /** The jump host before this one does not lead here. */
  | { readonly reason: "forward-refused"; readonly through: string; readonly words: string }
  | { readonly reason: "lost"; readonly words: string };

/** `where`: the host that failed, which may be a jump host: `user@host:port`. */
export type SshFailure = {
  readonly status: "failed";
  readonly where: string;
  readonly why: SshTrouble;
};

export const whereIs = ({ user, host, port }: SshTarget): string => `${user}@${host}:${port}`;

export const sshFailure = (target: SshTarget, why: SshTrouble): SshFailure => ({
  status: "failed",
  where: whereIs(target),
  why,
});

type Said = { readonly what: MessageKey; readonly next: MessageKey };

const said = {
  "name-not-found": { what: "ssh.nameNotFound.what", next: "ssh.nameNotFound.next" },
  refused: { what: "ssh.refused.what", next: "ssh.refused.next" },
  unreachable: { what: "ssh.unreachable.what", next: "ssh.unreachable.next" },
  "timed-out": { what: "ssh.timedOut.what", next: "ssh.timedOut.next" },
  "no-ssh": { what: "ssh.noSsh.what", next: "ssh.noSsh.next" },
  "no-common-algorithm": {
    what: "ssh.noCommonAlgorithm.what",
    next: "ssh.noCommonAlgorithm.next",
  },
  "not-answered": { what: "ssh.notAnswered.what", next: "ssh.notAnswered.next" },
  "host-key-revoked": { what: "ssh.hostKeyRevoked.what", next: "ssh.hostKeyRevoked.next" },
  "forward-refused": { what: "ssh.forwardRefused.what", next: "ssh.forwardRefused.next" },
  lost: { what: "ssh.lost.what", next: "ssh.lost.next" },
} as const satisfies Readonly<Record<Exclude<SshTrouble["reason"], "denied">, Said>>;

/** A key that was named and is of no use tells more than what was tried instead. */
function saidOf(why: SshTrouble): Said {
  if (why.reason !== "denied") return said[why.reason];
  if (why.unusable.length > 0)
    return { what: "ssh.keysUnusable.what", next: "ssh.keysUnusable.next" };
  return why.tried.length === 0
    ? { what: "ssh.nothingOffered.what", next: "ssh.nothingOffered.next" }
    : { what: "ssh.denied.what", next: "ssh.denied.next" };
}

function valuesOf(why: SshTrouble): Readonly<Record<string, string | number>> {
  switch (why.reason) {
    case "timed-out":
      return { seconds: Math.round(why.ms / 1000) };
    case "denied":
      return {
        tried: why.tried.join(", "),
        wanted: why.wanted.join(", "),
        keys: why.unusable.map(({ file, words }) => `${file} (${words})`).join(", "),
      };
    case "host-key-revoked":
      return { fingerprint: why.fingerprint, file: why.file, line: why.line };
    case "forward-refused":
      return { through: why.through, words: why.words };
    case "unreachable":
    case "no-ssh":
    case "no-common-algorithm":
    case "lost":
      return { words: why.words };
    default:
      return {};
  }
}

/** A failure as messages for a person: what happened and where, and what to do next. */
export const sayFailure = ({
  where,
  why,
}: SshFailure): Said & { readonly values: Readonly<Record<string, string | number>> } => ({
  ...saidOf(why),
  values: { where, ...valuesOf(why) },
});

const codes: Readonly<Record<string, (words: string) => SshTrouble>> = {
  ENOTFOUND: () => ({ reason: "name-not-found" }),
  EAI_AGAIN: () => ({ reason: "name-not-found" }),
  ECONNREFUSED: () => ({ reason: "refused" }),
  EHOSTUNREACH: (words) => ({ reason: "unreachable", words }),
  ENETUNREACH: (words) => ({ reason: "unreachable", words }),
  EADDRNOTAVAIL: (words) => ({ reason: "unreachable", words }),
};

const wordsOf = (error: Error): string => error.message.slice(0, 300);

/** What an error of ssh2 or of its socket means; `ready`: after the host let us in. */
export function troubleOf(error: Error, ready: boolean): SshTrouble {
  const { code = "", level = "" } = error as { code?: unknown; level?: unknown };
  const words = wordsOf(error);
  const known = codes[String(code)];
  if (known !== undefined && !ready) return known(words);
  if (ready) return { reason: "lost", words };
  if (/no matching/.test(words)) return { reason: "no-common-algorithm", words };
  if (level === "protocol" || level === "handshake") return { reason: "no-ssh", words };
  return { reason: "lost", words };
}
