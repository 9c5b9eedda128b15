import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasCommand, isRoot, root, toolEnv } from "./run-tool.mjs";

const namespaces = ["--net", "--mount", "--pid", "--uts", "--ipc"];
const commands = ["setpriv", "unshare", "nsenter", "ip", "dockerd", "sshd", "busybox", "curl"];
export const onNode24 = ["node", "--import", "./server/cli/ts-paths.mjs"];

/** Why no lab can be here, or null. */
export function whyNoLab() {
  if (process.platform !== "linux") return "the lab needs Linux";
  if (!isRoot()) return "the lab needs root";
  const missing = commands.filter((name) => !hasCommand(name));
  if (missing.length > 0) return `the lab needs ${missing.join(", ")}`;
  const may = spawnSync("unshare", [
    ...namespaces,
    "--fork",
    "--mount-proc",
    "mount",
    "-t",
    "tmpfs",
    "t",
    "/run",
  ]);
  return may.status === 0 ? null : `the lab may not make namespaces: ${may.stderr}`.trim();
}

/**
 * A folder for this run, and one process that tidies up after it. That process outlives us: even
 * after kill -9 the cgroup folders and the run's folder go.
 */
export function startRun() {
  const state = mkdtempSync(join(tmpdir(), "vethscope-run-"));
  const cgroup = `vethscope-lab-${process.pid}`;
  const reports = join(state, "reports");
  mkdirSync(reports);
  const script = fileURLToPath(new URL("janitor.sh", import.meta.url));
  const janitor = spawn("sh", [script, cgroup, state], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const gone = new Promise((resolve) => janitor.on("close", resolve));
  return {
    state,
    reports,
    cgroup: `/${cgroup}`,
    tidy() {
      janitor.stdin.end();
      return gone;
    },
  };
}

/**
 * Runs `command` inside the sandbox, beside a lab. Whoever ends this
 * process or the one it starts ends everything inside: each is killed with its parent.
 */
export function openSandbox(run, command) {
  const child = spawn(
    "setpriv",
    [
      ...[
        "--pdeathsig",
        "KILL",
        "unshare",
        ...namespaces,
        "--fork",
        "--kill-child",
        "--mount-proc",
      ],
      ...["--", ...onNode24, "e2e/lab/main.ts"],
      ...[run.state, run.cgroup, "--", ...command],
    ],
    // In a session of its own: Ctrl-C is for us, and we take it down at once.
    { cwd: root, env: toolEnv(), detached: true, stdio: ["ignore", "inherit", "inherit"] },
  );
  const ended = new Promise((resolve) => {
    child.on("error", () => resolve(127));
    child.on("close", (code) => resolve(code ?? 1));
  });
  return { pid: child.pid, ended, end: () => child.kill("SIGKILL") };
}
