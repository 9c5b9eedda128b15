import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { root } from "./run-tool.mjs";

const notOurs = new Set(["node_modules", ".next", ".git", "test-results"]);

/** Every file of the project that `accept` takes, as absolute paths. */
export function filesOf(accept, folder = root) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesOf(accept, path);
    return accept(entry.name) ? [path] : [];
  });
}

/** Wider than the runners' own patterns: a test named in a way that none of them takes is found. */
const looksLikeTest = (name) => /[.](test|spec)[.][cm]?[jt]sx?$/.test(name);

export const testFiles = () => filesOf(looksLikeTest);

export const fromRoot = (path) => relative(root, path).split(sep).join("/");

/** Which runner a file is meant for. */
export const isLabTest = (path) => /^e2e\/lab\/.*[.]test[.]ts$/.test(fromRoot(path));
export const isBrowserTest = (path) => /^e2e\/.*[.]spec[.]ts$/.test(fromRoot(path));
