import { defineProbe, type Reading } from "./define";
import { excerpt } from "./lines";

/** What one docker-proxy was told to pass on. */
export type ProxyRow = {
  readonly pid: number;
  readonly protocol: string;
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly containerAddress: string;
  readonly containerPort: number;
  /** Of the first of its lines. */
  readonly at: number;
};

/** The kernel parts the words by NUL; each becomes a line. Other words than these are left on the host. */
const script = [
  'set -- $(grep -lsx docker-proxy /proc/[0-9]*/comm | sed "s/comm$/cmdline/")',
  "test $# -gt 0 || exit 0",
  String.raw`grep -sHz "" "$@" | tr "\0" "\n" | grep -E ":(-(proto|host-ip|host-port|container-ip|container-port)|tcp|udp|sctp|[0-9]+|[0-9a-f:.]+)$"`,
  "true",
].join("; ");

const wordLine = /^\/proc\/(\d+)\/cmdline:(.+)$/;

type Words = { readonly pid: number; readonly at: number; readonly words: string[] };

function proxyOf({ pid, at, words }: Words): ProxyRow | null {
  const after = (flag: string): string | undefined => {
    const place = words.indexOf(flag);
    return place < 0 ? undefined : words[place + 1];
  };
  const hostPort = Number(after("-host-port"));
  const containerPort = Number(after("-container-port"));
  const protocol = after("-proto");
  const hostAddress = after("-host-ip");
  const containerAddress = after("-container-ip");
  const ports = Number.isInteger(hostPort) && Number.isInteger(containerPort);
  if (!ports || protocol === undefined || hostAddress === undefined) return null;
  if (containerAddress === undefined) return null;
  return { pid, protocol, hostAddress, hostPort, containerAddress, containerPort, at };
}

function readProxies(text: string): Reading<ProxyRow> {
  const found = new Map<string, Words>();
  const strange: { at: number; excerpt: string }[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const [, pid, word] = wordLine.exec(line) ?? [];
    if (pid === undefined || word === undefined) {
      strange.push({ at, excerpt: excerpt(line) });
      continue;
    }
    const known = found.get(pid) ?? { pid: Number(pid), at, words: [] };
    known.words.push(word);
    found.set(pid, known);
  }
  const rows: ProxyRow[] = [];
  for (const words of found.values()) {
    const row = proxyOf(words);
    if (row === null) strange.push({ at: words.at, excerpt: excerpt(words.words.join(" ")) });
    else rows.push(row);
  }
  return { rows, unread: strange };
}

/** Command lines are read of processes of this name alone, and of those only what is listed here. */
export const dockerProxies = defineProbe<ProxyRow>({
  name: "docker-proxies",
  scope: "machine",
  ask: { kind: "script", script },
  right: "anyone",
  why: "which docker-proxy passes which port on to which container",
  parse: ({ stdout }) => readProxies(stdout),
});
