import type { Duplex } from "node:stream";
import ssh2, { type Client } from "ssh2";
import { type Ask, type Credentials, credentials } from "./credentials";
import { deadline } from "./deadline";
import { fingerprintOf, type HostKey, hostKeyOf } from "./fingerprint";
import type { CertificateVerdict, NotVouched } from "./judge-certificate";
import { hostKeyAlgorithms, hostNames, judgeHostKey, type KnownHost } from "./known-hosts";
import type { SshTarget } from "./target";
import { type SshFailure, sshFailure, troubleOf, whereIs } from "./trouble";

export type SshLimits = {
  /** For reaching the host and agreeing on keys, and again for each answer while it decides to let us in. */
  readonly connectMs: number;
  /** A host that leaves `aliveCount` of these unanswered is gone. */
  readonly aliveMs: number;
  readonly aliveCount: number;
};

export const sshLimits: SshLimits = { connectMs: 10_000, aliveMs: 4000, aliveCount: 3 };

/** Nothing was sent to this host but the handshake: no user name, no key, no password. */
export type UnknownHostKey = {
  readonly status: "unknown-host-key";
  /** The host that showed it, which may be a jump host: `user@host:port`. */
  readonly where: string;
  /** What known_hosts files call it. */
  readonly name: string;
  readonly type: string;
  readonly fingerprint: string;
  readonly key: HostKey;
  /** Why no authority of known_hosts vouches for it; null: none is named for this host. */
  readonly certificate: NotVouched | null;
};

/** Full stop: another key than the known ones. */
export type ChangedHostKey = {
  readonly status: "changed-host-key";
  readonly where: string;
  readonly name: string;
  readonly type: string;
  readonly fingerprint: string;
  readonly known: readonly {
    readonly type: string;
    readonly fingerprint: string;
    readonly file: string;
    readonly line: number;
  }[];
  readonly certificate: NotVouched | null;
};

export type HostKeyProblem = UnknownHostKey | ChangedHostKey;

export type OpenClient = {
  readonly status: "open";
  readonly client: Client;
  /** The line that vouches for its key. */
  readonly by: KnownHost;
  /** Resolves, with the system's words, when the connection is gone. */
  readonly closed: Promise<string>;
};

export type ClientNeeds = {
  readonly known: readonly KnownHost[];
  /** What an authority of known_hosts says of the host; null: none was asked. */
  readonly vouched: CertificateVerdict | null;
  readonly ask: Ask;
  readonly agent: string | undefined;
  readonly limits: SshLimits;
  readonly signal?: AbortSignal | undefined;
};

type Judged = { readonly by: KnownHost } | HostKeyProblem | SshFailure;

const whyNot = (vouched: CertificateVerdict | null): NotVouched | null => {
  if (vouched === null) return null;
  return vouched.status === "not" ? vouched.why : { reason: "other-key" };
};

function judged(target: SshTarget, key: HostKey, { known, vouched }: ClientNeeds): Judged {
  const names = hostNames(target);
  const verdict = judgeHostKey(names, key, known);
  const shown = {
    where: whereIs(target),
    name: names.exact,
    type: key.type,
    fingerprint: fingerprintOf(key),
  };
  // That the host holds the key, the key exchange shows; that the key is the host's, its certificate.
  const isVouched = vouched?.status === "vouched" && vouched.key.base64 === key.base64;
  if (isVouched && verdict.status !== "revoked") return { by: vouched.by };
  switch (verdict.status) {
    case "known":
      return { by: verdict.by };
    case "revoked":
      return revoked(target, key, verdict.by);
    case "unknown":
      return { status: "unknown-host-key", ...shown, key, certificate: whyNot(vouched) };
    case "changed":
      return {
        status: "changed-host-key",
        ...shown,
        known: verdict.known.map((each) => ({
          type: each.key.type,
          fingerprint: fingerprintOf(each.key),
          file: each.file,
          line: each.line,
        })),
        certificate: whyNot(vouched),
      };
  }
}

/** Full stop, whatever else is known: the key, or the authority that vouches for it, was called back. */
export const revoked = (target: SshTarget, key: HostKey, { file, line }: KnownHost): SshFailure =>
  sshFailure(target, { reason: "host-key-revoked", fingerprint: fingerprintOf(key), file, line });

/** Of an agent that is not there, or of one key: the next way in is tried. */
const isPassing = (error: Error): boolean => {
  const { level } = error as { level?: unknown };
  return level === "agent" || /signing/.test(error.message);
};

const refusedFor = (
  target: SshTarget,
  { tried, wanted, unanswered, unusable }: Credentials,
): SshFailure =>
  sshFailure(
    target,
    unanswered()
      ? { reason: "not-answered" }
      : { reason: "denied", tried: tried(), wanted: wanted(), unusable: unusable() },
  );

/**
 * Opens one connection, over `socket` where there is one (a jump host's), else over TCP, and proves the
 * host's key before anything else is said. The agent is never forwarded.
 */
export function openClient(
  target: SshTarget,
  socket: Duplex | undefined,
  needs: ClientNeeds,
): Promise<OpenClient | HostKeyProblem | SshFailure> {
  const { known, limits, signal, vouched } = needs;
  const certified = vouched?.status === "vouched" ? vouched.key : null;
  const client = new ssh2.Client();
  const outcome = Promise.withResolvers<OpenClient | HostKeyProblem | SshFailure>();
  const gone = Promise.withResolvers<string>();
  let verdict: Judged | null = null;
  let ready = false;
  let last = "the connection was closed";

  const clock = deadline((ms) => give(sshFailure(target, { reason: "timed-out", ms })));
  const give = (end: HostKeyProblem | SshFailure): void => {
    clock.stop();
    outcome.resolve(end);
    client.destroy();
    socket?.destroy();
  };
  const asked: Ask = async (prompt) => {
    clock.stop();
    const said = await needs.ask(prompt);
    clock.set(limits.connectMs);
    return said;
  };
  const offers = credentials(target, needs.agent, asked);

  const failed = (error: Error): void => {
    last = error.message.slice(0, 300);
    const { level } = error as { level?: unknown };
    if (verdict !== null && "status" in verdict) give(verdict);
    else if (level === "client-authentication" && !isPassing(error))
      give(refusedFor(target, offers));
    else if (!isPassing(error)) give(sshFailure(target, troubleOf(error, ready)));
  };
  client.on("error", failed);
  // Many small messages, each waited for: held back by Nagle's algorithm, each would cost 40 ms.
  client.on("connect", () => client.setNoDelay(true));
  client.on("close", () => {
    gone.resolve(last);
    // sshd closes without a word after too many attempts.
    if (offers.tried().length > 0 && !ready) give(refusedFor(target, offers));
    else give(sshFailure(target, { reason: "lost", words: last }));
  });
  client.on("ready", () => {
    ready = true;
    clock.stop();
    if (verdict === null || "status" in verdict) return;
    outcome.resolve({ status: "open", client, by: verdict.by, closed: gone.promise });
  });
  const abort = (): void => give(sshFailure(target, { reason: "lost", words: "stopped" }));
  signal?.addEventListener("abort", abort, { once: true });
  void outcome.promise.then(() => signal?.removeEventListener("abort", abort));
  clock.set(limits.connectMs);
  try {
    client.connect({
      host: target.host,
      port: target.port,
      username: target.user,
      ...(socket === undefined ? {} : { sock: socket }),
      // Our own clock stops while a person thinks.
      readyTimeout: 0,
      keepaliveInterval: limits.aliveMs,
      keepaliveCountMax: limits.aliveCount,
      // Sockets are forwarded by servers that do not call themselves OpenSSH, too.
      strictVendor: false,
      algorithms: {
        serverHostKey: [...hostKeyAlgorithms(hostNames(target), known, certified)],
      },
      hostVerifier: (blob: Buffer) => {
        verdict = judged(target, hostKeyOf(blob), needs);
        return "by" in verdict;
      },
      authHandler: offers.next,
    });
  } catch (error) {
    failed(error instanceof Error ? error : new Error(String(error)));
  }
  return outcome.promise;
}
