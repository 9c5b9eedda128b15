import type { Answer, HostFacts } from "@/lib/facts/model";
import { answerId, type NetnsLabel, netnsLabel } from "@/lib/net/ids";

/**
 * A host that was written by hand, for what neither the lab's kernel nor its packages can make. The
 * forms are those that the tools print; who is wired to whom is known by writing it.
 */
export type WrittenHost = {
  /** The first is the host's own. */
  readonly namespaces: readonly WrittenNetns[];
  /** As /networks of the engine's API answers, by driver and id; none: no engine answered. */
  readonly networks?: readonly {
    readonly id: string;
    readonly name: string;
    readonly driver: string;
  }[];
};

export type WrittenNetns = {
  readonly inode: number;
  readonly processes?: readonly WrittenProcess[];
  /** Files that keep it. */
  readonly files?: readonly string[];
  /** As `ip -d -j addr` prints them; addresses and flags are added. */
  readonly links: readonly object[];
  /** nsid by inode, as lsns prints them for this observer. */
  readonly nsids?: Readonly<Record<number, number>>;
};

type WrittenProcess = {
  readonly pid: number;
  readonly comm: string;
  /** The line of /proc/PID/cgroup. */
  readonly cgroup: string;
};

const answer = (probe: string, netns: NetnsLabel | null, stdout: string): Answer => ({
  id: answerId(probe, netns),
  probe,
  netns,
  entered: null,
  asked: { kind: "command", argv: [probe] },
  at: "2026-01-01T00:00:00.000Z",
  ms: 1,
  stdout,
  stderr: "",
  exit: 0,
  cut: false,
});

const processesOf = (host: WrittenHost) =>
  host.namespaces.flatMap(({ inode, processes = [] }) =>
    processes.map((each) => ({ ...each, inode })),
  );

function pathLines(host: WrittenHost): string {
  const own = `4 ${host.namespaces[0]?.inode} /proc/self/ns/net\n`;
  const byProcess = processesOf(host).map(({ pid, inode }) => `4 ${inode} /proc/${pid}/ns/net\n`);
  const byFile = host.namespaces.flatMap(({ inode, files = [] }) =>
    files.map((file) => `4 ${inode} ${file}\n`),
  );
  return own + byProcess.join("") + byFile.join("");
}

const lsnsTable = (host: WrittenHost, { nsids = {} }: WrittenNetns): string => {
  const rows = host.namespaces.flatMap(({ inode, processes = [] }) => {
    const [first] = processes;
    if (first === undefined) return [];
    const nsid = nsids[inode] ?? "unassigned";
    return `${String(inode).padStart(10)}${String(first.pid).padStart(7)}${String(nsid).padStart(11)}\n`;
  });
  return `        NS    PID    NETNSID\n${rows.join("")}`;
};

const linkJson = (links: readonly object[]): string =>
  JSON.stringify(
    links.map((link) => ({
      flags: ["BROADCAST", "UP", "LOWER_UP"],
      mtu: 1500,
      operstate: "UP",
      link_type: "ether",
      addr_info: [],
      ...link,
    })),
  );

const engineAnswers = ({ networks }: WrittenHost): readonly Answer[] =>
  networks === undefined
    ? []
    : [
        answer("engine-version", null, '{"Version":"20.10.24","ApiVersion":"1.41"}'),
        answer(
          "engine-networks",
          null,
          JSON.stringify(
            networks.map(({ id, name, driver }) => ({ Id: id, Name: name, Driver: driver })),
          ),
        ),
      ];

export function writtenFacts(host: WrittenHost): HostFacts {
  const processes = processesOf(host);
  const [own, ...others] = host.namespaces;
  return {
    format: "vethscope-facts/1",
    host: "written",
    source: "recorded",
    at: "2026-01-01T00:00:00.000Z",
    answers: [
      answer("netns-paths", null, pathLines(host)),
      answer(
        "cgroups",
        null,
        processes.map(({ pid, cgroup }) => `/proc/${pid}/cgroup:${cgroup}\n`).join(""),
      ),
      answer(
        "process-names",
        null,
        processes.map(({ pid, comm }) => `/proc/${pid}/comm:${comm}\n`).join(""),
      ),
      ...(own === undefined ? [] : [answer("lsns", null, lsnsTable(host, own))]),
      ...host.namespaces.map(({ inode, links }) =>
        answer("ip-addr", netnsLabel(inode), linkJson(links)),
      ),
      ...others
        .filter(({ nsids }) => nsids !== undefined)
        .map((each) => answer("lsns-observer", netnsLabel(each.inode), lsnsTable(host, each))),
      ...engineAnswers(host),
    ],
    gaps: [],
  };
}
