import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { gather } from "@/server/gather/gather";
import { acceptedKeysFile, acceptHostKey } from "@/server/transport/ssh/accepted-keys";
import { connectSsh, type SshDeps } from "@/server/transport/ssh/connect";
import type { Prompt } from "@/server/transport/ssh/credentials";
import { compareWithPasted } from "@/server/transport/ssh/fingerprint";
import { keepSsh } from "@/server/transport/ssh/kept";
import type { SshTarget } from "@/server/transport/ssh/target";
import { labHost, onHost } from "./lab-env";
import { must } from "./run-command";
import { addUser, hostScript, sshTarget, sshWorld, startSshd } from "./ssh-users";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const world = sshWorld();
const { data, deps, sshd } = world;
const reached = (target: SshTarget, over?: Partial<SshDeps>) => world.reached(target, over);

beforeAll(async () => {
  await hostScript(`printf '%s\\n' 'auth required pam_unix.so' 'account required pam_permit.so' \\
  'session required pam_permit.so' >/etc/pam.d/sshd`);
});
afterAll(world.end);

test("a known host is reached, with root's rights, its engine on the same connection", async () => {
  const { transport, hostKeys, engines } = await reached(sshTarget());
  expect(transport.shell).toEqual({ status: "posix", rights: "root" });
  expect(hostKeys).toEqual([{ where: "root@10.99.1.11:22", verified: true, authority: null }]);
  expect(engines).toEqual([{ path: "/run/docker.sock", open: true }]);
  expect(await transport.engine("/version")).toMatchObject({ status: "answered" });
});

test("an unknown key stops before anything is said; accepted keys go to our own file", async () => {
  const usual = labHost().knownHostsFile;
  const before = readFileSync(usual, "utf8");
  await addUser("keyed");
  const { port, end } = await startSshd(2201, ["LogLevel DEBUG"]);
  const target = sshTarget({ user: "keyed", port });
  const unknown = await connectSsh(target, deps());
  if (unknown.status !== "unknown-host-key") throw new Error(unknown.status);
  expect(unknown).toMatchObject({
    name: "[10.99.1.11]:2201",
    type: "ssh-ed25519",
    certificate: null,
  });
  expect(await hostScript("cat /run/vethscope-sshd-2201/log")).not.toContain("keyed");

  const line = await hostScript("ssh-keygen -lf /run/vethscope-sshd-2201/host.pub");
  expect(line).toContain(unknown.fingerprint);
  expect(compareWithPasted(line, unknown.key)).toBe("same");
  await acceptHostKey(data, unknown, "unverified");
  const { hostKeys } = await reached(target);
  expect(hostKeys).toMatchObject([{ where: "keyed@10.99.1.11:2201", verified: false }]);
  expect(readFileSync(usual, "utf8")).toBe(before);
  expect(readFileSync(acceptedKeysFile(data), "utf8")).toContain("[10.99.1.11]:2201 ssh-ed25519");
  await end();
});

test("a key that changed is a full stop with old and new, and a revoked one too", async () => {
  const changed = join(data, "changed");
  const revoked = join(data, "revoked");
  const [, type, base64] = readFileSync(labHost().knownHostsFile, "utf8").trim().split(" ");
  await must(["ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", join(data, "other")]);
  writeFileSync(changed, `# old\n10.99.1.11 ${readFileSync(join(data, "other.pub"), "utf8")}`);
  writeFileSync(revoked, `@revoked * ${type} ${base64}\n`);
  const old = await must(["ssh-keygen", "-lf", join(data, "other.pub")]);
  const stop = await connectSsh(sshTarget(), deps({ knownHosts: [changed] }));
  if (stop.status !== "changed-host-key") throw new Error(stop.status);
  const [was] = stop.known;
  expect(was).toMatchObject({ type: "ecdsa-sha2-nistp256", file: changed, line: 2 });
  expect(old).toContain(was?.fingerprint);
  expect(await connectSsh(sshTarget(), deps({ knownHosts: [changed, revoked] }))).toMatchObject({
    status: "failed",
    why: { reason: "host-key-revoked", file: revoked, line: 1 },
  });
});

test("a host with several keys is asked for the one that is known", async () => {
  const file = join(data, "rsa-known");
  await hostScript(
    `mkdir -p /run/rsa; rm -f /run/rsa/*; ssh-keygen -q -t rsa -N '' -f /run/rsa/key`,
  );
  await sshd(2203, ["HostKey /run/rsa/key"]);
  writeFileSync(file, `[10.99.1.11]:2203 ${await hostScript("cat /run/rsa/key.pub")}`);
  const outcome = await connectSsh(sshTarget({ port: 2203 }), deps({ knownHosts: [file] }));
  if (outcome.status !== "ready") throw new Error(JSON.stringify(outcome));
  outcome.close();
});

test("password, keyboard-interactive and an encrypted key are asked for, and asked again when wrong", async () => {
  await addUser("secret", { password: "right horse" });
  await sshd(2204, ["UsePAM yes", "PasswordAuthentication yes", "PubkeyAuthentication no"]);
  await sshd(2205, ["UsePAM yes", "KbdInteractiveAuthentication yes", "PubkeyAuthentication no"]);
  const asked: Prompt[] = [];
  const saying = (...answers: readonly (string | null)[]) => {
    let at = 0;
    return async (prompt: Prompt) => {
      asked.push(prompt);
      return answers[at++] ?? null;
    };
  };
  const user = "secret";
  await reached(sshTarget({ user, port: 2204 }), { ask: saying("wrong", "right horse") });
  expect(asked.splice(0)).toEqual([
    { kind: "password", where: "secret@10.99.1.11:2204", again: false },
    { kind: "password", where: "secret@10.99.1.11:2204", again: true },
  ]);
  await reached(sshTarget({ user, port: 2205 }), { ask: saying("right horse") });
  expect(asked.splice(0)).toMatchObject([{ kind: "keyboard-interactive", prompt: "Password: " }]);

  expect(await connectSsh(sshTarget({ user, port: 2204 }), deps({ ask: saying(null) }))).toEqual({
    status: "failed",
    where: "secret@10.99.1.11:2204",
    why: { reason: "not-answered" },
  });
  asked.splice(0);
  const key = join(data, "locked");
  const text = readFileSync(labHost().sshKeyFile, "utf8");
  writeFileSync(key, text, { mode: 0o600 });
  await must(["ssh-keygen", "-q", "-p", "-N", "pass phrase", "-P", "", "-f", key]);
  await reached(sshTarget({ identityFiles: [key] }), { ask: saying("no", "pass phrase") });
  expect(asked).toMatchObject([
    { kind: "passphrase", file: key, again: false },
    { kind: "passphrase", file: key, again: true },
  ]);
});

test("a password that worked is not asked for again when the connection is opened anew", async () => {
  await addUser("kept", { password: "once" });
  const { pid } = await sshd(2209, [
    ...["UsePAM yes", "PasswordAuthentication yes", "PubkeyAuthentication no"],
  ]);
  let times = 0;
  const ask = async () => {
    times += 1;
    return "once";
  };
  const kept = keepSsh(sshTarget({ user: "kept", port: 2209 }), deps({ ask }));
  const first = await kept.connection();
  if (first.status !== "ready") throw new Error(first.status);
  // For an ordinary user sshd is two processes for each connection, and either holds it.
  await hostScript(
    'for one in $(ps -o pid= --ppid "$1"); do kill -KILL $(ps -o pid= --ppid "$one") "$one"; done',
    String(pid),
  );
  await first.closed;
  expect([(await kept.connection()).status, times]).toEqual(["ready", 1]);
  kept.close();
});

test("an agent signs, and is not forwarded", async () => {
  const socket = join(data, "agent.sock");
  const said = await must(["ssh-agent", "-a", socket]);
  const pid = /SSH_AGENT_PID=(\d+)/.exec(said)?.[1] ?? "";
  try {
    await must(["env", `SSH_AUTH_SOCK=${socket}`, "ssh-add", "-q", labHost().sshKeyFile]);
    const { transport } = await reached(sshTarget({ identityFiles: [] }), { agent: socket });
    const sockets = await onHost(labHost(), ["sh", "-c", "ls -d /tmp/ssh-*/agent.* 2>/dev/null"]);
    expect([transport.shell.status, sockets.stdout]).toEqual(["posix", ""]);

    // With IdentitiesOnly only those of its keys that are named; the public key is enough.
    await must(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", join(data, "stranger")]);
    const named = join(data, "named");
    writeFileSync(`${named}.pub`, readFileSync(`${labHost().sshKeyFile}.pub`, "utf8"));
    const only = { identitiesOnly: true, agent: socket } as const;
    await reached(sshTarget({ identityFiles: [named], ...only }));
    const others = sshTarget({ identityFiles: [`${join(data, "stranger")}.pub`], ...only });
    expect(await connectSsh(others, deps())).toMatchObject({ why: { reason: "denied" } });
    expect(
      await connectSsh(sshTarget({ identityFiles: [], agent: "" }), deps({ agent: socket })),
    ).toMatchObject({ why: { reason: "denied" } });
  } finally {
    process.kill(Number(pid));
  }
  const missing = await connectSsh(
    sshTarget({ identityFiles: [] }),
    deps({ agent: join(data, "no-agent") }),
  );
  expect(missing).toMatchObject({
    why: { reason: "denied", tried: expect.arrayContaining(["publickey"]) },
  });
});

test("a host behind two jump hosts is reached, and each of them is verified", async () => {
  await sshd(2206, [], "127.0.0.1");
  await sshd(2207, [], "127.0.0.1");
  const inner = (port: number) => sshTarget({ host: "127.0.0.1", port });
  const target = { ...inner(2207), via: [sshTarget(), inner(2206)] };
  const { transport, hostKeys } = await reached(target);
  expect(hostKeys.map(({ where }) => where)).toEqual([
    "root@10.99.1.11:22",
    "root@127.0.0.1:2206",
    "root@127.0.0.1:2207",
  ]);
  expect((await gather(transport, { host: "lab1" })).gaps).toEqual([]);
  expect(await connectSsh(target, deps({ knownHosts: [labHost().knownHostsFile] }))).toMatchObject({
    status: "unknown-host-key",
    where: "root@127.0.0.1:2206",
  });
  await sshd(2208, ["AllowTcpForwarding no"]);
  const shut = { ...inner(2207), via: [sshTarget({ port: 2208 })] };
  expect(await connectSsh(shut, deps())).toMatchObject({
    where: "root@127.0.0.1:2207",
    why: { reason: "forward-refused", through: "root@10.99.1.11:2208" },
  });
});

test("what is not there says so", async () => {
  const limits = { connectMs: 1500 };
  const why = async (over: Partial<SshTarget>) => {
    const outcome = await connectSsh(sshTarget(over), deps({ limits }));
    return outcome.status === "failed" ? outcome.why.reason : outcome.status;
  };
  expect(await why({ port: 9 })).toBe("refused");
  expect(await why({ host: "no-such-name.invalid" })).toBe("name-not-found");
  expect(await why({ host: "192.0.2.1" })).toBe("unreachable");
  expect(await why({ host: "10.99.1.77" })).toMatch(/^(timed-out|unreachable)$/);
  expect(await why({ port: 8080 })).toMatch(/^(no-ssh|lost|timed-out)$/);
  expect(await why({ identityFiles: [] })).toBe("denied");
});

test("a key that was named and cannot be used is named, with the reason", async () => {
  const noKey = join(data, "no-key");
  writeFileSync(noKey, "not a key\n");
  const identityFiles = [join(data, "nowhere"), noKey];
  expect(await connectSsh(sshTarget({ identityFiles }), deps())).toMatchObject({
    why: {
      reason: "denied",
      unusable: [
        { file: identityFiles[0], words: "ENOENT: no such file or directory" },
        { file: noKey, words: expect.stringMatching(/format/i) },
      ],
    },
  });
});

test("a way in that the configuration switches off is not tried", async () => {
  const off = sshTarget({ without: ["keyboard-interactive", "publickey"] });
  expect(await connectSsh(off, deps())).toMatchObject({ why: { reason: "denied", tried: [] } });
});
