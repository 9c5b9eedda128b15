import { defineProbe } from "./define";
import { readLines } from "./lines";
import { ipv4OfHex, ipv6OfHex } from "./proc-address";

/** What the answer's lines tell. Each file is of the namespace of `pid`, whatever process that is. */
export type ListeningRow =
  /** The files of this process were read: a namespace without a socket is known to have none. */
  | { readonly kind: "read"; readonly pid: number; readonly at: number }
  | {
      readonly kind: "socket";
      readonly pid: number;
      readonly protocol: "tcp" | "udp";
      readonly family: "inet" | "inet6";
      readonly address: string;
      readonly port: number;
      readonly uid: number;
      /** 0: the kernel's own, of no process. */
      readonly inode: number;
      readonly at: number;
    }
  | { readonly kind: "holder"; readonly pid: number; readonly inode: number; readonly at: number };

/**
 * One process of each namespace has the files of all who live there (their inode tells which are the same).
 * TCP in LISTEN (0A), UDP that is not connected (07); the rest is left on the host. Then who holds them:
 * links of /proc/PID/fd, of which only those of these sockets are told. `ss` would say the same and make the
 * kernel load the modules that answer it.
 *
 * Whoever reads /proc/PID/net/tcp makes the kernel walk the table of all connections of the machine
 * (262,144 buckets, 7 ms, with 24 GB of memory), for each namespace and once more for tcp6: only those
 * files are read of which sockstat, cheap, counts a socket in this namespace. sockstat is read once more
 * behind them: its line says that the process still lived.
 */
const script = [
  // The lowest pid of each: a process that just came may be gone when its files are read.
  String.raw`stats=$(stat -c "%i/%n" /proc/[0-9]*/net/dev 2>/dev/null | sort -t/ -k1,1 -k4,4n | sed -e ":a" -e "\$!N" -e "s,^\([0-9]*\)\(/.*\)\n\1/.*,\1\2," -e "ta" -e "P" -e "D" | sed -n "s,^[0-9]*/\(/proc/[0-9]*/net/\)dev$,\1sockstat6 \1sockstat,p")`,
  'test -n "$stats" || exit',
  String.raw`files=$(grep -sH " inuse " $stats | sed -n "s,^\(.*/\)sockstat6:TCP6: inuse [1-9].*,\1tcp6,p;s,^\(.*/\)sockstat6:UDP6: inuse [1-9].*,\1udp6,p;s,^\(.*/\)sockstat:TCP: inuse [1-9].*,\1tcp,p;s,^\(.*/\)sockstat:UDP: inuse [1-9].*,\1udp,p;s,^\(.*/sockstat\):FRAG: .*,\1,p")`,
  'test -n "$files" || exit 0',
  String.raw`sockets=$(grep -sHE "^TCP: inuse |: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:0000 (0A|07) " $files | sed -n "s/^\([^:]*\/\)sockstat:TCP: .*/\1tcp/p;s/^\([^:]*\): *[0-9]*: \([0-9A-F:]*\) [0-9A-F:]* \(0[A7]\) [0-9A-F:]* [0-9A-F:]* [0-9A-F]*  *\([0-9]*\)  *[0-9]* \([0-9]*\).*/\1 \2 \3 \4 \5/p")`,
  'echo "$sockets"',
  String.raw`inodes=$(echo "$sockets" | sed -n "s/.* \([1-9][0-9]*\)$/socket:[\1]/p" | sort -u)`,
  'test -n "$inodes" || exit 0',
  String.raw`links() { ls -ln /proc/[0-9]*/fd 2>/dev/null | sed -n "/^\/proc\//{s/:$//;h;d;};/socket:/{G;s/.* \(socket:\[[0-9]*\]\)\n\(.*\)/\2 \1/p;}"; }`,
  // An argument holds 128 KiB.
  'if test ${#inodes} -lt 100000; then links | grep -F "$inodes"; else links; fi',
  "true",
].join("; ");

const socketLine =
  /^\/proc\/(\d+)\/net\/(tcp|udp)(6?) ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) 0[A7] (\d+) (\d+)$/;

function socketOf(line: string, at: number): ListeningRow | null {
  const [, pid, protocol, six, address = "", port = "", uid, inode] = socketLine.exec(line) ?? [];
  const isInet6 = six === "6";
  if (pid === undefined || isInet6 !== (address.length === 32)) return null;
  return {
    kind: "socket",
    pid: Number(pid),
    protocol: protocol === "udp" ? "udp" : "tcp",
    family: isInet6 ? "inet6" : "inet",
    address: isInet6 ? ipv6OfHex(address) : ipv4OfHex(address),
    port: Number.parseInt(port, 16),
    uid: Number(uid),
    inode: Number(inode),
    at,
  };
}

function rowOf(line: string, at: number): ListeningRow | null {
  const [, read] = /^\/proc\/(\d+)\/net\/tcp$/.exec(line) ?? [];
  if (read !== undefined) return { kind: "read", pid: Number(read), at };
  const [, pid, inode] = /^\/proc\/(\d+)\/fd socket:\[(\d+)\]$/.exec(line) ?? [];
  if (pid !== undefined) return { kind: "holder", pid: Number(pid), inode: Number(inode), at };
  return socketOf(line, at);
}

export const listeningSockets = defineProbe<ListeningRow>({
  name: "listening-sockets",
  scope: "machine",
  ask: { kind: "script", script },
  right: "root",
  why: "who listens on which port, in every namespace; who holds a socket takes root",
  parse: ({ stdout }) => readLines(stdout, rowOf),
});
