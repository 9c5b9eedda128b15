import { defineProbe } from "./define";
import { readLines } from "./lines";

/** A namespace that a bind mount keeps alive. */
export type NetnsMount = { readonly inode: number; readonly path: string };

/** The kernel writes space, tab, line break and backslash in mount paths as three octal digits. */
const unescapeOctal = (path: string): string =>
  path.replace(/\\(\d{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );

/** Bind mounts of namespaces anywhere in our mount namespace: daemons may keep them in odd places. */
export const mountinfo = defineProbe<NetnsMount>({
  name: "mountinfo",
  scope: "machine",
  ask: { kind: "command", argv: ["grep", "-s", " - nsfs ", "/proc/self/mountinfo"] },
  right: "anyone",
  why: "namespaces that only a bind mount keeps, wherever it is",
  fine: [1],
  parse: ({ stdout }) =>
    readLines(stdout, (line) => {
      const [, , , root = "", path] = line.split(" ");
      const [, kind, inode] = /^(\w+):\[(\d+)\]$/.exec(root) ?? [];
      if (path === undefined || inode === undefined) return null;
      // Mount, pid and user namespaces are bound in the same way.
      if (kind !== "net") return undefined;
      return { inode: Number(inode), path: unescapeOctal(path) };
    }),
});
