/**
 * Brings a fresh clone to where it can run: packages, then the build. Both are skipped when their
 * stamp says that nothing they depend on has changed. Plain JavaScript for Node ≥ 20: nothing is
 * installed when it starts.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { say } from "./say.mjs";
import { sourceHash } from "./source-hash.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const at = (...path) => join(root, ...path);

const installStamp = at("node_modules", ".vethscope-installed");
const buildStamp = at(".next", "vethscope-built");

/** The Node that package-lock.json brings (24), whatever Node started us. */
export const ownNode = at(
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/** @typedef {(line: string) => void} Log one line for a person, without a line end */

/**
 * Packages as the lockfile says. Throws an Error with the words of what failed.
 * @param {{ log: Log }} options
 */
export async function ensureInstalled({ log }) {
  const wanted = installHash();
  if (stampIs(installStamp, wanted) && existsSync(ownNode)) return;
  await timed(log, "serve.installing", "serve.installed", () => run(...npmCi(), environment()));
  if (!existsSync(ownNode)) throw new Error(say("serve.nodeMissing"));
  writeFileSync(installStamp, wanted);
}

/**
 * A build of what lies in the rooms that Next compiles. Tests and e2e/ are no part of it.
 * Throws an Error with the words of what failed.
 * @param {{ log: Log }} options
 */
export async function ensureBuilt({ log }) {
  const wanted = sourceHash(root);
  if (stampIs(buildStamp, wanted) && existsSync(at(".next", "BUILD_ID"))) return;
  const next = at("node_modules", "next", "dist", "bin", "next");
  await timed(log, "serve.building", "serve.built", () =>
    run(ownNode, [next, "build"], { ...environment(), NODE_ENV: "production" }),
  );
  writeFileSync(buildStamp, wanted);
}

/** Prebuilt packages differ by platform: a folder that two systems share is installed anew. */
function installHash() {
  return createHash("sha256")
    .update(`${process.platform} ${process.arch}\n`)
    .update(readFileSync(at("package-lock.json")))
    .digest("hex");
}

function stampIs(path, wanted) {
  return existsSync(path) && readFileSync(path, "utf8") === wanted;
}

/**
 * npm says where it and its Node are to the scripts that it runs. Its Node, not ours: `npm ci`
 * removes the one in node_modules first.
 */
function npmCi() {
  // A build needs what is listed under devDependencies, also where NODE_ENV is production.
  const ci = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  if (npm?.endsWith(".js")) return [node ?? process.execPath, [npm, ...ci]];
  return process.platform === "win32" ? ["cmd.exe", ["/d", "/s", "/c", "npm", ...ci]] : ["npm", ci];
}

const environment = () => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: "1",
  PATH: `${process.env.PATH ?? ""}${delimiter}${at("node_modules", ".bin")}`,
});

/** Says what is done, every 10 s that it is still done, and how long it took. */
async function timed(log, doing, done, work) {
  const begin = performance.now();
  const seconds = () => Math.round((performance.now() - begin) / 1000);
  log(say(doing));
  const ticking = setInterval(() => log(say("serve.still", { seconds: seconds() })), 10_000);
  try {
    await work();
  } finally {
    clearInterval(ticking);
  }
  log(say(done, { seconds: seconds() }));
}

/** Runs it in the project's folder; what it prints is shown only when it fails. */
function run(command, args, env) {
  const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const printed = [];
  child.stdout.on("data", (bytes) => printed.push(bytes));
  child.stderr.on("data", (bytes) => printed.push(bytes));
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("exit", stop);
      if (code === 0) return resolve();
      const words = say("serve.failed", {
        command: args.at(-1) ?? command,
        code: code ?? signal ?? "",
      });
      return reject(new Error(`${Buffer.concat(printed).toString()}\n${words}`));
    });
  });
}
