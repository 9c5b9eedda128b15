import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connectSsh, type SshOutcome } from "@/server/transport/ssh/connect";
import type { SshTarget } from "@/server/transport/ssh/target";
import { labHost } from "./lab-env";
import { must, run } from "./run-command";
import { hostScript, type Sshd, sshTarget, sshWorld } from "./ssh-users";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const world = sshWorld();
const { data } = world;
const address = labHost().address;
const folder = "/run/vethscope-certificates";

/** Both sides need the authorities: the host to be signed, we to know them. */
const authority = (name: string): string => readFileSync(join(data, `${name}.pub`), "utf8").trim();

/** A certificate for the host key of the sshd on this port, made by ssh-keygen. */
async function certify(
  port: number,
  by: string,
  options: readonly string[] = ["-n", address],
): Promise<void> {
  const key = join(data, `host-${port}`);
  writeFileSync(`${key}.pub`, await hostScript(`cat ${folder}/${port}.pub`));
  await must([
    ...["ssh-keygen", "-q", "-s", join(data, by), "-I", "lab", "-h"],
    ...options,
    `${key}.pub`,
  ]);
  const text = readFileSync(`${key}-cert.pub`, "utf8");
  await hostScript(`printf '%s' "$1" >${folder}/${port}-cert.pub`, text);
}

/** An sshd with a key of its own type and the certificate that `certify` writes; nothing of it is known. */
async function certified(
  port: number,
  by: string,
  { options, type = "ed25519", listen = address }: Certified = {},
): Promise<Sshd> {
  await hostScript(
    `mkdir -p ${folder}; rm -f ${folder}/${port}*; ssh-keygen -q -t ${type} -N '' -f ${folder}/${port}`,
  );
  await certify(port, by, options);
  const lines = [`HostKey ${folder}/${port}`, `HostCertificate ${folder}/${port}-cert.pub`];
  return world.sshd(port, lines, listen);
}
type Certified = {
  readonly options?: readonly string[];
  readonly type?: string;
  readonly listen?: string;
};

const knownFile = join(data, "certificates-known");

/** With these lines and no others. */
async function reach(port: number, lines: string, over: Partial<SshTarget> = {}) {
  writeFileSync(knownFile, lines);
  const target = sshTarget({ port, ...over });
  const outcome: SshOutcome = await connectSsh(
    target,
    world.deps({ knownHosts: [knownFile], ask: async () => null }),
  );
  if (outcome.status === "ready") outcome.close();
  return outcome;
}

/** What ssh itself does with the same lines: whether it connects. */
async function sshConnects(port: number, alias?: string): Promise<boolean> {
  const options = [
    ...[`UserKnownHostsFile=${knownFile}`, "GlobalKnownHostsFile=/dev/null", "BatchMode=yes"],
    ...["StrictHostKeyChecking=yes", "UpdateHostKeys=no", "IdentitiesOnly=yes"],
    ...(alias === undefined ? [] : [`HostKeyAlias=${alias}`]),
  ];
  const { code } = await run([
    ...["ssh", "-F", "/dev/null", "-i", labHost().sshKeyFile, "-p", `${port}`],
    ...options.flatMap((option) => ["-o", option]),
    ...[`root@${address}`, "true"],
  ]);
  return code === 0;
}

const trusting = (names: string, name = "right"): string =>
  `@cert-authority ${names} ${authority(name)}\n`;

beforeAll(async () => {
  for (const name of ["right", "other"])
    await must(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", join(data, name)]);
  await must(["ssh-keygen", "-q", "-t", "rsa", "-N", "", "-f", join(data, "rsa")]);
  await certified(2231, "right");
  await certified(2232, "other");
  await certified(2233, "right", { options: ["-n", address, "-V", "20200101Z:20200102Z"] });
  await certified(2234, "right", { options: ["-n", "mail.example"] });
  await certified(2235, "rsa", { type: "rsa" });
  await world.sshd(2236);
});
afterAll(world.end);

const named = (port: number): string => `[${address}]:${port}`;

describe("an authority of known_hosts", () => {
  test("vouches for a host: nothing is asked, and what vouched is told", async () => {
    for (const names of [named(2231), address, "10.99.*"]) {
      const outcome = await reach(2231, trusting(names));
      expect(outcome).toMatchObject({
        status: "ready",
        hostKeys: [{ verified: true, authority: `${knownFile}:1` }],
      });
      expect(await sshConnects(2231)).toBe(true);
    }
  });

  test("vouches for the one key of several that is in its certificate", async () => {
    expect((await reach(2235, trusting(named(2235), "rsa"))).status).toBe("ready");
    expect(await sshConnects(2235)).toBe(true);
  });

  test("is not needed where the key itself is known, and outweighs a key that changed", async () => {
    const key = await hostScript(`cat ${folder}/2231.pub`);
    const outcome = await reach(2231, `${trusting(address, "other")}${named(2231)} ${key}`);
    expect(outcome).toMatchObject({ status: "ready", hostKeys: [{ authority: null }] });
    expect(await sshConnects(2231)).toBe(true);
    const old = `${named(2231)} ${authority("other")}\n`;
    expect((await reach(2231, old)).status).toBe("changed-host-key");
    expect(await sshConnects(2231)).toBe(false);
    expect((await reach(2231, `${old}${trusting(named(2231))}`)).status).toBe("ready");
    expect(await sshConnects(2231)).toBe(true);
  });

  test("is asked for under the alias of a host", async () => {
    const lines = trusting("mail.example");
    expect((await reach(2234, lines, { keyAlias: "mail.example" })).status).toBe("ready");
    expect(await sshConnects(2234, "mail.example")).toBe(true);
  });

  test.each([
    ["another authority's certificate", 2232, { reason: "other-authority" }],
    ["one that expired", 2233, { reason: "expired", until: "2020-01-02T00:00:00.000Z" }],
    ["one for another name", 2234, { reason: "other-names", names: ["mail.example"] }],
    ["no certificate at all", 2236, { reason: "none" }],
  ])("does not vouch by %s: the key is unknown, and why is told", async (_, port, why) => {
    const outcome = await reach(port, trusting(named(port)));
    expect(outcome).toMatchObject({ status: "unknown-host-key", certificate: why });
    expect(await sshConnects(port)).toBe(false);
  });

  test("that is revoked is a full stop, and so is a revoked key with a good certificate", async () => {
    const key = await hostScript(`cat ${folder}/2231.pub`);
    for (const line of [`@revoked * ${authority("right")}\n`, `@revoked * ${key}`]) {
      const outcome = await reach(2231, `${trusting(named(2231))}${line}`);
      expect(outcome).toMatchObject({
        status: "failed",
        why: { reason: "host-key-revoked", file: knownFile, line: 2 },
      });
      expect(await sshConnects(2231)).toBe(false);
    }
  });

  test("vouches for a host behind a jump host, and for the jump host", async () => {
    await certified(2237, "right", { listen: "127.0.0.1", options: ["-n", "127.0.0.1"] });
    const via = [sshTarget({ port: 2231 })];
    const lines = trusting(`${named(2231)},[127.0.0.1]:2237`);
    expect(await reach(2237, lines, { host: "127.0.0.1", via })).toMatchObject({
      status: "ready",
      hostKeys: [{ authority: `${knownFile}:1` }, { authority: `${knownFile}:1` }],
    });
  });

  test("does not vouch for a host that shows another's certificate and holds another key", async () => {
    // Relays the first to come to the host with the certificate, and the next to one with another key.
    let calls = 0;
    const relay = createServer((socket) => {
      calls += 1;
      const behind = connect(calls === 1 ? 2231 : 2236, address);
      socket.pipe(behind).pipe(socket);
      for (const each of [socket, behind]) each.on("error", () => undefined);
    });
    relay.listen(0, "127.0.0.1");
    await once(relay, "listening");
    const { port } = relay.address() as AddressInfo;
    const lines = trusting(address);
    expect(await reach(port, lines, { host: "127.0.0.1", keyAlias: address })).toMatchObject({
      status: "unknown-host-key",
      certificate: { reason: "other-key" },
    });
    expect(calls).toBe(2);
    relay.close();
  });
});

test("a host that is not there is not waited for twice", async () => {
  const started = performance.now();
  const outcome = await reach(9, trusting(named(9)));
  expect(outcome).toMatchObject({ status: "failed", why: { reason: "refused" } });
  expect(performance.now() - started).toBeLessThan(2000);
});
