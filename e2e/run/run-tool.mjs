import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const bin = join(root, "node_modules", ".bin");

/** The project's own Node 24 comes first, so that tools started by their name run on it too. */
export const toolEnv = () => ({
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
});

/** What runs now: taken down first when the run is interrupted. */
const running = new Set();

/**
 * Runs argv from the root of the project and shows what it prints. With `capture` its stdout is
 * returned instead.
 * @param {readonly string[]} argv
 * @param {{ capture?: boolean, env?: Record<string, string> }} [how]
 * @returns {Promise<{ code: number, stdout: string }>}
 */
export function runTool(argv, { capture = false, env = {} } = {}) {
  const [command, ...args] = argv;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...toolEnv(), ...env },
      stdio: ["ignore", capture ? "pipe" : "inherit", "inherit"],
      // npm's launchers are .cmd files on Windows, and those need its shell.
      shell: process.platform === "win32",
    });
    running.add(child);
    let stdout = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      stdout += text;
    });
    child.on("error", (error) => {
      running.delete(child);
      console.error(`${command}: ${error.message}`);
      resolve({ code: 127, stdout });
    });
    child.on("close", (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, stdout });
    });
  });
}

/** Kills what still runs. The sandbox's own session hears no Ctrl-C; the rest has heard it. */
export function endRunning() {
  for (const child of running) child.kill("SIGKILL");
}

/** Whether a command is there, also where Debian keeps those of root. */
export const hasCommand = (name) =>
  [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin", "/usr/local/sbin"].some(
    (folder) => folder !== "" && existsSync(join(folder, name)),
  );

export const isRoot = () => process.getuid?.() === 0;
export const isCi = () => process.env.CI === "true";
