import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gather } from "@/server/gather/gather";
import { enginesNotAsked, introduction } from "./engines-not-asked";
import { local } from "./local";
import type { EngineReply } from "./port";

const answered = (info: object): EngineReply => ({
  status: "answered",
  http: 200,
  body: JSON.stringify(info),
  at: "2026-01-01T00:00:00.000Z",
  ms: 1,
});
const silent = (socket: string): EngineReply => ({
  status: "missing",
  why: { reason: "engine-silent", socket, ms: 3000 },
});
const notAsked = (socket: string, asked = "/a") => ({ reason: "engine-not-asked", socket, asked });

test("another engine is told with its socket and the one that is shown", () => {
  const shown = { socket: "/a", reply: answered({ ID: "1" }) };
  const other = { socket: "/b", reply: answered({ ID: "2" }) };
  expect(enginesNotAsked(shown, [other])).toEqual([notAsked("/b")]);
});

test("one engine on several sockets is one engine, also when it is not the one that is shown", () => {
  const on = (socket: string, ID: string) => ({ socket, reply: answered({ ID }) });
  const others = [on("/b", "1"), on("/c", "2"), on("/d", "2")];
  expect(enginesNotAsked(on("/a", "1"), others)).toEqual([notAsked("/c")]);
});

test("engines without an ID are not taken for one", () => {
  const on = (socket: string) => ({ socket, reply: answered({}) });
  expect(enginesNotAsked(on("/a"), [on("/b"), on("/c")])).toEqual([notAsked("/b"), notAsked("/c")]);
});

test("what does not answer is no engine; what does beside a silent one is", () => {
  const on = (socket: string, reply: EngineReply) => ({ socket, reply });
  expect(enginesNotAsked(on("/a", answered({})), [on("/b", silent("/b"))])).toEqual([]);
  expect(enginesNotAsked(on("/a", silent("/a")), [on("/b", answered({}))])).toEqual([
    notAsked("/b"),
  ]);
});

test("one that refuses to answer is told, too", () => {
  const denied = (socket: string): EngineReply => ({
    status: "missing",
    why: { reason: "engine-denied", socket },
  });
  const shown = { socket: "/a", reply: answered({ ID: "1" }) };
  expect(enginesNotAsked(shown, [{ socket: "/b", reply: denied("/b") }])).toEqual([
    { reason: "engine-denied", socket: "/b" },
  ]);
});

test("nobody waits long for an engine that is not shown", () => {
  expect(introduction({ deadlineMs: 10_000, bodyBytes: 7 })).toEqual({
    deadlineMs: 3000,
    bodyBytes: 7,
  });
});

let folder = "";
const ends: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vethscope-engines-"));
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  rmSync(folder, { recursive: true });
});

async function engine(name: string, ID: string): Promise<string> {
  const socket = join(folder, name);
  const server = createServer((_, response) => response.end(JSON.stringify({ ID })));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  ends.push(() => server.close());
  return socket;
}

/** A machine whose user has sockets of their own, before and after those of the system. */
const around = (env: Readonly<Record<string, string>> = {}) =>
  local({ env: { DOCKER_HOST: "", HOME: folder, XDG_RUNTIME_DIR: folder, ...env } });

test("on this machine a user's podman beside their Docker is told; a link to its socket is not", async () => {
  await engine("docker.sock", "1");
  mkdirSync(join(folder, ".docker"));
  // The second place of a user's Docker: the same socket again.
  symlinkSync(folder, join(folder, ".docker", "run"));
  mkdirSync(join(folder, "podman"));
  const podman = await engine("podman/podman.sock", "2");
  const told = await (await around()).otherEngines?.();
  // The machine of this test may have a Docker of its own.
  const sockets = (told ?? []).flatMap((why) => ("socket" in why ? [why.socket] : []));
  expect(sockets).toContain(podman);
  expect(sockets).not.toContain(join(folder, ".docker", "run", "docker.sock"));
});

test("where DOCKER_HOST chose, nothing else is asked", async () => {
  await engine("docker.sock", "1");
  const chosen = await engine("chosen.sock", "2");
  const transport = await around({ DOCKER_HOST: `unix://${chosen}` });
  expect(await transport.otherEngines?.()).toEqual([]);
});

test("the facts hold it, once", async () => {
  const transport = await around({ DOCKER_HOST: `unix://${await engine("docker.sock", "1")}` });
  const why = { reason: "engine-not-asked", socket: "/b", asked: "/a" } as const;
  const facts = await gather(
    {
      ...transport,
      shell: { status: "none", why: { reason: "no-linux", platform: "macOS" } },
      otherEngines: async () => [why],
    },
    { host: "h" },
  );
  expect(facts.gaps.filter(({ reason }) => reason === why.reason)).toEqual([
    { probe: null, netns: null, ...why },
  ]);
});
