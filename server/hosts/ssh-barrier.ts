import type { Barrier } from "@/lib/hosts/barrier";
import { sayNotVouched } from "@/server/transport/ssh/certificate-words";
import type { ChangedHostKey, UnknownHostKey } from "@/server/transport/ssh/open-client";
import type { SshTarget } from "@/server/transport/ssh/target";
import { type SshFailure, sayFailure, sshFailure } from "@/server/transport/ssh/trouble";

/** Why there is no connection; `retryAt` as {@link KeptOutcome} has it. */
export type NotReady = (UnknownHostKey | ChangedHostKey | SshFailure) & {
  readonly retryAt: number;
};

export const barrierOf = (outcome: NotReady): Barrier => {
  switch (outcome.status) {
    case "unknown-host-key": {
      const { where, type, fingerprint } = outcome;
      return { kind: "unknown-key", where, type, fingerprint, certificate: refusalOf(outcome) };
    }
    case "changed-host-key": {
      const { where, type, fingerprint, known } = outcome;
      const certificate = refusalOf(outcome);
      return { kind: "changed-key", where, type, fingerprint, known, certificate };
    }
    case "failed":
      return unreachable(outcome, outcome.retryAt);
  }
};

const refusalOf = ({ certificate }: UnknownHostKey | ChangedHostKey) =>
  certificate === null ? null : sayNotVouched(certificate);

/** The connection broke while the host was read; `words`: the system's. */
export const lostBarrier = (target: SshTarget, words: string): Barrier =>
  unreachable(sshFailure(target, { reason: "lost", words }), 0);

const unreachable = (failure: SshFailure, retryAt: number): Barrier => {
  const { what, next, values } = sayFailure(failure);
  const texts = Object.entries(values).map(([name, value]) => [name, String(value)]);
  return {
    kind: "unreachable",
    what,
    next,
    values: Object.fromEntries(texts),
    retryAt: retryAt === 0 ? null : new Date(retryAt).toISOString(),
  };
};
