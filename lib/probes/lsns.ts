import type { Answer } from "@/lib/facts/model";
import { defineProbe, type Reading } from "./define";
import { nsidLine } from "./ip-netns-ids-text";
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

/** By the name of a file that stands for it: {@link namedByInode}. */
const readNamed = (text: string): Reading<NsidRow> =>
  readLines(text, (line, at) => {
    const row = nsidLine(line);
    if (row === null || !/^\d+$/.test(row.name ?? "0")) return null;
    // Held by an open file only: it has a number, and no path leads to it.
    if (row.name === null) return undefined;
    return { inode: Number(row.name), pid: null, nsid: row.nsid, at };
  });

function parse({ stdout }: Answer): Reading<NsidRow> {
  if (stdout.startsWith("nsid ")) return readNamed(stdout);
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

/**
 * The same map without lsns: in a mount namespace of its own, every namespace gets a file in /run/netns
 * that is called by its inode, and `ip netns list-id` prints the kernel's numbers beside those names. On
 * the host nothing changes: the new mount namespace is private before anything is mounted (util-linux
 * before 2.27 leaves it shared), and ends with the command. /proc/PID/root shows the host's own files,
 * which the tmpfs hides.
 */
const namedByInode = [
  String.raw`unshare -m sh -c "test \"\$(readlink /proc/self/ns/mnt)\" != \"\$2\" && mount --make-rprivate / && mount -t tmpfs tmpfs /run && mkdir /run/netns || exit`,
  String.raw`stat -L -c \"%d %i %n\" /proc/self/ns/net /proc/[0-9]*/ns/net /proc/\$1/root/run/netns/* /proc/\$1/root/run/docker/netns/* 2>/dev/null | while read -r dev inode path; do test -n \"\$nsfs\" || nsfs=\$dev`,
  String.raw`test \"\$dev\" = \"\$nsfs\" || continue`,
  String.raw`test -e \"/run/netns/\$inode\" && continue`,
  String.raw`: >\"/run/netns/\$inode\" && mount --bind \"\$path\" \"/run/netns/\$inode\"`,
  "done",
  'ip netns list-id" sh "$$" "$(readlink /proc/self/ns/mnt)"',
].join("; ");

const otherwise = [
  {
    unless: "lsns --help | grep -q NETNSID",
    ask: { kind: "script", script: namedByInode },
  },
] as const;

/** The host's own map: settles the other end of every veth that starts on the host. */
export const lsns = defineProbe<NsidRow>({
  name: "lsns",
  scope: "machine",
  ask: { kind: "command", argv },
  otherwise,
  right: "root",
  why: "which namespace each link-netnsid of the host means: the proof of a pair",
  parse,
});

/** The same question asked inside a namespace whose links are still open: nsids are per observer. */
export const lsnsObserver = defineProbe<NsidRow>({
  name: "lsns-observer",
  scope: "observer",
  ask: { kind: "command", argv },
  otherwise,
  right: "root",
  why: "which namespace a link-netnsid means for a container that has links of its own",
  parse,
});
