import { readFileSync } from "node:fs";
import { labHost } from "@/e2e/lab/lab-env";
import { must } from "@/e2e/lab/run-command";
import { understand } from "@/lib/pipeline";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { gatherCrowd } from "./crowd";
import { type Figure, fastest } from "./figure";

/** The last pid that was dealt out in the sandbox's own pid namespace; threads of Node take one too. */
const started = (): number => Number(readFileSync("/proc/sys/kernel/ns_last_pid", "utf8"));

async function processesOf(work: () => Promise<unknown>): Promise<number> {
  const before = started();
  await work();
  return started() - before;
}

/**
 * What articles teach: for each container ask the engine for its pid, list its links, read the peer's
 * number. The engine is asked for a container of the lab, since a crowd of namespaces has none.
 */
async function articlesWay(pids: readonly number[], socket: string): Promise<void> {
  for (const pid of pids) {
    await must(["docker", "-H", `unix://${socket}`, "inspect", "-f", "{{.State.Pid}}", "web"]);
    await must(["nsenter", "-t", String(pid), "-n", "ip", "addr"]);
    await must(["nsenter", "-t", String(pid), "-n", "ethtool", "-S", "eth0"]);
  }
  await must(["ip", "link"]);
}

async function figuresFor(count: number): Promise<readonly Figure[]> {
  const crowd = await gatherCrowd(count);
  const host = labHost();
  const socket = `/proc/${host.pid}/root${host.dockerSocket}`;
  const transport = await local();
  const look = () => gather(transport, { host: "crowd" });
  try {
    const ours = await fastest(3, look);
    const processes = await processesOf(look);
    const topology = understand(await look());
    const exact = topology.links.filter(
      ({ name, ...link }) =>
        name.startsWith("cv") &&
        link.kind === "veth" &&
        link.peer.status === "found" &&
        link.peer.proof === "exact",
    ).length;
    if (exact !== count) throw new Error(`only ${exact} of ${count} pairs were proven`);
    const theirs = await fastest(3, () => must(["plotnetcfg"]));
    const articles = count > 100 ? null : await fastest(1, () => articlesWay(crowd.pids, socket));
    const at = `${count} namespaces`;
    return [
      { name: `${at}: gather`, value: ours, unit: "ms", note: `all ${exact} pairs exact` },
      { name: `${at}: processes started on the host`, value: processes, unit: "processes" },
      { name: `${at}: plotnetcfg`, value: theirs, unit: "ms" },
      {
        name: `${at}: gather, beside plotnetcfg`,
        value: ours / theirs,
        unit: "×",
        ...(count === 100 ? { goal: { atMost: 10 } } : {}),
      },
      ...(articles === null ? [] : beside(at, count, ours, articles)),
    ];
  } finally {
    await crowd.end();
  }
}

const beside = (at: string, count: number, ours: number, articles: number): readonly Figure[] => [
  { name: `${at}: the articles' way`, value: articles, unit: "ms" },
  {
    name: `${at}: faster than the articles' way`,
    value: articles / ours,
    unit: "×",
    ...(count === 100 ? { goal: { atLeast: 6 } } : {}),
  },
];

/** Reading a host with 10, 100 and 500 namespaces, beside a C program and beside what people type. */
export async function gatherFigures(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const count of [10, 100, 500]) figures.push(...(await figuresFor(count)));
  return figures;
}
