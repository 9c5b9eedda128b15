import { type BackOff, backOff, waitAfter } from "./back-off";
import { connectSsh, type SshDeps, type SshOutcome, type SshReady } from "./connect";
import type { Ask, Prompt } from "./credentials";
import type { SshTarget } from "./target";

/** `retryAt`: before this moment (ms since the epoch) nothing is tried; 0: whenever it is asked. */
type KeptOutcome = SshOutcome & { readonly retryAt: number };

/** One host's connection, opened when it is needed and opened again when it broke. */
export type KeptSsh = {
  /** The open connection, or what comes of one more attempt; sooner than `retryAt` the last outcome. */
  readonly connection: () => Promise<KeptOutcome>;
  /** Forgets that it failed: a person asked, or accepted a key. */
  readonly retryNow: () => void;
  /** Forgets passwords, too. */
  readonly close: () => void;
};

const placeOf = (prompt: Prompt): string | null => {
  // Codes of a second factor are good for one time only.
  if (prompt.kind === "keyboard-interactive") return null;
  return `${prompt.kind} ${prompt.where} ${prompt.kind === "passphrase" ? prompt.file : ""}`;
};

/** Asks a person once for what a reconnect needs again; kept in memory only, and only after it worked. */
function remembering(askPerson: Ask) {
  const worked = new Map<string, string>();
  const fresh = new Map<string, string>();
  const ask: Ask = async (prompt) => {
    const place = placeOf(prompt);
    const old = place === null ? undefined : worked.get(place);
    if (old !== undefined && !("again" in prompt && prompt.again)) return old;
    const said = await askPerson(prompt);
    if (place !== null && said !== null) fresh.set(place, said);
    return said;
  };
  return {
    ask,
    settle: (ready: boolean): void => {
      if (ready) for (const [place, said] of fresh) worked.set(place, said);
      fresh.clear();
    },
    forget: (): void => worked.clear(),
  };
}

export function keepSsh(target: SshTarget, deps: SshDeps, schedule: BackOff = backOff): KeptSsh {
  const memory = remembering(deps.ask);
  let open: SshReady | null = null;
  let last: KeptOutcome | null = null;
  let opening: Promise<KeptOutcome> | null = null;
  let failures = 0;
  let closed = false;

  const attempt = async (): Promise<KeptOutcome> => {
    const outcome = await connectSsh(target, { ...deps, ask: memory.ask });
    const ready = outcome.status === "ready";
    memory.settle(ready);
    failures = outcome.status === "failed" ? failures + 1 : 0;
    const retryAt = failures === 0 ? 0 : Date.now() + waitAfter(failures, Math.random(), schedule);
    if (ready && closed) outcome.close();
    open = ready ? outcome : null;
    if (ready)
      void outcome.closed.then(() => {
        if (open === outcome) open = null;
      });
    last = { ...outcome, retryAt };
    return last;
  };

  return {
    connection: async () => {
      if (open !== null) return { ...open, retryAt: 0 };
      if (last !== null && Date.now() < last.retryAt) return last;
      opening ??= attempt().finally(() => {
        opening = null;
      });
      return opening;
    },
    retryNow: () => {
      failures = 0;
      last = null;
    },
    close: () => {
      closed = true;
      memory.forget();
      open?.close();
    },
  };
}
