import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { wordsIn } from "@/lib/messages/words";
import { survey } from "@/lib/pipeline";
import recorded from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import { freeze, plainlyShown } from "@/lib/share/snapshot";
import { pngOf, svgOf } from "@/server/picture/drawn-host";

const folder = mkdtempSync(join(tmpdir(), "vethscope-pack-"));
const at = (name: string): string => join(folder, name);
const root = process.cwd();
const recording = join(root, "lib/recorded-hosts/docker-28.5-debian-sid.json");

const vethscope = (...argv: readonly string[]) =>
  spawnSync(join(folder, "node_modules/.bin/vethscope"), argv, { cwd: folder, encoding: "utf8" });

beforeAll(() => {
  execFileSync(process.execPath, [
    "--import",
    "./server/cli/ts-paths.mjs",
    "server/cli/pack.ts",
    folder,
  ]);
  rmSync(at("package"), { recursive: true });
  writeFileSync(at("package.json"), "{}");
  const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  const quiet = ["--offline", "--no-audit", "--no-fund", "--silent"];
  execFileSync("npm", ["install", ...quiet, at(tarball)], { cwd: folder, stdio: "ignore" });
});
afterAll(() => rmSync(folder, { recursive: true }));

test("the packed command line needs no other package", () => {
  const installed = readdirSync(at("node_modules")).filter((name) => !name.startsWith("."));
  expect(installed).toEqual(["vethscope"]);
  expect(vethscope("version").stdout).toMatch(/^vethscope \d+\.\d+\.\d+\n$/);
  expect(vethscope("--help", "--lang", "zh-CN").stdout).toContain("退出码");
});

test("it is no larger than a good photograph", () => {
  const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  expect(statSync(at(tarball)).size).toBeLessThan(6_500_000);
});

test("its pictures are byte for byte those of the server", async () => {
  const { status } = vethscope(
    "render",
    recording,
    "-o",
    "a.topo.svg",
    "-o",
    "a.topo.png",
    "--lang",
    "en",
  );
  expect(status).toBe(0);
  const { topology, ruling } = survey(recorded as unknown as HostFacts);
  const { snapshot } = freeze(topology, plainlyShown, null, ruling);
  const look = { theme: "light", legend: true, time: true } as const;
  expect(readFileSync(at("a.topo.svg"), "utf8")).toBe(await svgOf(snapshot, look, wordsIn("en")));
  const png = await pngOf(snapshot, look, 2, wordsIn("en"));
  if (png.status !== "drawn") throw new Error(png.status);
  expect(readFileSync(at("a.topo.png")).equals(png.bytes)).toBe(true);
});

test("what reaches hosts came along: this machine's engine and ssh", () => {
  const local = vethscope("pairs", "local", "--json");
  expect(local.status).toBe(0);
  expect(JSON.parse(local.stdout)).toMatchObject({ format: "vethscope-pairs/1" });
  expect(vethscope("pairs", "nobody@127.0.0.1:1").status).toBe(3);
});

test("it carries the licences of its fonts and of what is bundled", () => {
  const inside = (name: string) => readFileSync(join(at("node_modules/vethscope"), name), "utf8");
  expect(inside("LICENSES-bundled.txt")).toMatch(/@resvg\/resvg-wasm .*MPL-2\.0/);
  expect(inside("LICENSES-bundled.txt")).toContain("ssh2");
  expect(inside("fonts/LICENSE-NotoSansSC.txt")).toContain("SIL Open Font License");
  expect(inside("fonts/LICENSE-DroidSansFallback.txt")).toContain("Apache License");
});
