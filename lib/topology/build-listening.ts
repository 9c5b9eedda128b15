import { type ContainerId, type NetnsLabel, netnsId } from "@/lib/net/ids";
import type { ListeningRow } from "@/lib/probes/listening-sockets";
import type { Readings } from "@/lib/probes/read";
import type { ListeningReadings } from "@/lib/probes/read-rules";
import { type FoundContainer, findContainers } from "./find-containers";
import { findNamespaces } from "./find-namespaces";
import type { DockerProxy, Listening, Process, Socket } from "./listening";
import { keyring, nameNamespaces } from "./naming";

type SocketRow = Extract<ListeningRow, { readonly kind: "socket" }>;

/** What is known of processes and where they live, from the rest of the reading. */
type Population = {
  readonly host: string;
  readonly labelOf: (pid: number) => NetnsLabel | null;
  readonly names: ReadonlyMap<number, string>;
  /** Every process of every container, by its pid. */
  readonly containers: ReadonlyMap<number, ContainerId>;
  /** The first part of the keys of what is in a namespace. */
  readonly ownerOf: (label: NetnsLabel) => string;
};

/** Cgroups name the container of each process, not of the first alone: `--init`, `sh -c`, supervisors. */
function containersByPid(
  { cgroups }: Readings,
  found: readonly FoundContainer[],
): ReadonlyMap<number, ContainerId> {
  const ids = new Map(found.map(({ engineId, id }) => [engineId, id]));
  return new Map(
    cgroups.flatMap(({ rows }) =>
      rows.flatMap((row) => {
        const id = row.kind === "container" ? ids.get(row.containerId) : undefined;
        return id === undefined ? [] : [[row.pid, id] as const];
      }),
    ),
  );
}

function populationOf(readings: Readings): Population {
  const namespaces = findNamespaces(readings);
  const found = findContainers(readings, namespaces);
  const { ownerOf } = nameNamespaces(readings, namespaces, found);
  return {
    host: readings.host,
    labelOf: (pid) => namespaces.ofPid(pid)?.label ?? null,
    names: new Map(
      readings.processes.flatMap(({ rows }) => rows.map(({ pid, comm }) => [pid, comm])),
    ),
    containers: containersByPid(readings, found),
    ownerOf,
  };
}

/** Inode → the processes that hold it, lowest pid first. */
function holdersOf(
  rows: readonly ListeningRow[],
  { names, containers }: Population,
): ReadonlyMap<number, readonly Process[]> {
  const held = new Map<number, Map<number, Process>>();
  for (const row of rows) {
    if (row.kind !== "holder") continue;
    const known = held.get(row.inode) ?? new Map<number, Process>();
    const { pid } = row;
    const container = containers.get(pid) ?? null;
    held.set(row.inode, known.set(pid, { pid, name: names.get(pid) ?? "", container }));
  }
  return new Map(
    [...held].map(([inode, all]) => [inode, [...all.values()].toSorted((a, b) => a.pid - b.pid)]),
  );
}

const portOf = ({ protocol, port }: SocketRow): string => `${protocol} ${port}`;

function answersIpv4(row: SocketRow, taken: ReadonlySet<string>): Socket["answersIpv4"] {
  if (row.family === "inet") return "yes";
  if (row.address.startsWith("::ffff:")) return "yes";
  if (row.address !== "::") return "no";
  return taken.has(portOf(row)) ? "no" : "likely";
}

function socketOf(
  row: SocketRow,
  taken: ReadonlySet<string>,
  holders: ReadonlyMap<number, readonly Process[]>,
): Omit<Socket, "key" | "netns" | "evidence"> {
  const { protocol, family, address, port, uid, inode } = row;
  const processes = holders.get(inode);
  const holder: Socket["holder"] =
    inode === 0
      ? { by: "kernel" }
      : processes === undefined
        ? { by: "unknown" }
        : { by: "processes", processes };
  return { protocol, family, address, port, answersIpv4: answersIpv4(row, taken), uid, holder };
}

/** Files of one process each; which namespace it lives in decides whose they are. */
function socketsOf({ sockets }: ListeningReadings, population: Population): Listening["sockets"] {
  const { answer, rows, lost } = sockets;
  const [why] = lost;
  if (answer === null)
    return why === undefined ? { status: "not-asked" } : { status: "unreadable", why };
  if (rows.length === 0 && why !== undefined) return { status: "unreadable", why };
  const holders = holdersOf(rows, population);
  const listening = rows.filter((row) => row.kind === "socket");
  const ring = keyring();
  const byNetns = Map.groupBy(listening, ({ pid }) => population.labelOf(pid));
  const found = [...byNetns].flatMap(([label, own]) => {
    if (label === null) return [];
    // IPv4 sockets by port: one on `::` beside them must be for IPv6 alone, or it could not be there.
    const taken = new Set(own.filter(({ family }) => family === "inet").map(portOf));
    return own.map((row): Socket => {
      const owner = population.ownerOf(label);
      return {
        key: ring(`socket:${owner}/${row.protocol}/${row.address}/${row.port}`),
        netns: netnsId(population.host, label),
        ...socketOf(row, taken, holders),
        evidence: { answer, at: { line: row.at } },
      };
    });
  });
  const namespaces = new Set(
    rows.flatMap((row) => (row.kind === "read" ? (population.labelOf(row.pid) ?? []) : [])),
  );
  return {
    status: "read",
    sockets: found,
    namespaces: [...namespaces].map((label) => netnsId(population.host, label)),
  };
}

const proxiesOf = ({ proxies }: ListeningReadings): readonly DockerProxy[] => {
  const { answer } = proxies;
  if (answer === null) return [];
  return proxies.rows.map(({ at, ...told }) => ({
    ...told,
    evidence: { answer, at: { line: at } },
  }));
};

/** Who listens, in all namespaces that a process lives in. */
export const buildListening = (readings: Readings, said: ListeningReadings): Listening => ({
  sockets: socketsOf(said, populationOf(readings)),
  proxies: proxiesOf(said),
});
