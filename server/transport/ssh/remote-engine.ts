import { randomBytes } from "node:crypto";
import type { Agent, AgentOptions } from "node:http";
import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import type { GapReason } from "@/lib/facts/model";
import type { Rights } from "@/lib/hosts/entry";
import { shellQuote } from "@/lib/net/shell-quote";
import { askEngine, type EngineLimits } from "@/server/transport/engine";
import { agentOver, dialStdio, shutDoor } from "@/server/transport/engine-agent";
import { type EnginePath, requireListed } from "@/server/transport/engine-fields";
import { engineSockets } from "@/server/transport/engine-sockets";
import { enginesNotAsked, introduction } from "@/server/transport/engines-not-asked";
import { firstEngine } from "@/server/transport/first-engine";
import type { EngineReply } from "@/server/transport/port";
import { wordsBefore } from "@/server/transport/rights";
import type { Hello } from "./remote-shell";
import type { Sessions } from "./sessions";

/** A way to an engine's socket. forward: sshd opens it; stdio: the host's docker command does. */
export type EngineDoor =
  | { readonly kind: "forward"; readonly socket: string }
  | { readonly kind: "stdio"; readonly socket: string; readonly rights: Rights }
  | { readonly kind: "shut"; readonly socket: string }
  | { readonly kind: "none"; readonly socket: string };

/**
 * The ways to try, in order: forwarding, `docker system dial-stdio`, the same with `sudo -n`. Where the
 * host's sockets are not known (its shell said nothing) the usual system ones are tried.
 */
export function engineDoors(hello: Hello | null): readonly EngineDoor[] {
  if (hello === null) return blindDoors();
  const chosen = chosenSocket(hello);
  if (chosen?.kind === "none") return [chosen];
  const sockets =
    chosen === null
      ? hello.sockets
      : [
          hello.sockets.find(({ path }) => path === chosen.path) ?? {
            path: chosen.path,
            open: true,
          },
        ];
  const doors = sockets.flatMap(({ path, open }) => doorsTo(path, open, hello));
  return doors.length > 0 ? doors : [{ kind: "none", socket: "/run/docker.sock" }];
}

function blindDoors(): readonly EngineDoor[] {
  const usual = engineSockets({}, "linux");
  const paths = usual.kind === "sockets" ? usual.paths : [];
  return paths.map((socket) => ({ kind: "forward", socket }));
}

function chosenSocket({ dockerHost }: Hello) {
  if (dockerHost === "") return null;
  const chosen = engineSockets({ DOCKER_HOST: dockerHost }, "linux");
  if (chosen.kind === "refused") return { kind: "none", socket: chosen.address } as const;
  return { kind: "path", path: chosen.paths[0] ?? "" } as const;
}

function doorsTo(socket: string, open: boolean, { docker, rights }: Hello): readonly EngineDoor[] {
  const asUser: readonly EngineDoor[] = docker ? [{ kind: "stdio", socket, rights: "user" }] : [];
  const asRoot: readonly EngineDoor[] =
    docker && rights === "sudo" ? [{ kind: "stdio", socket, rights: "sudo" }] : [];
  if (open) return [{ kind: "forward", socket }, ...asUser, ...asRoot];
  return [...asRoot, { kind: "shut", socket }];
}

const nothing = (): void => undefined;

const forwarded = (client: Client, socket: string): Promise<Duplex> =>
  new Promise((resolve, reject) => {
    client.openssh_forwardOutStreamLocal(socket, (error, channel) => {
      if (error === undefined) resolve(channel);
      else reject(shutDoor(error.message));
    });
  });

/** More than this before the marker is no rc file, it is a host that talks without end. */
const noiseBytes = 1 << 20;

/** Drops what a login shell's rc file printed before the marker; the stream then begins after it. */
function afterMarker(stream: Duplex, marker: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const stop = (): void => {
      stream.off("readable", look).off("close", end);
    };
    const end = (): void => {
      stop();
      reject(shutDoor("docker was not started"));
    };
    // Not "data": a stream that was paused by hand stays so when node:http begins to listen.
    const look = (): void => {
      seen = Buffer.concat([seen, stream.read() ?? Buffer.alloc(0)]);
      const at = seen.indexOf(marker);
      if (at < 0 && seen.length > noiseBytes) stream.destroy();
      if (at < 0) return;
      stop();
      const rest = seen.subarray(at + marker.length);
      if (rest.length > 0) stream.unshift(rest);
      resolve(stream);
    };
    stream.on("readable", look).once("close", end);
  });
}

async function dialled(sessions: Sessions, socket: string, rights: Rights): Promise<Duplex> {
  const marker = `vethscope-${randomBytes(16).toString("hex")}\n`;
  const docker = dialStdio(wordsBefore[rights], socket);
  const marked = ["sh", "-c", 'printf "\\n%s\\n" "$1"; shift; exec "$@"', "sh", marker.trim()];
  const opened = await sessions.run(`exec ${shellQuote([...marked, ...docker])}`);
  if ("refused" in opened) throw shutDoor(opened.refused);
  opened.stderr.resume();
  const stream: Duplex = opened;
  stream.on("error", nothing);
  const started = await afterMarker(stream, marker);
  // A docker that cannot reach the engine ends with a status before it sent a byte.
  started.once("exit", (status: number | null) => {
    if (status !== 0) started.destroy(shutDoor(`docker ended with status ${status}`));
  });
  return started;
}

/**
 * Each `docker system dial-stdio` is a session of the few that a connection has, on some hosts of one:
 * kept open it would keep the lanes out. A forwarded socket is none; opening one costs a round trip.
 */
const stdio: AgentOptions = { keepAlive: false, maxSockets: 1 };
const kept: AgentOptions = { keepAlive: true, maxSockets: 4 };

/** Said of the engine as a whole: other questions need not wait for the same. */
const ofWhole: ReadonlySet<string> = new Set(["no-engine", "engine-denied", "engine-silent"]);

/** One that hangs is the host's engine all the same: none is asked in its place. */
const silentSocket = (reply: EngineReply): string | null =>
  reply.status === "missing" && reply.why.reason === "engine-silent" ? reply.why.socket : null;

/** `door`: the one that leads to an engine; null: none does. */
type Found = { readonly reply: EngineReply; readonly door: EngineDoor | null };

export type RemoteEngine = {
  readonly ask: (path: EnginePath, signal?: AbortSignal) => Promise<EngineReply>;
  /** Those that answer on other sockets than the one that is kept. */
  readonly others: (signal?: AbortSignal) => Promise<readonly GapReason[]>;
  readonly close: () => void;
};

/** The host's engine, over the same connection. Whichever way answered first is kept. */
export function remoteEngine(
  client: Client,
  sessions: Sessions,
  doors: readonly EngineDoor[],
  limits: EngineLimits,
): RemoteEngine {
  const agents = new Map<EngineDoor, Agent>();
  const agentFor = (door: Extract<EngineDoor, { kind: "forward" | "stdio" }>): Agent => {
    const { socket } = door;
    const made =
      agents.get(door) ??
      (door.kind === "forward"
        ? agentOver(() => forwarded(client, socket), kept)
        : agentOver(() => dialled(sessions, socket, door.rights), stdio));
    agents.set(door, made);
    return made;
  };
  const through = async (
    door: EngineDoor,
    path: EnginePath,
    signal?: AbortSignal,
    within: EngineLimits = limits,
  ): Promise<EngineReply> => {
    if (door.kind === "shut")
      return { status: "missing", why: { reason: "engine-denied", socket: door.socket } };
    if (door.kind === "none")
      return { status: "missing", why: { reason: "no-engine", socket: door.socket } };
    return askEngine(door.socket, path, within, signal, agentFor(door));
  };
  const find = async (path: EnginePath, signal?: AbortSignal): Promise<Found> => {
    let last: EngineDoor | null = null;
    const reply = await firstEngine(doors, (door) => {
      last = door;
      return through(door, path, signal);
    });
    const whole = reply.status === "missing" && ofWhole.has(reply.why.reason);
    return { reply, door: whole ? null : last };
  };
  let finding: Promise<Found> | null = null;
  const first = async (path: EnginePath, signal?: AbortSignal): Promise<EngineReply> => {
    const mine = find(path, signal);
    finding = mine;
    let door: EngineDoor | null = null;
    try {
      const found = await mine;
      door = found.door;
      return found.reply;
    } finally {
      // Next time it may be there.
      if (door === null) finding = null;
    }
  };
  const ask = async (path: EnginePath, signal?: AbortSignal): Promise<EngineReply> => {
    requireListed(path);
    if (finding === null) return first(path, signal);
    const { reply, door } = await finding;
    return door === null ? reply : through(door, path, signal);
  };
  const introduce = async (socket: string, signal?: AbortSignal) => ({
    socket,
    reply: await firstEngine(
      doors.filter((door) => door.socket === socket),
      (door) => through(door, "/info", signal, introduction(limits)),
    ),
  });
  const sockets = [...new Set(doors.map(({ socket }) => socket))];
  const others = async (signal?: AbortSignal): Promise<readonly GapReason[]> => {
    if (sockets.length < 2) return [];
    const reply = await ask("/info", signal);
    const door = finding === null ? null : (await finding).door;
    const shown = door?.socket ?? silentSocket(reply);
    if (shown === null) return [];
    const rest = sockets.filter((socket) => socket !== shown);
    const said = await Promise.all(rest.map((socket) => introduce(socket, signal)));
    return enginesNotAsked({ socket: shown, reply }, said);
  };
  return {
    ask,
    others,
    close: () => {
      for (const agent of agents.values()) agent.destroy();
    },
  };
}
