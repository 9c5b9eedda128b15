import { spawn } from "node:child_process";
import { shellQuote } from "@/lib/net/shell-quote";

/** A program at a terminal of its own, with a person who types. */
export type TypedTerminal = {
  /** Waits until the terminal shows a text behind all that was waited for before; throws after 20 s. */
  readonly shows: (text: string) => Promise<void>;
  readonly type: (keys: string) => void;
  /** All that the terminal showed, once the program has ended, and whether it echoes again. */
  readonly ended: Promise<{
    readonly screen: string;
    readonly status: number;
    readonly restored: boolean;
  }>;
};

const longestMs = 20_000;

/** What is told of the terminal when the program has ended: by the shell that started it. */
const afterwards = 'echo "status:$?"; stty -a';

/** Runs argv at a pseudo-terminal, which util-linux's `script` makes. */
export function atTerminal(argv: readonly string[], env: NodeJS.ProcessEnv): TypedTerminal {
  const child = spawn("script", ["-qec", `${shellQuote(argv)}; ${afterwards}`, "/dev/null"], {
    env: { ...env, SHELL: "/bin/sh", TERM: "xterm" },
    stdio: ["pipe", "pipe", "ignore"],
  });
  let screen = "";
  let seen = 0;
  const waiting = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    for (const look of waiting) look();
  });
  const shows = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`not shown: ${text}\n${screen}`));
      }, longestMs);
      const look = () => {
        const at = screen.indexOf(text, seen);
        if (at === -1) return;
        seen = at + text.length;
        waiting.delete(look);
        clearTimeout(late);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const ended = new Promise<Awaited<TypedTerminal["ended"]>>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => {
      const status = Number(/status:(\d+)/.exec(screen)?.[1] ?? Number.NaN);
      const modes = screen.slice(screen.lastIndexOf("status:"));
      resolve({ screen, status, restored: / echo /.test(modes) && / icanon /.test(modes) });
    });
  });
  return { shows, type: (keys) => void child.stdin.write(keys), ended };
}
