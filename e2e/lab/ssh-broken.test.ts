import { spawn } from "node:child_process";
import { connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { gather } from "@/server/gather/gather";
import { connectSsh, type SshReady } from "@/server/transport/ssh/connect";
import { keepSsh } from "@/server/transport/ssh/kept";
import { lab, labHost, onHost } from "./lab-env";
import { eventually, must } from "./run-command";
import { addUser, hostScript, sshTarget, sshWorld } from "./ssh-users";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const world = sshWorld();
const { sshd, reached, deps } = world;
afterAll(world.end);

const slow = "/run/slow";
/** A host whose `lsns` is this script. */
const lsnsIs = (script: string) =>
  hostScript(
    `mkdir -p ${slow}; printf '%s\\n' '#!/bin/sh' "$1" >${slow}/lsns; chmod 755 ${slow}/lsns`,
    script,
  );

const slowPort = 2401;
beforeAll(async () => {
  await lsnsIs("exit 0");
  await sshd(slowPort, [`SetEnv PATH=${slow}:/usr/bin:/bin`]);
});

const look = ({ transport }: SshReady, more = {}): Promise<HostFacts> =>
  gather(transport, { host: "lab1", ...more });
const asked = ({ answers }: HostFacts, probe: string): number =>
  answers.filter((answer) => answer.probe === probe && answer.exit === 0).length;

const namesOf = (answers: HostFacts["answers"]): ReadonlySet<string> =>
  new Set(answers.map(({ probe }) => probe));
/** The same command is asked again inside namespaces whose links it left open. */
const everyLsns = new Set(["lsns", "lsns-observer"]);

/** What the lab's host runs for us: shells of lanes, and what a step of them started. */
async function ours(): Promise<readonly string[]> {
  const { stdout } = await onHost(labHost(), ["ps", "-eo", "args"]);
  return stdout
    .split("\n")
    .filter((line) => /^(sudo -n )?sh -s$|sleep 98765|\/run\/slow\/lsns/.test(line));
}

/** A Vethscope in a process that can be killed: it reads one host over SSH. `TARGET DEPS` as JSON. */
const alone = `
  import { gather } from "@/server/gather/gather";
  import { connectSsh } from "@/server/transport/ssh/connect";
  const [target, deps] = process.argv.slice(1).map((each) => JSON.parse(each));
  const { transport } = await connectSsh(target, { ...deps, ask: async () => null });
  await gather(transport, { host: "lab1" });
  process.exit(0);
`;

test.each([
  ["root", {}],
  ["raised-up", { sudoers: "ALL=(ALL) NOPASSWD: ALL", shell: "/bin/bash" }],
])("a Vethscope killed with -9 leaves nothing on the host, as %s", async (user, options) => {
  if (user !== "root") {
    await addUser(user, options);
    await hostScript('printf "Defaults:%s !secure_path\\n" "$1" >"/etc/sudoers.d/$1-path"', user);
  }
  await lsnsIs("sleep 98765");
  const target = sshTarget({ user, port: slowPort });
  const { ask: _, ...rest } = deps();
  const child = spawn(
    "node",
    [
      ...["--import", "./server/cli/ts-paths.mjs", "--input-type=module", "-e", alone],
      ...[JSON.stringify(target), JSON.stringify(rest)],
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  await eventually("the hanging lsns", async () =>
    (await ours()).some((line) => line.includes("98765")) ? true : null,
  );
  child.kill("SIGKILL");
  await eventually(
    "the end of all that was ours",
    async () => ((await ours()).length === 0 ? true : null),
    10,
  );
});

test.each([
  ["hangs", "sleep 98765"],
  ["prints one byte a second", "while :; do printf x; sleep 1; done"],
])("a command that %s costs its own answer, in time", async (_, script) => {
  await lsnsIs(script);
  const begun = performance.now();
  const facts = await look(await reached({ port: slowPort }), { deadlineMs: 1500 });
  expect(performance.now() - begun).toBeLessThan(30_000);
  expect(namesOf(facts.answers.filter(({ exit }) => exit === null))).toEqual(everyLsns);
  expect(asked(facts, "ip-addr")).toBeGreaterThan(10);
  expect(await ours()).toEqual([]);
});

test("100 MB of output are cut, and the rest is whole", async () => {
  await lsnsIs("head -c 100000000 /dev/zero | tr '\\\\0' x");
  const facts = await look(await reached({ port: slowPort }));
  expect(namesOf(facts.answers.filter(({ cut }) => cut))).toEqual(everyLsns);
  expect(asked(facts, "ip-addr")).toBeGreaterThan(10);
});

test("an sshd that is killed while the host is read ends in gaps, and the host is reached again", async () => {
  await lsnsIs("sleep 98765");
  const started = await sshd(2402, [`SetEnv PATH=${slow}:/usr/bin:/bin`]);
  const kept = keepSsh(sshTarget({ port: 2402 }), deps(), { firstMs: 300, longestMs: 300 });
  const first = await kept.connection();
  if (first.status !== "ready") throw new Error(first.status);
  const reading = look(first);
  await eventually("the hanging lsns", async () =>
    (await ours()).some((line) => line.includes("98765")) ? true : null,
  );
  await hostScript('kill -KILL $(ps -o pid= --ppid "$1")', String(started.pid));
  const { gaps } = await reading;
  expect(new Set(gaps.map(({ reason }) => reason))).toContain("no-shell");
  await first.closed;
  await lsnsIs("exit 0");
  const again = await kept.connection();
  if (again.status !== "ready") throw new Error(again.status);
  expect(asked(await look(again), "ip-addr")).toBeGreaterThan(10);

  await hostScript('kill -KILL $(ps -o pid= --ppid "$1") "$1"', String(started.pid));
  await again.closed;
  const down = await kept.connection();
  expect(down).toMatchObject({ status: "failed", why: { reason: "refused" } });
  // Sooner than that it is not tried.
  expect(await kept.connection()).toBe(down);
  kept.close();
});

test("a link that goes down ends the reading in time, and another host is not delayed", async () => {
  await lsnsIs("sleep 98765");
  const link = async (state: string) =>
    must(["ip", "-n", lab().around.underlay, "link", "set", labHost().name, state]);
  const limits = { aliveMs: 500, aliveCount: 2, connectMs: 1500 };
  const ready = await reached({ port: slowPort }, { limits });
  const reading = look(ready);
  await eventually("the hanging lsns", async () =>
    (await ours()).some((line) => line.includes("98765")) ? true : null,
  );
  const begun = performance.now();
  await link("down");
  try {
    const { gaps } = await reading;
    expect(performance.now() - begun).toBeLessThan(6000);
    expect(gaps.map(({ reason }) => reason)).toContain("no-shell");
    expect(await connectSsh(sshTarget(), deps({ limits }))).toMatchObject({ status: "failed" });
  } finally {
    await link("up");
  }
});

test("an engine that is stopped is silent in time, and the rest is whole", async () => {
  const pid = (await hostScript("pgrep -x dockerd")).trim();
  await hostScript('kill -STOP "$1"', pid);
  try {
    const engine = { deadlineMs: 1500, bodyBytes: 1 << 20 };
    const facts = await look(await reached({}, { limits: { engine } }));
    expect(facts.gaps).toEqual([
      { probe: null, netns: null, reason: "engine-silent", socket: "/run/docker.sock", ms: 1500 },
    ]);
    expect(asked(facts, "ip-addr")).toBeGreaterThan(10);
  } finally {
    await hostScript('kill -CONT "$1"', pid);
  }
});

const ticks = 20;
/** Stands before the lab host's sshd and hands on `rate()` bytes a second of what it says. */
async function drip(
  rate: () => number,
): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((near) => {
    const far = connect(labHost().sshPort, labHost().address);
    let held = Buffer.alloc(0);
    let due = 0;
    const timer = setInterval(() => {
      const more = rate() / ticks;
      // What was not there to be sent is not made up for.
      due = Math.min(due + more, Math.max(1, more));
      const part = held.subarray(0, Math.floor(due));
      due -= part.length;
      held = held.subarray(part.length);
      if (part.length > 0) near.write(part);
    }, 1000 / ticks);
    far.on("data", (chunk) => {
      held = Buffer.concat([held, chunk]);
    });
    near.pipe(far);
    const end = (): void => {
      clearInterval(timer);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on("close", end).on("error", end);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, server };
}

const slowest = [["20 bytes", 20] as const, ["exactly one byte", 1] as const];
test.each(slowest)(
  "a host that answers %s a second is given up in time, in its handshake and later",
  async (_, few) => {
    let rate: number = few;
    const { port, server } = await drip(() => rate);
    const name = `[127.0.0.1]:${port}`;
    try {
      const limits = { connectMs: 2000, aliveMs: 1000, aliveCount: 2 };
      const through = sshTarget({ host: "127.0.0.1", port });
      const begun = performance.now();
      const dead = connectSsh(through, deps({ limits })).then((outcome) => ({
        outcome,
        ms: performance.now() - begun,
      }));
      await reached();
      const live = performance.now() - begun;
      const { outcome, ms } = await dead;
      expect(outcome).toMatchObject({ status: "failed", why: { reason: "timed-out", ms: 2000 } });
      expect(live).toBeLessThan(ms);

      rate = Number.POSITIVE_INFINITY;
      const unknown = await connectSsh(through, deps({ limits }));
      expect(unknown).toMatchObject({ status: "unknown-host-key", name });
      if (unknown.status !== "unknown-host-key") return;
      const { acceptHostKey } = await import("@/server/transport/ssh/accepted-keys");
      await acceptHostKey(world.data, unknown, "compared");
      const ready = await connectSsh(through, deps({ limits }));
      if (ready.status !== "ready") throw new Error(ready.status);
      rate = few;
      const then = performance.now();
      const facts = await look(ready);
      expect(performance.now() - then).toBeLessThan(15_000);
      expect(facts.gaps.length).toBeGreaterThan(0);
      ready.close();
    } finally {
      server.close();
    }
  },
);
