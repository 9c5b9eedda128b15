import type { Reading } from "./define";
import { readLines } from "./lines";

/** A network namespace as `lsns` lists it. */
export type ListedNamespace = {
  readonly inode: number;
  /** The lowest process in it; null: a file alone keeps it. */
  readonly pid: number | null;
  /** Whoever asked has a link into it: what it calls it. null: it has none, or that was not printed. */
  readonly nsid: number | null;
  /** What that process runs; empty where it is not printed. */
  readonly command: string;
  readonly at: number;
};

/** Cells that are never empty, so that they are told by their order; pages change how they are aligned. */
const always = new Set(["NS", "TYPE", "NPROCS", "PID", "PPID", "USER", "UID"]);

const wordsOf = (line: string): readonly string[] =>
  line.split(/\s+/).filter((word) => word !== "");

const isHeading = (line: string): boolean => /^\s*NS\s+[A-Z]/.test(line);
const usual = ["NS", "TYPE", "NPROCS", "PID", "USER"];

function rowOf(heading: readonly string[], line: string, at: number): ListedNamespace | null {
  // `lsns --tree` draws lines before the numbers.
  const words = wordsOf(line.replace(/^[\s│├└─`|-]+/, ""));
  const fixed = heading.filter((name) => always.has(name));
  const cell = (name: string): string | undefined => words[fixed.indexOf(name)];
  const inode = cell("NS");
  if (inode === undefined || !/^\d{7,}$/.test(inode)) return null;
  const pid = /^\d+$/.exec(cell("PID") ?? "")?.[0];
  const rest = words.slice(fixed.length);
  const nsid = /^\d+$/.exec(heading.includes("NETNSID") ? (rest[0] ?? "") : "")?.[0];
  const command = rest
    .slice(nsid === undefined && rest[0] !== "unassigned" ? 0 : 1)
    .filter((word, nth) => nth > 0 || !/^\/(?:var\/)?run\//.test(word));
  return {
    inode: Number(inode),
    pid: pid === undefined ? null : Number(pid),
    nsid: nsid === undefined ? null : Number(nsid),
    command: heading.includes("COMMAND") ? command.join(" ") : "",
    at,
  };
}

/** Reads `lsns`, with or without `-t net` and `-o`; namespaces of other kinds are passed over. */
export function readPastedLsns(text: string): Reading<ListedNamespace> {
  let heading: readonly string[] = usual;
  return readLines(text, (line, at) => {
    if (isHeading(line)) {
      heading = wordsOf(line);
      return undefined;
    }
    const row = rowOf(heading, line, at);
    const isOther = /^\D*\d{7,}\s+(?:mnt|uts|ipc|pid|user|cgroup|time)\s/.test(line);
    return row !== null && isOther ? undefined : row;
  });
}
