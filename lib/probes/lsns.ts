import type { Answer } from "@/lib/facts/model";
import { defineProbe, type Reading } from "./define";
import { readLines } from "./lines";

/** What the asking namespace calls another: RTM_GETNSID, as util-linux prints it. */
export type NsidRow = {
  readonly inode: number;
  /** null: kept by a file, no process lives in it. */
  readonly pid: number | null;
  /** unassigned: the asking namespace has no link into it. unknown: lsns printed nothing. */
  readonly nsid: number | "unassigned" | "unknown";
  readonly at: number;
};

type Cell = { readonly text: string; readonly end: number };

const cells = (line: string): readonly Cell[] =>
  [...line.matchAll(/\S+/g)].map((found) => ({
    text: found[0],
    end: found.index + found[0].length,
  }));

/** lsns leaves cells empty, so a column is found by its end: these three are aligned to the right. */
function column(heading: readonly Cell[], name: string, row: readonly Cell[]): string | undefined {
  const end = heading.find((cell) => cell.text === name)?.end;
  return row.find((cell) => cell.end === end)?.text;
}

const nsidOf = (text: string | undefined): NsidRow["nsid"] => {
  if (text === "unassigned") return "unassigned";
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : "unknown";
};

function parse({ stdout }: Answer): Reading<NsidRow> {
  const heading = cells(stdout.split("\n", 1)[0] ?? "");
  return readLines(stdout, (line, at) => {
    if (at === 0) return heading.some((cell) => cell.text === "NS") ? undefined : null;
    const row = cells(line);
    const inode = column(heading, "NS", row);
    if (inode === undefined || !/^\d+$/.test(inode)) return null;
    const pid = column(heading, "PID", row);
    return {
      inode: Number(inode),
      pid: pid === undefined || !/^\d+$/.test(pid) ? null : Number(pid),
      nsid: nsidOf(column(heading, "NETNSID", row)),
      at,
    };
  });
}

const argv = ["lsns", "-t", "net", "-o", "NS,PID,NETNSID"];

/** The host's own map: settles the other end of every veth that starts on the host. */
export const lsns = defineProbe<NsidRow>({
  name: "lsns",
  scope: "machine",
  ask: { kind: "command", argv },
  right: "root",
  why: "which namespace each link-netnsid of the host means: the proof of a pair",
  parse,
});

/** The same question asked inside a namespace whose links are still open: nsids are per observer. */
export const lsnsObserver = defineProbe<NsidRow>({
  name: "lsns-observer",
  scope: "observer",
  ask: { kind: "command", argv },
  right: "root",
  why: "which namespace a link-netnsid means for a container that has links of its own",
  parse,
});
