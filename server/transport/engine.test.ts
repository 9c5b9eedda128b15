import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { askEngine } from "./engine";
import { type EnginePath, enginePaths } from "./engine-fields";
import { engineSockets } from "./engine-sockets";
import { local } from "./local";

const limits = { deadlineMs: 400, bodyBytes: 8 * 1024 * 1024 };
const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanUps.splice(0)) clean();
});

type Heard = { readonly method: string | undefined; readonly url: string | undefined };

/** An engine: a real server on a unix socket, which answers every question in the same way. */
async function engine(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<{ readonly socket: string; readonly heard: readonly Heard[] }> {
  const folder = mkdtempSync(join(tmpdir(), "vethscope-engine-"));
  const socket = join(folder, "e.sock");
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    heard.push({ method: request.method, url: request.url });
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  return { socket, heard };
}

const ask = (socket: string, path: EnginePath = "/info") => askEngine(socket, path, limits);

test("only GET is sent, to exactly the listed paths", async () => {
  const { socket, heard } = await engine((response) => response.end("[]"));
  for (const path of enginePaths) await ask(socket, path);
  expect(heard).toEqual(enginePaths.map((url) => ({ method: "GET", url })));
});

test("a path that is not listed is refused before anything is sent", async () => {
  const { socket, heard } = await engine((response) => response.end("{}"));
  const path = "/containers/web/json" as EnginePath;
  await expect(askEngine(socket, path, limits)).rejects.toThrow("not a listed path");
  expect(heard).toEqual([]);
});

test("an error is told with the engine's message, and with nothing else of its body", async () => {
  const { socket } = await engine((response) => {
    response.statusCode = 500;
    response.end('{"message":"driver failed","Env":["s3cret"]}');
  });
  expect(await ask(socket)).toEqual({
    status: "missing",
    why: { reason: "engine-error", path: "/info", status: 500, words: "driver failed" },
  });
});

test("an engine that says nothing costs its deadline, before its headers and in its body", async () => {
  const mute = await engine(() => undefined);
  const stuck = await engine((response) => response.write('{"Name":'));
  for (const { socket } of [mute, stuck])
    expect(await ask(socket)).toEqual({
      status: "missing",
      why: { reason: "engine-silent", socket, ms: limits.deadlineMs },
    });
});

test("an engine whose connection never opens costs its deadline, too", async () => {
  const agent = new Agent();
  agent.createConnection = () => undefined as never;
  expect(await askEngine("far.sock", "/info", limits, undefined, agent)).toEqual({
    status: "missing",
    why: { reason: "engine-silent", socket: "far.sock", ms: limits.deadlineMs },
  });
});

test("what is no JSON, or not of the expected kind, is unreadable, and none of it is repeated", async () => {
  for (const body of ["<html>s3cret", "", '"s3cret"', "[1", "\u0000\ufffd"]) {
    const { socket } = await engine((response) => response.end(body));
    const reply = await ask(socket);
    expect(reply).toMatchObject({ status: "missing", why: { reason: "unreadable-output" } });
    expect(JSON.stringify(reply)).not.toContain("s3cret");
  }
});

test("an answer without an end is cut off", async () => {
  const { socket } = await engine((response) => {
    const line = Buffer.alloc(64 * 1024, "x");
    const more = (): void => {
      while (!response.destroyed && response.write(line));
      response.once("drain", more);
    };
    more();
  });
  expect(await askEngine(socket, "/info", { ...limits, deadlineMs: 5000 })).toMatchObject({
    why: { reason: "cut", bytes: limits.bodyBytes },
  });
});

test("a thousand containers with markup in every field come through as text", async () => {
  const markup = '<img src=x onerror="alert(1)">$(id)';
  const containers = Array.from({ length: 1000 }, (_, index) => ({
    Id: `${index}`.padStart(64, "0"),
    Names: [`/${markup}${index}`],
    Image: markup,
    State: markup,
    Command: "s3cret",
    Labels: { "com.docker.compose.project": markup, [markup]: markup },
    NetworkSettings: { Networks: { [markup]: { NetworkID: markup } } },
  }));
  const { socket } = await engine((response) => response.end(JSON.stringify(containers)));
  const reply = await ask(socket, "/containers/json?all=1");
  if (reply.status !== "answered") throw new Error(reply.why.reason);
  const kept = JSON.parse(reply.body);
  expect(kept).toHaveLength(1000);
  expect(kept[999].Names).toEqual([`/${markup}999`]);
  expect(reply.body).not.toContain("s3cret");
});

test("without an engine the socket that was looked for is named", async () => {
  const socket = join(tmpdir(), "vethscope-no-engine.sock");
  expect(await ask(socket)).toEqual({ status: "missing", why: { reason: "no-engine", socket } });
});

test("DOCKER_HOST alone decides, and an engine that is not on a socket is not spoken to", async () => {
  const { socket } = await engine((response) => response.end('{"Name":"chosen"}'));
  const chosen = await local({ env: { DOCKER_HOST: `unix://${socket}` } });
  expect(await chosen.engine("/info")).toMatchObject({ body: '{"Name":"chosen"}' });
  const remote = await local({ env: { DOCKER_HOST: "tcp://127.0.0.1:1" } });
  expect(await remote.engine("/info")).toEqual({
    status: "missing",
    why: { reason: "no-engine", socket: "tcp://127.0.0.1:1" },
  });
});

test("Docker's own sockets are tried first, then rootless ones, then podman's", () => {
  expect(engineSockets({ XDG_RUNTIME_DIR: "/run/user/7", HOME: "/home/a" }, "linux")).toEqual({
    kind: "sockets",
    paths: [
      "/run/docker.sock",
      "/var/run/docker.sock",
      "/run/user/7/docker.sock",
      "/home/a/.docker/run/docker.sock",
      "/run/podman/podman.sock",
      "/run/user/7/podman/podman.sock",
    ],
  });
});

test("the sockets of a host seen through a process are looked for in its files", () => {
  expect(engineSockets({}, "linux", "/proc/1/root")).toMatchObject({
    paths: expect.arrayContaining(["/proc/1/root/run/docker.sock"]),
  });
});
