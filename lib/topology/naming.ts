import { type ContainerId, type Key, key, type NetnsLabel } from "@/lib/net/ids";
import type { Readings } from "@/lib/probes/read";
import { type FoundContainer, shortId } from "./find-containers";
import type { FoundNamespace, FoundNamespaces } from "./find-namespaces";
import type { NamespaceName } from "./model";

/** Hands out keys; a second row with the same key gets `~2`, so the order of asking must be stable. */
export function keyring(): (wanted: string) => Key {
  const taken = new Map<string, number>();
  return (wanted) => {
    const times = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, times);
    return key(times === 1 ? wanted : `${wanted}~${times}`);
  };
}

export const containerName = ({ engine, engineId }: FoundContainer): string =>
  engine?.name ?? shortId(engineId);

export type Naming = {
  readonly nameOf: (netns: FoundNamespace) => NamespaceName;
  readonly containersIn: (netns: NetnsLabel) => readonly ContainerId[];
  /** The first part of every key of a thing in this namespace: `host`, `ctr:web`, `ns:lonely`. */
  readonly ownerOf: (netns: NetnsLabel) => string;
};

const netnsFile = /^\/(?:var\/)?run\/netns\/([^/]+)$/;

/** Who gave a namespace its own: the container that others joined comes first. */
const ownersFirst = (a: FoundContainer, b: FoundContainer): number =>
  Number(a.mode.kind === "container") - Number(b.mode.kind === "container") ||
  (containerName(a) < containerName(b) ? -1 : 1);

/**
 * Pass three, name: the host, else the container that lives in it, else its file in /run/netns, else
 * the process with the lowest pid, else its inode.
 */
export function nameNamespaces(
  readings: Readings,
  namespaces: FoundNamespaces,
  containers: readonly FoundContainer[],
): Naming {
  const inside = Map.groupBy(
    containers.filter((each) => each.netns !== null && each.netns !== namespaces.host),
    (each) => each.netns,
  );
  const onHost = containers.filter((each) => each.netns !== null && each.netns === namespaces.host);
  const comm = new Map(
    readings.processes.flatMap((read) => read.rows.map((row) => [row.pid, row.comm] as const)),
  );
  const living = (label: NetnsLabel) =>
    (label === namespaces.host ? onHost : (inside.get(label) ?? [])).toSorted(ownersFirst);

  const nameOf = ({ label, paths, pids }: FoundNamespace): NamespaceName => {
    if (label === namespaces.host) return { by: "host", text: "host" };
    const [owner] = living(label);
    if (owner !== undefined) return { by: "container", text: containerName(owner) };
    const file = paths.map((path) => netnsFile.exec(path)?.[1]).find((name) => name !== undefined);
    if (file !== undefined) return { by: "ip-netns", text: file };
    const process = pids.map((pid) => comm.get(pid)).find((name) => name !== undefined);
    return process === undefined ? { by: "inode", text: label } : { by: "process", text: process };
  };
  const prefix = {
    host: "host",
    container: "ctr",
    "ip-netns": "ns",
    process: "proc",
    inode: "inode",
  };
  const ring = keyring();
  const owners = new Map(
    namespaces.all.map((netns) => {
      const { by, text } = nameOf(netns);
      return [netns.label, ring(by === "host" ? "host" : `${prefix[by]}:${text}`) as string];
    }),
  );
  return {
    nameOf,
    containersIn: (label) => living(label).map((each) => each.id),
    ownerOf: (label) => owners.get(label) ?? `inode:${label}`,
  };
}
