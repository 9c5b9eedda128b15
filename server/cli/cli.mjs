/** `npm run cli -- …`: installs what is missing, then runs the command line on the Node that npm brought. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureInstalled, ownNode } from "./prepare.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

async function start() {
  // Results go to standard output, so nothing else may.
  await ensureInstalled({ log: (line) => console.error(line) });
  const argv = ["--import", new URL("ts-paths.mjs", import.meta.url).href, at("commands/main.ts")];
  const child = spawn(ownNode, [...argv, ...process.argv.slice(2)], {
    // npm runs scripts in the project's folder; files are meant where the person is.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: "inherit",
  });
  child.once("error", (error) => fail(error.message));
  child.once("exit", (code) => process.exit(code ?? 1));
  // The terminal's Ctrl-C reaches the child by itself.
  process.on("SIGINT", () => undefined);
}

function fail(words) {
  console.error(words);
  process.exit(1);
}

start().catch((error) => fail(error.message));
