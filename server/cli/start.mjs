/** `npm start`, `npm run dev`: set up what is missing, then serve, until a signal ends it. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { ensureBuilt, ensureInstalled, ownNode } from "./prepare.mjs";
import { say } from "./say.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const dev = process.argv.includes("--dev");
const port = Number(process.env.PORT || 4780);

/** A build would replace the files of a Vethscope that already runs on this port. */
function portIsTaken() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(error.code === "EADDRINUSE"));
    probe.listen({ port, host: "127.0.0.1" }, () => probe.close(() => resolve(false)));
  });
}

async function prepare() {
  const log = (line) => console.log(line);
  if (Number.isInteger(port) && port >= 0 && port < 65_536 && (await portIsTaken())) {
    throw new Error(say("serve.portTaken", { port }));
  }
  await ensureInstalled({ log });
  if (!dev) await ensureBuilt({ log });
}

let server = null;

function serve() {
  const args = ["--import", "./server/cli/ts-paths.mjs", "server/cli/serve.ts"];
  server = spawn(ownNode, dev ? [...args, "--dev"] : args, {
    cwd: root,
    // The channel tells the server when we are gone, also by SIGKILL.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  server.once("error", (error) => fail(error.message));
  server.once("exit", (code) => process.exit(code ?? 1));
}

function fail(words) {
  console.error(words);
  process.exit(1);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => (server === null ? process.exit(1) : server.kill(signal)));
}
prepare().then(serve, (error) => fail(error.message));
