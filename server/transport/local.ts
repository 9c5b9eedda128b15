import { spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import type { GapReason } from "@/lib/facts/model";
import { askEngine, type EngineLimits, engineLimits } from "./engine";
import { agentOver, dialledHere, dialStdio } from "./engine-agent";
import type { EnginePath } from "./engine-fields";
import { type EngineSockets, engineSockets } from "./engine-sockets";
import { enginesNotAsked, introduction } from "./engines-not-asked";
import { firstEngine, unreachable } from "./first-engine";
import { findWay, type Way } from "./local-way";
import type { EngineReply, Exec, ExecEnd, ExecSink, Lane, Transport } from "./port";
import { wordsBefore } from "./rights";

export type LocalOptions = {
  /** Sees another host of this machine: everything goes through the namespaces of this process. */
  readonly through?: number;
  /** Laid over our own environment: another PATH, another DOCKER_HOST. */
  readonly env?: Readonly<Record<string, string>>;
  readonly engine?: EngineLimits;
};

/** How long a shell that was told to end may take before its process group is killed from here. */
const graceMs = 1500;

const failed = (words: string): Exec => ({
  say: () => undefined,
  end: () => undefined,
  ended: Promise.resolve({ kind: "failed", words }),
});

/** detached: its own session and process group, so that ending the group ends the lane and nothing else. */
function runShell(way: Way, env: NodeJS.ProcessEnv, lane: Lane, sink: ExecSink): Exec {
  const [command = "sh", ...words] = [...way.before, "sh", "-s"];
  const child = spawn(command, words, { detached: true, env, stdio: ["pipe", "pipe", "pipe"] });
  if (child.pid === undefined) {
    child.on("error", () => undefined);
    return failed(`${command}: not started`);
  }
  const group = -child.pid;
  const { promise: ended, resolve } = Promise.withResolvers<ExecEnd>();
  let closed = false;
  child.once("close", () => {
    closed = true;
    resolve({ kind: "ended" });
  });
  // It may have ended before it read everything; that shows in what it answered.
  child.stdin.on("error", () => undefined);
  child.stdout.on("data", sink.stdout);
  child.stderr.on("data", sink.stderr);
  child.stdin.write(lane.script);
  return {
    say: (line) => {
      child.stdin.write(`${line}\n`);
    },
    end: () => {
      child.stdin.end();
      setTimeout(() => {
        if (closed) return;
        killGroup(group);
        child.stdout.destroy();
        child.stderr.destroy();
        // A process that hangs in the kernel is not waited for.
        resolve({ kind: "ended" });
      }, graceMs).unref();
    },
    ended,
  };
}

/** Another user's processes (sudo) may not be killed from here; their script ends them. */
function killGroup(group: number): void {
  try {
    process.kill(group, "SIGKILL");
  } catch {
    // Gone, or not ours to end.
  }
}

/** A DOCKER_HOST that we do not speak to means: no other engine. */
const askAny = async (
  sockets: EngineSockets,
  ask: (socket: string) => Promise<EngineReply>,
): Promise<EngineReply> =>
  sockets.kind === "refused"
    ? { status: "missing", why: { reason: "no-engine", socket: sockets.address } }
    : firstEngine(sockets.paths, ask);

/** One process for each question, ended with it. */
const oneByOne = { keepAlive: false, maxSockets: 1 };

/** With our own rights; a socket that refuses us is asked as root where sudo lets us. */
const askWith =
  ({ rights }: Way, limits: EngineLimits) =>
  async (socket: string, path: EnginePath, signal?: AbortSignal): Promise<EngineReply> => {
    const reply = await askEngine(socket, path, limits, signal);
    const denied = reply.status === "missing" && reply.why.reason === "engine-denied";
    if (!denied || rights !== "sudo") return reply;
    const argv = dialStdio(wordsBefore.sudo, socket);
    const agent = agentOver(() => dialledHere(argv), oneByOne);
    const asRoot = await askEngine(socket, path, limits, signal, agent);
    agent.destroy();
    // Without a docker command there is no way in.
    return asRoot.status === "missing" && unreachable(asRoot.why) ? reply : asRoot;
  };

type AskSocket = ReturnType<typeof askWith>;

/** Sockets that are there, each once: /var/run is mostly a link to /run. */
async function differentSockets(paths: readonly string[]): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const at = await stat(path).catch(() => null);
    const place = at?.isSocket() ? `${at.dev}:${at.ino}` : null;
    if (place !== null && !found.has(place)) found.set(place, path);
  }
  return [...found.values()];
}

/** The first that is there is the one that is shown, as firstEngine has it. */
async function otherEngines(
  sockets: EngineSockets,
  ask: AskSocket,
  signal?: AbortSignal,
): Promise<readonly GapReason[]> {
  const places = sockets.kind === "sockets" ? await differentSockets(sockets.paths) : [];
  if (places.length < 2) return [];
  const all = await Promise.all(
    places.map(async (socket) => ({
      socket,
      reply: await ask(socket, "/info", signal),
    })),
  );
  const shown = all.find(({ reply }) => reply.status === "answered" || !unreachable(reply.why));
  return shown === undefined
    ? []
    : enginesNotAsked(
        shown,
        all.filter((each) => each !== shown),
      );
}

/** This machine: a shell for each lane, and the engine's socket. Only Linux has a shell worth asking. */
export async function local(options: LocalOptions = {}): Promise<Transport> {
  const env = { ...process.env, ...options.env };
  const linux = process.platform === "linux";
  const way: Way = linux
    ? await findWay(options.through)
    : { before: [], rights: "user", root: "" };
  const sockets = engineSockets(env, process.platform, way.root);
  const limits = options.engine ?? engineLimits;
  const ask = askWith(way, limits);
  return {
    shell: linux
      ? { status: "posix", rights: way.rights }
      : { status: "none", why: { reason: "no-linux", platform: process.platform } },
    exec: (lane, sink) => runShell(way, env, lane, sink),
    engine: (path, signal) => askAny(sockets, (socket) => ask(socket, path, signal)),
    otherEngines: (signal) => otherEngines(sockets, askWith(way, introduction(limits)), signal),
  };
}
