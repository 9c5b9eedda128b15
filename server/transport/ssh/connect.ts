import type { Duplex } from "node:stream";
import type { GapReason } from "@/lib/facts/model";
import { type EngineLimits, engineLimits } from "@/server/transport/engine";
import type { Transport } from "@/server/transport/port";
import { acceptedKeysFile, isUnverified, readKnownHosts } from "./accepted-keys";
import type { Ask } from "./credentials";
import type { KnownHost } from "./known-hosts";
import {
  type ChangedHostKey,
  type HostKeyProblem,
  type OpenClient,
  type SshLimits,
  sshLimits,
  type UnknownHostKey,
} from "./open-client";
import { type HopNeeds, openHop } from "./open-hop";
import { engineDoors, type RemoteEngine, remoteEngine } from "./remote-engine";
import {
  type Greeted,
  greet,
  type Hello,
  runLaneShell,
  type ShellLimits,
  shellLimits,
} from "./remote-shell";
import { type Sessions, sessions } from "./sessions";
import type { SshTarget } from "./target";
import { type SshFailure, sshFailure, whereIs } from "./trouble";

export type SshDeps = {
  /** Passwords, passphrases, codes; null: the person gave none. Nothing of it is kept. */
  readonly ask: Ask;
  /** known_hosts files to read ({@link usualKnownHosts}); our own under `data` is read as well. */
  readonly knownHosts: readonly string[];
  /** The data folder, made by server/store. */
  readonly data: string;
  /** Socket of an ssh-agent (SSH_AUTH_SOCK). It signs here and is never forwarded. */
  readonly agent?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly limits?: Partial<SshLimits & ShellLimits & { readonly engine: EngineLimits }>;
};

/**
 * `verified` false: accepted without comparing. `authority`: the line of known_hosts (`file:line`) whose
 * authority vouches for it; null: the key itself is known.
 */
type HostKeyShown = {
  readonly where: string;
  readonly verified: boolean;
  readonly authority: string | null;
};

/** A connection that is kept: lanes and engine share it. */
export type SshReady = {
  readonly status: "ready";
  readonly transport: Transport;
  /** Of each host on the way, the last one's last. */
  readonly hostKeys: readonly HostKeyShown[];
  /** Sockets of engines that were seen on the host; the first that answers is asked. */
  readonly engines: readonly { readonly path: string; readonly open: boolean }[];
  /** Resolves, with the system's words, when the connection is gone. Never rejects. */
  readonly closed: Promise<string>;
  readonly close: () => void;
};

export type SshOutcome = SshReady | UnknownHostKey | ChangedHostKey | SshFailure;

type Chain = {
  readonly status: "chained";
  readonly hops: readonly (OpenClient & { readonly where: string })[];
  readonly last: OpenClient;
};

/** A way through an open connection to the next host's port. */
function through(
  before: OpenClient,
  from: SshTarget,
  to: SshTarget,
  ms: number,
): Promise<Duplex | SshFailure> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(sshFailure(to, { reason: "timed-out", ms })), ms);
    before.client.forwardOut("127.0.0.1", 0, to.host, to.port, (error, channel) => {
      clearTimeout(timer);
      if (error === undefined) return resolve(channel);
      const why = { reason: "forward-refused", through: whereIs(from), words: error.message };
      resolve(sshFailure(to, why as SshFailure["why"]));
    });
  });
}

const endAll = (hops: readonly OpenClient[]): void => {
  for (const { client } of [...hops].reverse()) client.end();
};

/** Opens the jump hosts one after the other, each over the one before, and the host over the last. */
async function openChain(
  target: SshTarget,
  needs: Omit<HopNeeds, "known">,
  knownOf: (hop: SshTarget) => Promise<readonly KnownHost[]>,
): Promise<Chain | HostKeyProblem | SshFailure> {
  const hops: (OpenClient & { readonly where: string })[] = [];
  let before: { readonly client: OpenClient; readonly at: SshTarget } | null = null;
  for (const hop of [...target.via, target]) {
    const over = before;
    const reach =
      over === null ? null : () => through(over.client, over.at, hop, needs.limits.connectMs);
    const opened: OpenClient | HostKeyProblem | SshFailure = await openHop(hop, reach, {
      ...needs,
      known: await knownOf(hop),
    });
    if (opened.status !== "open") {
      endAll(hops);
      return opened;
    }
    hops.push({ ...opened, where: whereIs(hop) });
    before = { client: opened, at: hop };
  }
  const last = before?.client;
  if (last === undefined) throw new Error("a chain has at least one host");
  return { status: "chained", hops, last };
}

function shellOf(greeted: Greeted): Transport["shell"] {
  if (greeted.status === "mute")
    return { status: "none", why: { reason: "no-shell", words: greeted.words } };
  if (greeted.system !== "Linux") {
    const why: GapReason = { reason: "no-linux", platform: greeted.system };
    return { status: "none", why };
  }
  return { status: "posix", rights: greeted.rights };
}

function transportOver(
  { closed }: OpenClient,
  commands: Sessions,
  greeted: Greeted,
  engine: RemoteEngine,
  limits: ShellLimits,
): Transport {
  const shell = shellOf(greeted);
  const rights = shell.status === "posix" ? shell.rights : "user";
  return {
    shell,
    exec: (lane, sink) => runLaneShell(commands, rights, closed, limits, lane, sink),
    engine: engine.ask,
    otherEngines: engine.others,
  };
}

/** ssh asks our own file last, so that a line of the user's own vouches where both have one. */
const knownBy =
  ({ knownHosts, data }: SshDeps) =>
  (hop: SshTarget): Promise<readonly KnownHost[]> =>
    readKnownHosts([...(hop.knownHosts ?? knownHosts), acceptedKeysFile(data)]);

const shownKey = ({ where, by }: OpenClient & { readonly where: string }): HostKeyShown => ({
  where,
  verified: !isUnverified(by),
  authority: by.marker === "cert-authority" ? `${by.file}:${by.line}` : null,
});

const helloOf = (greeted: Greeted): Hello | null => (greeted.status === "said" ? greeted : null);

/**
 * Reaches a host over SSH, through its jump hosts. Each host's key is proven before anything is said to
 * it. Expected failures are values (trouble.ts has their words); throws only bugs of ours.
 */
export async function connectSsh(target: SshTarget, deps: SshDeps): Promise<SshOutcome> {
  const limits = { ...sshLimits, ...shellLimits, ...deps.limits };
  const needs = {
    ask: deps.ask,
    agent: deps.agent,
    limits,
    signal: deps.signal,
  };
  const chain = await openChain(target, needs, knownBy(deps));
  if (chain.status !== "chained") return chain;
  const { hops, last } = chain;
  const commands = sessions(last.client);
  const greeted = await greet(commands, limits);
  const hello = helloOf(greeted);
  const doors = engineDoors(hello);
  const engine = remoteEngine(last.client, commands, doors, limits.engine ?? engineLimits);
  void last.closed.then(() => {
    engine.close();
    endAll(hops);
  });
  return {
    status: "ready",
    transport: transportOver(last, commands, greeted, engine, limits),
    hostKeys: hops.map(shownKey),
    engines: hello?.sockets ?? [],
    closed: last.closed,
    close: () => {
      engine.close();
      endAll(hops);
    },
  };
}
