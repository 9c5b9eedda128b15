import { readFile, stat } from "node:fs/promises";
import { Agent } from "node:http";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls, createSecureContext, type SecureContext } from "node:tls";
import { askEngine, type EngineLimits, engineLimits } from "./engine";
import { type EngineTrouble, troubleOf } from "./engine-trouble";
import type { Transport } from "./port";

/** Paths of files in PEM; null: the system's authorities, or no certificate of ours. */
export type EngineFiles = {
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
};

/** An engine that is reached over TCP. Nothing else of its host is. */
export type EngineTarget = {
  /** `tcp://host:2376`, as it is shown. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  /** null: without TLS, which the configuration allows on loopback only. */
  readonly tls: EngineFiles | null;
};

export type EngineOutcome =
  | { readonly status: "ready"; readonly transport: Transport; readonly close: () => void }
  | { readonly status: "failed"; readonly why: EngineTrouble };

export type EngineOnlyLimits = { readonly connectMs: number; readonly engine: EngineLimits };

const usualLimits: EngineOnlyLimits = { connectMs: 10_000, engine: engineLimits };

/** A certificate with its chain has a few thousand bytes; the system's authorities half a million. */
const largestFile = 1 << 20;

type Read = { readonly text: string | undefined } | { readonly trouble: EngineTrouble };

async function textOf(file: string | null): Promise<Read> {
  if (file === null) return { text: undefined };
  const unusable = (code: string): Read => ({ trouble: { reason: "files", files: file, code } });
  try {
    const found = await stat(file);
    // A pipe or a device would keep us waiting.
    if (!found.isFile() || found.size > largestFile) return unusable("EINVAL");
    return { text: await readFile(file, "utf8") };
  } catch (error) {
    return unusable(codeOf(error));
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "?";

type Secrets = { readonly context: SecureContext } | { readonly trouble: EngineTrouble };

/** Read anew for each reading: certificates are renewed. What is wrong is told by file and code alone. */
async function secretsOf(files: EngineFiles): Promise<Secrets> {
  const [ca, cert, key] = await Promise.all([
    textOf(files.ca),
    textOf(files.cert),
    textOf(files.key),
  ]);
  for (const each of [ca, cert, key]) if ("trouble" in each) return each;
  const named = [files.ca, files.cert, files.key].filter((file) => file !== null).join(", ");
  try {
    const parts = Object.entries({ ca, cert, key }).flatMap(([name, each]) =>
      "text" in each && each.text !== undefined ? [[name, each.text] as const] : [],
    );
    const context = createSecureContext({ ...Object.fromEntries(parts), minVersion: "TLSv1.2" });
    return { context };
  } catch (error) {
    return { trouble: { reason: "files", files: named, code: codeOf(error) } };
  }
}

/**
 * In TLS 1.3 the engine judges our certificate when the handshake is over for us. What we said before
 * its verdict would turn its words into a reset: its session ticket, or this time, comes first.
 */
const verdictMs = 250;

type Opened = { readonly socket: Socket; readonly ready: Promise<void> };

/** The certificate must be of a known authority and for this name or address: there is no other mode. */
function openTls({ host, port }: EngineTarget, secrets: SecureContext): Opened {
  const socket = connectTls({ host, port, secureContext: secrets, rejectUnauthorized: true });
  const ready = new Promise<void>((resolve) => {
    socket.once("secureConnect", () => {
      if (socket.getProtocol() !== "TLSv1.3") return resolve();
      // Not at once: what is written while OpenSSL tells of the ticket stays unsent (seen with Node 24).
      socket.once("session", () => setImmediate(resolve));
      setTimeout(resolve, verdictMs).unref();
    });
  });
  return { socket, ready };
}

function openPlain({ host, port }: EngineTarget): Opened {
  const socket = connectPlain({ host, port });
  return { socket, ready: new Promise((resolve) => socket.once("connect", resolve)) };
}

/** Rejects with the system's error, `timed out` after `ms`, or the reason of `signal`. */
async function proven(
  { socket, ready }: Opened,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<Socket> {
  const late = AbortSignal.timeout(ms);
  const stop = signal === undefined ? late : AbortSignal.any([late, signal]);
  const failed = Promise.withResolvers<never>();
  const abort = (): void => failed.reject(stop.reason);
  stop.addEventListener("abort", abort, { once: true });
  if (stop.aborted) abort();
  socket.once("error", failed.reject);
  socket.once("close", () => failed.reject(new Error("the connection was closed")));
  try {
    await Promise.race([ready, failed.promise]);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    // From here on node:http listens; between the two an error must not be unheard.
    socket.on("error", () => undefined);
    stop.removeEventListener("abort", abort);
  }
}

/** Connections that the engine's client asks for; the one that was proven is the first of them. */
function agentOver(open: () => Promise<Socket>, first: Socket): Agent {
  let spare: Socket | null = first;
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  agent.createConnection = (_options, done) => {
    const next = spare === null || spare.destroyed ? open() : Promise.resolve(spare);
    spare = null;
    next.then(
      (socket) => done?.(null, socket),
      (error: Error) => done?.(error, undefined as never),
    );
    return undefined as never;
  };
  return agent;
}

/**
 * Reaches an engine over TCP: with TLS, its certificate verified before a question is sent. The host's
 * kernel cannot be read this way, so its transport has no shell. Expected failures are values; throws
 * what `signal` was aborted with.
 */
export async function connectEngine(
  target: EngineTarget,
  signal?: AbortSignal,
  limits: EngineOnlyLimits = usualLimits,
): Promise<EngineOutcome> {
  const { address, tls } = target;
  const secrets = tls === null ? null : await secretsOf(tls);
  if (secrets !== null && "trouble" in secrets) return { status: "failed", why: secrets.trouble };
  try {
    const open = (): Promise<Socket> => {
      const opened = secrets === null ? openPlain(target) : openTls(target, secrets.context);
      return proven(opened, limits.connectMs, signal);
    };
    const first = await open();
    const agent = agentOver(open, first);
    const why = { reason: "engine-only", address } as const;
    const transport: Transport = {
      shell: { status: "none", why },
      exec: () => ({
        say: () => undefined,
        end: () => undefined,
        ended: Promise.resolve({ kind: "failed", words: "no shell" }),
      }),
      engine: (path, stop) => askEngine(address, path, limits.engine, stop, agent),
    };
    const close = (): void => {
      first.destroy();
      agent.destroy();
    };
    return { status: "ready", transport, close };
  } catch (error) {
    signal?.throwIfAborted();
    return { status: "failed", why: troubleOf(error, limits.connectMs) };
  }
}
