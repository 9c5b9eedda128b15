import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { gather } from "@/server/gather/gather";
import type { SshReady } from "@/server/transport/ssh/connect";
import { addUser, hostScript, sshWorld } from "./ssh-users";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const world = sshWorld();
const { sshd, reached } = world;
afterAll(world.end);

const look = ({ transport }: SshReady): Promise<HostFacts> => gather(transport, { host: "lab1" });
const engineAnswers = ({ answers }: HostFacts): number =>
  answers.filter(({ asked }) => asked.kind === "engine").length;

/** A host seen whole: as root sees it. */
function expectWhole(facts: HostFacts): void {
  expect(facts.gaps).toEqual([]);
  expect(engineAnswers(facts)).toBe(4);
  expect(facts.answers.filter(({ exit }) => exit === null)).toEqual([]);
}

beforeAll(async () => {
  await hostScript(
    "getent group docker >/dev/null || groupadd docker; chgrp docker /run/docker.sock",
  );
  await sshd(2301);
});

const as = (user: string, port = 2301) => reached({ user, port });

test("one who may use sudo without a password sees what root sees", async () => {
  await addUser("raised", { sudoers: "ALL=(ALL) NOPASSWD: ALL", shell: "/bin/bash" });
  const ready = await as("raised");
  expect(ready.transport.shell).toEqual({ status: "posix", rights: "sudo" });
  // The user may not open the socket: it is `sudo -n docker system dial-stdio` that speaks to it.
  expect(ready.engines).toEqual([{ path: "/run/docker.sock", open: false }]);
  expectWhole(await look(ready));
});

test("one who may run that shell by sudo, and nothing else, sees the kernel as root does", async () => {
  await addUser("one-line", { sudoers: "ALL=(root) NOPASSWD: /bin/sh -s" });
  const ready = await as("one-line");
  expect(ready.transport.shell).toEqual({ status: "posix", rights: "sudo" });
  const facts = await look(ready);
  expect(facts.answers.filter(({ exit }) => exit === null)).toEqual([]);
  expect(facts.gaps.filter(({ netns }) => netns !== null)).toEqual([]);
});

test.each([
  [
    "barred",
    "ALL=(ALL) NOPASSWD: ALL, !/bin/sh, !/usr/bin/sh, !/bin/bash, !/bin/dash, !/usr/bin/dash",
  ],
  ["idle", "ALL=(root) NOPASSWD: /usr/bin/true"],
])(
  "where sudo gives no shell (%s) a user sees what a user may, and not nothing",
  async (user, sudoers) => {
    await addUser(user, { sudoers });
    const ready = await as(user);
    expect(ready.transport.shell).toEqual({ status: "posix", rights: "user" });
    const facts = await look(ready);
    expect(facts.gaps.map(({ reason }) => reason)).not.toContain("no-shell");
    const own = facts.answers.find(({ probe, entered }) => probe === "ip-addr" && entered === null);
    expect(own?.stdout).toContain("docker0");
  },
);

test("one who may nothing is told so, and the kernel is read as far as it lets them", async () => {
  await addUser("nobody-much");
  const ready = await as("nobody-much");
  expect(ready.transport.shell).toEqual({ status: "posix", rights: "user" });
  const facts = await look(ready);
  expect(facts.gaps).toContainEqual(
    expect.objectContaining({ reason: "engine-denied", socket: "/run/docker.sock" }),
  );
  const own = facts.answers.find(({ probe, entered }) => probe === "ip-addr" && entered === null);
  expect(own?.stdout).toContain("docker0");
});

test("one of the group of the socket has the engine, forwarded or by docker's own dial-stdio", async () => {
  await addUser("member", { groups: "docker" });
  expect(engineAnswers(await look(await as("member")))).toBe(4);
  await sshd(2302, ["AllowStreamLocalForwarding no"]);
  expect(engineAnswers(await look(await as("member", 2302)))).toBe(4);
});

test("sockets of several engines are all named, and one of them is asked", async () => {
  await hostScript("mkdir -p /run/podman; ssh-agent -a /run/podman/podman.sock >/run/podman/agent");
  const ready = await as("root");
  expect(ready.engines.map(({ path }) => path)).toEqual([
    "/run/docker.sock",
    "/run/podman/podman.sock",
  ]);
  expectWhole(await look(ready));
  await hostScript(". /run/podman/agent >/dev/null; kill $SSH_AGENT_PID; rm -rf /run/podman");
});

test("fish, which is no POSIX shell, changes nothing, nor where sockets may not be forwarded", async () => {
  await addUser("fishy", { sudoers: "ALL=(ALL) NOPASSWD: ALL", shell: "/usr/bin/fish" });
  expectWhole(await look(await as("fishy")));
  // Its engine is spoken to by `docker system dial-stdio`, which fish starts.
  expectWhole(await look(await as("fishy", 2302)));
});

test("an rc file that prints, a banner and a motd change nothing", async () => {
  const noisy = { shell: "/bin/bash", sudoers: "ALL=(ALL) NOPASSWD: ALL" };
  await addUser("noisy", noisy);
  await hostScript(`cd /run/home-noisy
printf '%s\\n' 'echo vethscope-noise; echo e 0 0 >&2; seq 1 5000' >.bashrc
chown noisy .bashrc; seq 1 300 >/run/banner`);
  await sshd(2303, ["Banner /run/banner", "PrintMotd yes"]);
  expectWhole(await look(await as("noisy", 2303)));
});

test("a host that allows one session at a time is read one lane after the other", async () => {
  await sshd(2304, ["MaxSessions 1"]);
  expectWhole(await look(await as("root", 2304)));
  await sshd(2305, ["MaxSessions 1", "AllowStreamLocalForwarding no"]);
  expectWhole(await look(await as("root", 2305)));
});

test("an account without a shell says why, and its engine is still asked", async () => {
  await addUser("shellless", { shell: "/usr/sbin/nologin", groups: "docker" });
  const ready = await as("shellless");
  expect(ready.transport.shell).toEqual({
    status: "none",
    why: { reason: "no-shell", words: "This account is currently not available." },
  });
  const facts = await look(ready);
  expect(engineAnswers(facts)).toBe(4);
  expect(facts.gaps).toMatchObject([{ reason: "no-shell" }]);
});

test("a restricted shell, and one that never runs what it is told, are named by their words", async () => {
  await hostScript(
    `printf '%s\\n' '#!/bin/sh' 'exec sleep 1000' >/run/stuck; chmod 755 /run/stuck`,
  );
  await addUser("stuck", { shell: "/run/stuck" });
  await addUser("bounded", { shell: "/bin/rbash" });
  const words = async (user: string) => {
    const { transport } = await reached({ user, port: 2301 }, { limits: { helloMs: 1500 } });
    return transport.shell.status === "none" ? transport.shell.why : null;
  };
  expect(await words("bounded")).toMatchObject({
    reason: "no-shell",
    words: expect.stringContaining("restricted"),
  });
  expect(await words("stuck")).toMatchObject({
    words: "the login shell did not run sh within 2 s",
  });
});
