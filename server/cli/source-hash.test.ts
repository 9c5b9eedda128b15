import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sourceHash } from "./source-hash.mjs";

let root = "";
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vethscope-source-"));
  write("app/page.tsx", "one");
  write("package-lock.json", "{}");
});
afterEach(() => rmSync(root, { recursive: true }));

const changed = (change: () => void): boolean => {
  const before = sourceHash(root);
  change();
  return sourceHash(root) !== before;
};

describe("a build is stale", () => {
  test.each([
    "app/page.tsx",
    "components/new/box.tsx",
    "lib/a.json",
    "package-lock.json",
    "next.config.ts",
  ])("when %s changes", (path) => expect(changed(() => write(path, "two"))).toBe(true));
  test("when a file moves", () => {
    const move = (): void => renameSync(join(root, "app/page.tsx"), join(root, "app/other.tsx"));
    expect(changed(move)).toBe(true);
  });
  test("when a file goes", () => {
    expect(changed(() => rmSync(join(root, "app/page.tsx")))).toBe(true);
  });
});

describe("a build stays fresh", () => {
  test.each([
    "app/page.test.tsx",
    "lib/probes/fixtures/ip.txt",
    "e2e/door.spec.ts",
    "README.md",
    ".next/BUILD_ID",
  ])("when %s changes", (path) => expect(changed(() => write(path, "two"))).toBe(false));
});
