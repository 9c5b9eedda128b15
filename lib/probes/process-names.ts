import { defineProbe } from "./define";
import { readLines } from "./lines";

export type ProcessName = { readonly pid: number; readonly comm: string; readonly at: number };

/** comm only, never the command line: that may hold secrets. The kernel escapes line breaks in it. */
export const processNames = defineProbe<ProcessName>({
  name: "process-names",
  scope: "machine",
  ask: {
    kind: "script",
    script: 'printf "%s\\0" /proc/[0-9]*/comm | xargs -0 grep -sH ""',
  },
  otherwise: [
    {
      unless: "test $status -ne 1 && test $status -ne 127",
      ask: { kind: "script", script: 'grep -sH "" /proc/[0-9]*/comm' },
    },
  ],
  right: "anyone",
  why: "a name for a namespace in which no container lives",
  fine: [1, 2, 123],
  parse: ({ stdout }) =>
    readLines(stdout, (line, at) => {
      const found = /^\/proc\/(\d+)\/comm:(.*)$/.exec(line);
      if (found === null) return null;
      const [, pid = "", comm = ""] = found;
      return { pid: Number(pid), comm, at };
    }),
});
