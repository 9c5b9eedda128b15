import { spawn } from "node:child_process";

export type Ran = { readonly stdout: string; readonly stderr: string; readonly code: number };

/** Runs argv to its end, without a shell: names of links and containers never become code. */
export function run(
  argv: readonly string[],
  stdin = "",
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ran> {
  const [command = "", ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ stdout, stderr, code: code ?? 1 }));
    // A command that ends without reading its input is no error of ours.
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin);
  });
}

/** Like `run`, for what has to work: anything but exit 0 throws, and says what was run. */
export async function must(argv: readonly string[], stdin = ""): Promise<string> {
  const { stdout, stderr, code } = await run(argv, stdin);
  if (code !== 0) throw new Error(`exit ${code}: ${argv.join(" ")}\n${stderr || stdout}`);
  return stdout;
}

/** One process for many changes of links; with `netns` made inside that namespace. */
export const ipBatch = (lines: readonly string[], netns?: string): Promise<string> =>
  must(["ip", ...(netns === undefined ? [] : ["-n", netns]), "-batch", "-"], lines.join("\n"));

/** Waits for what another process does in its own time. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null>,
  seconds = 60,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen !== null) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${seconds} s in vain for ${what}`);
}
