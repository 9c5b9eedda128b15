import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ownNode } from "@/server/cli/prepare.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));

/** A Vethscope of a test's own: its door is opened, its port taken, its process ended. */
export type Alone = {
  readonly child: ChildProcess;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
  /** `http://127.0.0.1:PORT/enter?token=…` */
  readonly link: string;
  readonly origin: string;
  /** What it printed so far, both streams. */
  readonly printed: () => string;
  /** Sends the signal; how long its end took, in ms, and its exit code. */
  readonly end: (
    signal: NodeJS.Signals,
  ) => Promise<{ readonly ms: number; readonly code: number | null }>;
};

export type Setting = {
  readonly data: string;
  readonly port?: string;
  readonly lang?: string;
  readonly env?: Readonly<Record<string, string>>;
};

export const dataFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "vethscope-alone-"));
export const removeFolder = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true });

/** Starts serve.ts as `npm start` does; its exit code and words where it ends by itself. */
export const startServe = ({ data, port = "0", lang = "C", env = {} }: Setting) => {
  const child = spawn(ownNode, ["--import", "./server/cli/ts-paths.mjs", "server/cli/serve.ts"], {
    cwd: root,
    env: { ...process.env, PORT: port, LC_ALL: lang, VETHSCOPE_DATA: data, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("its output is a pipe");
  let text = "";
  for (const stream of [stdout, stderr]) {
    stream.setEncoding("utf8").on("data", (more) => {
      text += more;
    });
  }
  // Not "close": Node does not tell it of a child whose channel was closed from here.
  const ended = Promise.all([
    once(child, "exit"),
    once(stdout, "close"),
    once(stderr, "close"),
  ]).then(() => child.exitCode);
  return { child, ended, printed: () => text };
};

/** Resolves when it has printed its link. */
export const serveAlone = async (setting: Setting): Promise<Alone> => {
  const { child, ended, printed } = startServe(setting);
  const link = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const [found] = /http:\S+\/enter\?token=\S+/.exec(printed()) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then((code) => reject(new Error(`ended (${code}): ${printed()}`)));
  });
  return {
    child,
    ended,
    link,
    origin: new URL(link).origin,
    printed,
    end: async (signal) => {
      const begin = performance.now();
      child.kill(signal);
      const code = await ended;
      return { ms: performance.now() - begin, code };
    },
  };
};

/** The cookie that a link is exchanged for, as a Cookie header. */
export const signIn = async (link: string): Promise<string> => {
  const { headers } = await fetch(link);
  return headers.get("set-cookie")?.split(";", 1)[0] ?? "";
};
