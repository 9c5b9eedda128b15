import type { HostFacts } from "@/lib/facts/model";
import { codeOf } from "@/server/store/data-folder";
import type { KeptSsh } from "@/server/transport/ssh/kept";
import type { UnknownHostKey } from "@/server/transport/ssh/open-client";
import type { SshTarget } from "@/server/transport/ssh/target";
import type { ConfiguredHost } from "./config/configured-hosts";
import { secretDesk } from "./secret-desk";
import type {
  Barred,
  HostSource,
  KeyAnswer,
  KeyVerdict,
  OpenWay,
  Reached,
  Reading,
} from "./source";
import { barrierOf, lostBarrier, type NotReady } from "./ssh-barrier";
import type { Trouble } from "./trouble";

export type SshSurroundings = {
  /** The data folder: keys that are accepted are kept there. */
  readonly data: string;
  /** Socket of the ssh-agent, if there is one. */
  readonly agent: string | undefined;
  /** known_hosts files to read; undefined: those that ssh reads. */
  readonly knownHosts?: readonly string[];
};

/** A host that is reached by SSH. Its connection is opened when it is first read, and kept for the next reading. */
export const sshHost = (configured: ConfiguredHost, around: SshSurroundings): HostSource => {
  const lifetime = new AbortController();
  let kept: KeptSsh | null = null;
  let shown: UnknownHostKey | null = null;
  let reached: Reached | null = null;
  let raise: Reading["onBarrier"] = () => undefined;
  const desk = secretDesk((question) => raise({ kind: "secret", question }));

  /** What speaks SSH is loaded when it is first needed: a start takes less. */
  const keep = async (target: SshTarget): Promise<KeptSsh> => {
    const [{ keepSsh }, { usualKnownHosts }] = await Promise.all([
      import("@/server/transport/ssh/kept"),
      import("@/server/transport/ssh/accepted-keys"),
    ]);
    lifetime.signal.throwIfAborted();
    kept ??= keepSsh(target, {
      ask: desk.ask,
      knownHosts: around.knownHosts ?? Object.values(usualKnownHosts()).flat(),
      data: around.data,
      agent: around.agent,
      signal: lifetime.signal,
    });
    return kept;
  };

  const barred = (outcome: NotReady): Barred => {
    shown = outcome.status === "unknown-host-key" ? outcome : null;
    const question = desk.open();
    // Nobody answered in time: it is still the question that is in the way.
    if (isUnanswered(outcome) && question !== null) return { barred: { kind: "secret", question } };
    return { barred: barrierOf(outcome) };
  };

  const gather = async ({
    signal,
    onProgress,
    onBarrier,
  }: Reading): Promise<HostFacts | Barred> => {
    const { target, id } = configured;
    if (target === null) return { barred: { kind: "unusable" } };
    raise = onBarrier;
    const outcome = await (await keep(target)).connection();
    if (outcome.status !== "ready") return barred(outcome);
    shown = null;
    const { transport, hostKeys, closed } = outcome;
    reached = {
      rights: transport.shell.status === "posix" ? transport.shell.rights : null,
      unverified: hostKeys.some(({ verified }) => !verified),
      authorities: hostKeys.flatMap(({ authority }) => authority ?? []),
    };
    const lost: string[] = [];
    void closed.then((words) => lost.push(words));
    const { gather: gatherFrom } = await import("@/server/gather/gather");
    const facts = await gatherFrom(transport, { host: id, source: "live", signal, onProgress });
    // What was read of a host that left in the middle would show it as nearly empty.
    const [words] = lost;
    return words === undefined ? facts : { barred: lostBarrier(target, words) };
  };

  /** Only by a connection that was open before: opening one may have to ask a person. */
  const way = async (): Promise<OpenWay | null> => {
    const outcome = kept === null || reached === null ? null : await kept.connection();
    return outcome?.status === "ready"
      ? { transport: outcome.transport, leave: () => undefined }
      : null;
  };

  const acceptKey = async (answer: KeyAnswer): Promise<KeyVerdict> => {
    if (shown === null) return refused({ error: "hosts.key.notAsked", values: {} });
    const how = await judge(answer, shown);
    if (how.status === "refused") return how;
    try {
      const { acceptHostKey } = await import("@/server/transport/ssh/accepted-keys");
      await acceptHostKey(around.data, shown, how.as);
    } catch (error) {
      return refused({ error: "hosts.key.unwritable", values: { code: codeOf(error) } });
    }
    kept?.retryNow();
    return { status: "accepted" };
  };

  return {
    id: configured.id,
    source: "live",
    gather,
    way,
    ssh: {
      configured,
      reached: () => reached,
      acceptKey,
      answer: (secret) => {
        const asked = desk.answer(secret);
        if (asked) kept?.retryNow();
        return asked;
      },
      retryNow: () => kept?.retryNow(),
      close: () => {
        lifetime.abort();
        desk.close();
        kept?.close();
      },
    },
  };
};

const refused = (why: Trouble): KeyVerdict & { readonly status: "refused" } => ({
  status: "refused",
  why,
});

type Judged =
  | { readonly status: "good"; readonly as: "compared" | "unverified" }
  | { readonly status: "refused"; readonly why: Trouble };

async function judge(answer: KeyAnswer, { key, fingerprint }: UnknownHostKey): Promise<Judged> {
  if (answer.how === "unverified") {
    return answer.fingerprint === fingerprint
      ? { status: "good", as: "unverified" }
      : refused({ error: "hosts.key.another", values: { fingerprint } });
  }
  const { compareWithPasted } = await import("@/server/transport/ssh/fingerprint");
  switch (compareWithPasted(answer.text, key)) {
    case "same":
      return { status: "good", as: "compared" };
    case "other":
      return refused({ error: "hosts.key.other", values: { fingerprint } });
    case "none":
      return refused({ error: "hosts.key.noFingerprint", values: {} });
  }
}

const isUnanswered = (outcome: NotReady): boolean =>
  outcome.status === "failed" && outcome.why.reason === "not-answered";
