import { heldAtMost } from "@/lib/facts/held-namespaces";
import type { Answer } from "@/lib/facts/model";
import { defineProbe, type Reading, type Unread } from "./define";
import { lsns, type NsidRow } from "./lsns";

/** What the namespace `observer` calls another. */
export type HeldNsidRow = Omit<NsidRow, "pid"> & {
  /** Its inode. */
  readonly observer: number;
};

/** What a table that begins at line `from` says; its pids are those of our own holders. */
function readTable(answer: Answer, observer: number, table: string, from: number) {
  const { rows, unread } = lsns.parse({ ...answer, stdout: table });
  return {
    rows: rows.map(({ inode, nsid, at }) => ({ observer, inode, nsid, at: at + from })),
    unread: unread.map((each) => ({ ...each, at: each.at + from })),
  };
}

const heading = /^@ (\d+)$/;

function parse(answer: Answer): Reading<HeldNsidRow> {
  const lines = answer.stdout.split("\n");
  const starts = lines.flatMap((line, at) => (heading.test(line) ? [at] : []));
  const rows: HeldNsidRow[] = [];
  const unread: Unread[] = [];
  const [first = lines.length] = starts;
  const before = lines.slice(0, first).findIndex((line) => line !== "");
  if (before >= 0) unread.push({ at: before, excerpt: lines[before]?.slice(0, 120) ?? "" });
  for (const [nth, start] of starts.entries()) {
    const observer = Number(heading.exec(lines[start] ?? "")?.[1]);
    const table = lines.slice(start + 1, starts[nth + 1] ?? lines.length).join("\n");
    if (table.trim() === "") continue;
    const read = readTable(answer, observer, table, start + 1);
    rows.push(...read.rows);
    unread.push(...read.unread);
  }
  return { rows, unread };
}

/**
 * lsns knows only namespaces that a process lives in, so two that only bind mounts keep cannot name
 * each other: for as long as this runs, a `sleep` lives in each of them. It needs no mount,
 * changes nothing and is asked at most once, so its cost is linear. Paths with white space are left
 * out: mountinfo escapes them.
 */
export const lsnsHeld = defineProbe<HeldNsidRow>({
  name: "lsns-held",
  scope: "held",
  ask: {
    kind: "script",
    script: [
      "set -- $(stat -L -c %i /proc/[0-9]*/ns/net 2>/dev/null)",
      'lived=" $* "',
      "set -f",
      'set -- $(while read -r a b c root path rest; do case $root in net:*) printf "%s\\n" "$path" ;; esac; done </proc/self/mountinfo)',
      "pids=$$ n=0",
      `for each in $(stat -L -c %i:%n "$@" 2>/dev/null); do inode=\${each%%:*}; case $lived in *" $inode "*) continue ;; esac; lived="$lived$inode "; n=$((n + 1)); test "$n" -le ${heldAtMost} || break; pids="$pids $(nsenter --net="\${each#*:}" sh -c "sleep 9 >/dev/null 2>&1 & echo \\$!")"; done`,
      'for pid in $pids; do stat -L -c "@ %i" "/proc/$pid/ns/net"; nsenter --net="/proc/$pid/ns/net" lsns -t net -o NS,PID,NETNSID; done',
      `kill \${pids#$$} 2>/dev/null; true`,
    ].join("; "),
  },
  right: "root",
  why: "which namespace a link-netnsid means where no process lives at either end of a link",
  parse,
});
