import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { understand } from "@/lib/pipeline";
import { openFile } from "@/lib/share/open-file";
import { claims, knownPairs, wrongClaims } from "./known-pairs";
import { labHost } from "./lab-env";
import { type Ran, run } from "./run-command";
import { hostScript, type Sshd, startSshd } from "./ssh-users";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "vethscope-cli-lab-"));
const at = (name: string): string => join(folder, name);
let sshd: Sshd;

beforeAll(async () => {
  sshd = await startSshd(2231);
});
afterAll(async () => {
  await sshd.end();
  rmSync(folder, { recursive: true });
});

/** The command line as a person runs it, with a home and a data folder of its own. */
function vethscope(...argv: readonly string[]): Promise<Ran> {
  const command = ["--import", "./server/cli/ts-paths.mjs", "server/cli/commands/main.ts", ...argv];
  const env = {
    ...process.env,
    HOME: folder,
    VETHSCOPE_DATA: at("data"),
    SSH_AUTH_SOCK: "",
    LANG: "C",
  };
  return run([process.execPath, ...command], "", env);
}

const target = (): string => `root@${labHost().address} -p ${sshd.port} -i ${labHost().sshKeyFile}`;
const ownKey = (): Promise<string> =>
  hostScript(`ssh-keygen -lf /run/vethscope-sshd-${sshd.port}/host.pub`);

test("an unknown host key is shown with what settles it, and never accepted by itself", async () => {
  const { code, stdout, stderr } = await vethscope("pairs", target());
  const [, fingerprint = "?"] = /(SHA256:\S+)/.exec(await ownKey()) ?? [];
  expect(code).toBe(4);
  expect(stdout).toBe("");
  expect(stderr).toContain(`ssh-ed25519 ${fingerprint}`);
  expect(stderr).toContain("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub");
  expect(stderr).toContain("--host-key");
  expect(existsSync(at("data/known_hosts"))).toBe(false);
});

test("another key than the one that is named is not accepted", async () => {
  const other = `256 SHA256:${"A".repeat(43)} root@host (ED25519)`;
  const { code, stderr } = await vethscope("pairs", target(), "--host-key", other);
  expect(code).toBe(4);
  expect(stderr).toContain("not the key that --host-key names");
});

test("the line that the host prints lets it be read, now and from then on", async () => {
  const named = await vethscope("pairs", target(), "--json", "--host-key", await ownKey());
  expect(named.code).toBe(0);
  const { pairs } = JSON.parse(named.stdout);
  expect(pairs).toContainEqual(expect.objectContaining({ container: "web", proof: "exact" }));
  expect((await vethscope("pairs", target())).code).toBe(0);
  expect(existsSync(at(".ssh"))).toBe(false);
});

test("one reading over SSH becomes a picture, a topology and facts, all with the host's pairs", async () => {
  const files = ["a.topo.png", "a.topo.json", "a.facts.json"].flatMap((name) => ["-o", at(name)]);
  const { code, stderr } = await vethscope("snapshot", target(), ...files);
  expect(code).toBe(0);
  expect(stderr).toContain("ATTENTION");
  const opened = async (name: string) => openFile(new Uint8Array(readFileSync(at(name))));
  const [png, json, facts] = await Promise.all(
    ["a.topo.png", "a.topo.json", "a.facts.json"].map(opened),
  );
  if (png?.kind !== "topology" || facts?.kind !== "facts") throw new Error("not opened");
  expect(png).toEqual(json);
  expect(wrongClaims(png.snapshot.topology)).toEqual([]);
  const exact = claims(png.snapshot.topology).filter(({ proof }) => proof === "exact");
  expect(exact).toHaveLength(knownPairs().size);
  const { host: _, ...again } = understand(facts.facts);
  const { host: __, ...first } = png.snapshot.topology;
  expect(again).toEqual(first);
});

test("a changed host key is a full stop", async () => {
  const { port } = sshd;
  await sshd.end();
  sshd = await startSshd(port);
  const { code, stderr } = await vethscope("pairs", target(), "--host-key", await ownKey());
  expect(code).toBe(4);
  expect(stderr).toContain("STOP:");
});
