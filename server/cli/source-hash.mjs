import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const rooms = ["app", "components", "lib", "server", "public"];
const files = [
  "instrumentation.ts",
  "next.config.ts",
  "package.json",
  "package-lock.json",
  "postcss.config.json",
  "tsconfig.json",
];
const noPartOfIt = /[.](test|bench)[.][mc]?[jt]sx?$|[\\/]fixtures[\\/]/;

/**
 * SHA-256, in hex, over everything that a build is made of: names and contents. Tests and their
 * fixtures are no part of it.
 * @param {string} root the project's folder
 */
export function sourceHash(root) {
  const parts = [
    ...rooms.flatMap((room) => filesUnder(root, room)).filter((file) => !noPartOfIt.test(file)),
    ...files.filter((file) => existsSync(join(root, file))),
  ];
  const hash = createHash("sha256");
  for (const file of parts.sort()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesUnder(root, room) {
  if (!existsSync(join(root, room))) return [];
  return readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
