import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { labHost } from "./lab-env";
import { must } from "./run-command";
import { addUser, hostScript, type Sshd, startSshd } from "./ssh-users";
import { atTerminal } from "./typed-terminal";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "vethscope-cli-asks-"));
let sshd: Sshd;

beforeAll(async () => {
  sshd = await startSshd(2238, ["PasswordAuthentication yes"]);
  await addUser("asked", { password: "right horse" });
});
afterAll(async () => {
  await sshd.end();
  rmSync(folder, { recursive: true });
});

/** `vethscope pairs` at a terminal, for somebody whose key agent and home are empty. */
async function pairsOf(user: string, ...options: readonly string[]) {
  const hostKey = await hostScript(`ssh-keygen -lf /run/vethscope-sshd-${sshd.port}/host.pub`);
  const target = [`${user}@${labHost().address}`, "-p", `${sshd.port}`, ...options].join(" ");
  const main = ["--import", "./server/cli/ts-paths.mjs", "server/cli/commands/main.ts"];
  return atTerminal([process.execPath, ...main, "pairs", target, "--host-key", hostKey.trim()], {
    ...process.env,
    HOME: folder,
    VETHSCOPE_DATA: join(folder, "data"),
    SSH_AUTH_SOCK: "",
    LANG: "C",
  });
}

test("a password is asked for unseen, a wrong one is said and asked for again", async () => {
  const terminal = await pairsOf("asked");
  await terminal.shows(`Password of asked@${labHost().address}:${sshd.port}: `);
  terminal.type("wrong donkey\r");
  await terminal.shows("That was not right. Try once more.");
  await terminal.shows("Password of asked@");
  // A letter too many is taken back, unseen too.
  terminal.type("right horseX\u007f\r");
  const { screen, status, restored } = await terminal.ended;
  expect(status).toBe(0);
  expect(screen).toContain("veth");
  for (const secret of ["wrong", "donkey", "right horse", "horse"])
    expect(screen.replaceAll("That was not right", "")).not.toContain(secret);
  expect(restored).toBe(true);
});

test("so is the passphrase of a key", async () => {
  const key = join(folder, "locked");
  await must(["ssh-keygen", "-q", "-t", "ed25519", "-N", "open sesame", "-f", key]);
  const line = await must(["cat", `${key}.pub`]);
  await hostScript(
    'printf "%s\\n" "$1" >>"$2"',
    line,
    `/run/vethscope-sshd-${sshd.port}/authorized`,
  );
  const terminal = await pairsOf("root", "-i", key);
  await terminal.shows(`Passphrase of the key ${key}: `);
  terminal.type("close barley\r");
  await terminal.shows("Passphrase of the key");
  terminal.type("open sesame\r");
  const { screen, status, restored } = await terminal.ended;
  expect([status, restored]).toEqual([0, true]);
  expect(screen).toContain("exact");
  expect(screen).not.toMatch(/sesame|barley/);
});

test.each([
  ["Ctrl-C", "\u0003"],
  ["Ctrl-D", "\u0004"],
])("%s at the prompt ends it, and the terminal echoes again", async (_, keys) => {
  const terminal = await pairsOf("asked");
  await terminal.shows("Password of asked@");
  terminal.type(keys);
  const { status, restored } = await terminal.ended;
  expect([status, restored]).toEqual([130, true]);
});
