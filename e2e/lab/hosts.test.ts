import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { ConfiguredHost } from "@/server/hosts/config/configured-hosts";
import { readConfiguration } from "@/server/hosts/config/configured-hosts";
import type { Look, Snapshot } from "@/server/hosts/held-host";
import { type Hosts, openHosts } from "@/server/hosts/hosts";
import { sshHost } from "@/server/hosts/ssh-host";
import type { SshTarget } from "@/server/transport/ssh/target";
import { labHost, onHost } from "./lab-env";
import { must } from "./run-command";
import { addUser, hostScript, type Sshd, sshTarget, startSshd } from "./ssh-users";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const data = mkdtempSync(join(tmpdir(), "vethscope-hosts-"));
const password = "correct horse 7f3a";
const passwordPort = 2231;
const started: Sshd[] = [];
const opened: Hosts[] = [];

const start = async (port: number, lines: readonly string[] = []): Promise<Sshd> => {
  const sshd = await startSshd(port, lines);
  started.push(sshd);
  return sshd;
};

const configured = (target: SshTarget): ConfiguredHost => ({
  id: `ssh-${target.name}`,
  name: target.name,
  namedBy: "page",
  target,
  remarks: [],
});

/** `known`: lines of the person's own known_hosts; Vethscope's own is in a data folder for each. */
const open = (known: string, ...targets: readonly SshTarget[]) => {
  const own = mkdtempSync(join(data, "own-"));
  const file = join(own, "users-known-hosts");
  writeFileSync(file, known);
  const bugs: unknown[] = [];
  const hosts = openHosts(
    targets.map((target) =>
      sshHost(configured(target), { data: own, agent: undefined, knownHosts: [file] }),
    ),
    (error) => bugs.push(error),
  );
  opened.push(hosts);
  return { hosts, own, file, bugs };
};

const ready = (look: Look): Snapshot => {
  if (look.status !== "ready") throw new Error(JSON.stringify(look));
  return look.snapshot;
};
const barrier = (look: Look) => {
  if (look.status !== "barred") throw new Error(look.status);
  return look.barrier;
};
const names = ({ topology }: Snapshot) => topology.containers.map(({ name }) => name);
const known = () => readFileSync(labHost().knownHostsFile, "utf8");
const target = (over: Partial<SshTarget> = {}) => sshTarget({ name: "h", ...over });

beforeAll(async () => {
  await addUser("asked", { password });
  await start(passwordPort, ["PasswordAuthentication yes", "PubkeyAuthentication no"]);
});
afterEach(async () => {
  for (const hosts of opened.splice(0)) await hosts.close();
});
afterAll(async () => {
  for (const { end } of started) await end();
  rmSync(data, { recursive: true });
});

test("a known host is read at the first look, and its connection serves the next reading", async () => {
  const { hosts, bugs } = open(known(), target());
  expect(hosts.entry("ssh-h")?.state).toEqual({ state: "unread" });
  const first = ready(await hosts.snapshot("ssh-h"));
  expect(names(first)).toContain("web");
  // The first two columns are what waits in the queues.
  const connections = async () =>
    (await onHost(labHost(), ["ss", "-Htn", "state", "established", "sport", "=", ":22"])).stdout
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).slice(2).join(" "));
  const before = await connections();
  expect(before).toHaveLength(1);
  ready(await hosts.refresh("ssh-h"));
  expect(await connections()).toEqual(before);
  expect(hosts.entry("ssh-h")).toMatchObject({
    state: { state: "ready" },
    last: { hostName: labHost().name, engine: { version: expect.any(String) } },
    ssh: { rights: "root", unverified: false, address: "root@10.99.1.11:22" },
  });
  expect(bugs).toEqual([]);
});

describe("an unknown key", () => {
  const printed = async () =>
    (await must(["ssh-keygen", "-lf", labHost().sshKeyFile.replace(/client$/, "host.pub")])).trim();

  test("is shown, compared with what the host prints, and kept in our own file only", async () => {
    const { hosts, own, file } = open("", target());
    const line = await printed();
    const shown = barrier(await hosts.snapshot("ssh-h"));
    if (shown.kind !== "unknown-key") throw new Error(shown.kind);
    expect(shown).toMatchObject({ where: "root@10.99.1.11:22", type: "ssh-ed25519" });
    expect(line).toContain(shown.fingerprint);

    const other = await must(["ssh-keygen", "-lf", `${labHost().sshKeyFile}.pub`]);
    for (const [text, error] of [
      [other, "hosts.key.other"],
      ["yes", "hosts.key.noFingerprint"],
    ] as const) {
      expect(await hosts.acceptKey("ssh-h", { how: "pasted", text })).toMatchObject({
        status: "refused",
        trouble: { error },
      });
    }
    expect(barrier(await hosts.snapshot("ssh-h")).kind).toBe("unknown-key");

    const said = await hosts.acceptKey("ssh-h", { how: "pasted", text: line });
    if (said.status !== "done") throw new Error(said.status);
    expect(names(ready(said.look))).toContain("web");
    expect(hosts.entry("ssh-h")?.ssh?.unverified).toBe(false);
    expect(readFileSync(file, "utf8")).toBe("");
    expect(statSync(join(own, "known_hosts")).mode & 0o077).toBe(0);
  });

  test("accepted without comparing it leaves a mark; of another fingerprint it is not accepted", async () => {
    const { hosts } = open("", target());
    const shown = barrier(await hosts.snapshot("ssh-h"));
    if (shown.kind !== "unknown-key") throw new Error(shown.kind);
    const accept = (fingerprint: string) =>
      hosts.acceptKey("ssh-h", { how: "unverified", fingerprint });
    expect(await accept("SHA256:another")).toMatchObject({
      trouble: { error: "hosts.key.another" },
    });
    expect(await accept(shown.fingerprint)).toMatchObject({ look: { status: "ready" } });
    expect(hosts.entry("ssh-h")?.ssh?.unverified).toBe(true);
  });
});

test("a changed key is a full stop: old and new are shown, and it cannot be accepted", async () => {
  const key = readFileSync(`${labHost().sshKeyFile}.pub`, "utf8");
  const { hosts, file, own } = open(`# mine\n${labHost().address} ${key}`, target());
  const shown = barrier(await hosts.snapshot("ssh-h"));
  if (shown.kind !== "changed-key") throw new Error(shown.kind);
  expect(shown.known).toMatchObject([{ file, line: 2, type: "ssh-ed25519" }]);
  expect(shown.known[0]?.fingerprint).not.toBe(shown.fingerprint);
  for (const answer of [
    { how: "unverified", fingerprint: shown.fingerprint },
    { how: "pasted", text: shown.fingerprint },
  ] as const) {
    expect(await hosts.acceptKey("ssh-h", answer)).toMatchObject({
      status: "refused",
      trouble: { error: "hosts.key.notAsked" },
    });
  }
  expect(() => statSync(join(own, "known_hosts"))).toThrow("ENOENT");
});

describe("a password", () => {
  const asked = () =>
    open(
      started.map((each) => each.known).join(""),
      target({ user: "asked", port: passwordPort, identityFiles: [] }),
    );

  test("is asked for while nobody waits, and kept for the next connection", async () => {
    const { hosts, own } = asked();
    const look = barrier(await hosts.snapshot("ssh-h"));
    expect(look).toEqual({
      kind: "secret",
      question: { kind: "password", where: `asked@10.99.1.11:${passwordPort}`, again: false },
    });
    const wrong = await hosts.answer("ssh-h", "no");
    expect(wrong).toMatchObject({ look: { barrier: { question: { again: true } } } });
    const right = await hosts.answer("ssh-h", password);
    expect(right).toMatchObject({ status: "done", look: { status: "ready" } });
    expect(hosts.entry("ssh-h")?.ssh?.rights).toBe("user");

    await hostScript("pkill -KILL -u asked sshd");
    await vi.waitFor(async () => ready(await hosts.refresh("ssh-h")), { timeout: 10_000 });
    expect(JSON.stringify(hosts.list())).not.toContain(password);
    expect(await must(["grep", "-rc", "correct horse", own]).catch(() => "none")).toBe("none");
  });

  test("that is wanted ends with Vethscope, at once", async () => {
    const { hosts } = asked();
    await hosts.snapshot("ssh-h");
    const begin = performance.now();
    await hosts.close();
    expect(performance.now() - begin).toBeLessThan(1500);
  });
});

test("a key with a passphrase asks for it", async () => {
  const file = join(data, "locked");
  await must(["ssh-keygen", "-q", "-t", "ed25519", "-N", password, "-f", file]);
  const port = 2232;
  const sshd = await start(port);
  const added = readFileSync(`${file}.pub`, "utf8");
  await onHost(labHost(), ["sh", "-c", `cat >>/run/vethscope-sshd-${port}/authorized`], added);
  const { hosts } = open(sshd.known, target({ port, identityFiles: [file] }));
  expect(barrier(await hosts.snapshot("ssh-h"))).toMatchObject({
    question: { kind: "passphrase", file, again: false },
  });
  expect(await hosts.answer("ssh-h", password)).toMatchObject({ look: { status: "ready" } });
});

test("a host whose sshd is gone keeps its last picture, says why, and comes back", async () => {
  const port = 2233;
  const sshd = await start(port);
  const { hosts } = open(sshd.known, target({ port }));
  const first = ready(await hosts.snapshot("ssh-h"));
  // The sessions first: their parent is the sshd that listens.
  await hostScript('pkill -KILL -P "$1" || :; kill "$1"', String(sshd.pid));
  const look = await vi.waitFor(
    async () => {
      const look = await hosts.refresh("ssh-h");
      if (look.status !== "barred") throw new Error(look.status);
      return look;
    },
    { timeout: 20_000 },
  );
  expect(look).toMatchObject({
    barrier: { kind: "unreachable", what: expect.stringMatching(/^ssh\.(refused|lost)\.what$/) },
  });
  const kept = look.snapshot;
  expect(kept === null ? null : names(kept)).toEqual(names(first));
  expect(hosts.entry("ssh-h")?.last?.at).toBe(kept?.topology.host.at);

  await hostScript(
    '"$(command -v sshd || echo /usr/sbin/sshd)" -f "$1/config"',
    `/run/vethscope-sshd-${port}`,
  );
  const again = await vi.waitFor(async () => ready(await hosts.refresh("ssh-h")), {
    timeout: 10_000,
  });
  expect(names(again)).toEqual(names(first));
  await hostScript('kill "$(cat "$1")"', `/run/vethscope-sshd-${port}/pid`);
});

test("a host that answers nothing delays no other", async () => {
  const dead = target({ name: "dead", host: "10.99.1.77" });
  const { hosts } = open(known(), dead, target());
  const waiting = hosts.snapshot("ssh-dead");
  const begin = performance.now();
  ready(await hosts.snapshot("ssh-h"));
  expect(performance.now() - begin).toBeLessThan(5000);
  expect(barrier(await waiting)).toMatchObject({ kind: "unreachable" });
});

test("a host is reached as ~/.ssh/config says: name, key and jump host", async () => {
  const { address, sshKeyFile } = labHost();
  const home = mkdtempSync(join(data, "home-"));
  await must(["mkdir", `${home}/.ssh`]);
  const port = 2234;
  const inner = await startSshd(port, [], "127.0.0.1");
  started.push(inner);
  writeFileSync(
    join(home, ".ssh", "config"),
    `Host jump\n HostName ${address}\nHost inner\n HostName 127.0.0.1\n Port ${port}\n ProxyJump jump\nHost *\n User root\n IdentityFile ${sshKeyFile}\n`,
  );
  const around = { env: {}, home, user: "nobody" };
  const configuration = readConfiguration(data, around);
  const host = configuration.hosts.find(({ name }) => name === "inner");
  if (host?.target == null) throw new Error(JSON.stringify(configuration));
  const { hosts } = open(`${known()}${inner.known}`, { ...host.target, name: "h" });
  expect(names(ready(await hosts.snapshot("ssh-h")))).toContain("web");
  expect(hosts.entry("ssh-h")?.ssh?.via).toEqual([`root@${address}:22`]);
});
