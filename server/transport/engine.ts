import { type Agent, IncomingMessage } from "node:http";
import Docker from "dockerode";
import type { GapReason } from "@/lib/facts/model";
import { allowedFields, type EnginePath, requireListed } from "./engine-fields";
import type { EngineReply } from "./port";

export type EngineLimits = {
  /** From the question to the last byte; dockerode drops abort signals on some calls, so it is ours. */
  readonly deadlineMs: number;
  readonly bodyBytes: number;
};

/** 1,000 containers are about 3 MB. */
export const engineLimits: EngineLimits = { deadlineMs: 10_000, bodyBytes: 48 * 1024 * 1024 };

/** With every status known, dockerode hands over the response instead of reading an error's body unbounded. */
const everyStatus = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [index + 100, true as const]),
);

/** dockerode would let DOCKER_HOST win over a socket that was given to it, were host and protocol left open. */
function open(
  socket: string,
  path: EnginePath,
  signal: AbortSignal,
  agent: Agent | undefined,
): Promise<IncomingMessage> {
  const { pathname, search, searchParams } = new URL(path, "http://engine");
  const reached: Docker.DockerOptions & { agent?: Agent } =
    agent === undefined
      ? { socketPath: socket, host: "", protocol: "http" }
      : { agent, host: "engine", port: 80, protocol: "http" };
  const { modem } = new Docker(reached);
  return new Promise((resolve, reject) => {
    // A request that still waits for its connection does not hear that it was aborted.
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    modem.dial(
      {
        // A path that ends in "?" makes dockerode append the options as the query.
        path: search === "" ? pathname : `${pathname}?`,
        options: Object.fromEntries(searchParams),
        method: "GET",
        isStream: true,
        statusCodes: everyStatus,
        abortSignal: signal,
      },
      (error, response) => {
        if (response instanceof IncomingMessage) resolve(response);
        else reject(error ?? new Error("no response"));
      },
    );
  });
}

/** The body; null: longer than the cap. */
async function readBody(
  response: IncomingMessage,
  cap: number,
  signal: AbortSignal,
): Promise<string | null> {
  const stop = (): void => {
    response.destroy(new Error("deadline"));
  };
  signal.addEventListener("abort", stop);
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > cap) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  } finally {
    signal.removeEventListener("abort", stop);
    response.destroy();
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Engines say `{ "message": … }`; of any other body nothing is repeated. */
function messageOf(body: string): string {
  const value = parsed(body);
  const message =
    typeof value === "object" && value !== null && "message" in value ? value.message : "";
  return typeof message === "string" ? message.slice(0, 200) : "";
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

function failure(error: unknown, socket: string, path: EnginePath): GapReason {
  const code = codeOf(error);
  if (code === "EACCES" || code === "EPERM") return { reason: "engine-denied", socket };
  if (code === "ENOENT" || code === "ECONNREFUSED" || code === "ENOTSOCK" || code === "ENOTDIR")
    return { reason: "no-engine", socket };
  const words = error instanceof Error ? error.message.slice(0, 200) : "";
  return { reason: "engine-error", path, status: 0, words };
}

type Received = { readonly http: number; readonly body: string | null };

function understood(
  received: Received,
  path: EnginePath,
  limits: EngineLimits,
): GapReason | string {
  const { http, body } = received;
  if (body === null) return { reason: "cut", command: path, bytes: limits.bodyBytes };
  if (http < 200 || http > 299)
    return { reason: "engine-error", path, status: http, words: messageOf(body) };
  const kept = allowedFields(path, parsed(body));
  // No excerpt: what is not understood has not passed the allow-list.
  if (kept === undefined)
    return { reason: "unreadable-output", command: path, unread: 1, excerpt: "" };
  return JSON.stringify(kept);
}

/**
 * GETs one listed path from an engine's unix socket (or Windows pipe) and keeps the allowed fields.
 * With `agent`, which opens the connections, `socket` is only what the engine is called.
 * Expected failures are replies; throws on a path that is not listed, and when `signal` was aborted.
 */
export async function askEngine(
  socket: string,
  path: EnginePath,
  limits: EngineLimits,
  signal?: AbortSignal,
  agent?: Agent,
): Promise<EngineReply> {
  requireListed(path);
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(limits.deadlineMs);
  const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  const at = new Date().toISOString();
  const begun = performance.now();
  try {
    const response = await open(socket, path, either, agent);
    const http = response.statusCode ?? 0;
    const body = await readBody(response, limits.bodyBytes, either);
    const kept = understood({ http, body }, path, limits);
    if (typeof kept !== "string") return { status: "missing", why: kept };
    return { status: "answered", http, body: kept, at, ms: Math.round(performance.now() - begun) };
  } catch (error) {
    signal?.throwIfAborted();
    if (deadline.aborted)
      return {
        status: "missing",
        why: { reason: "engine-silent", socket, ms: limits.deadlineMs },
      };
    return { status: "missing", why: failure(error, socket, path) };
  }
}
