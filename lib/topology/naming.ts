import { type ContainerId, type Key, key, type NetnsLabel } from "@/lib/net/ids";
import type { Readings } from "@/lib/probes/read";
import { containerName, type FoundContainer, shortId } from "./find-containers";
import type { FoundNamespace, FoundNamespaces } from "./find-namespaces";
import type { NamespaceName } from "./model";
import { swarmName } from "./swarm-names";
import { unitsIn } from "./units";

/** Hands out keys; a second row with the same key gets `~2`, so the order of asking must be stable. */
export function keyring(): (wanted: string) => Key {
  const taken = new Map<string, number>();
  return (wanted) => {
    const times = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, times);
    return key(times === 1 ? wanted : `${wanted}~${times}`);
  };
}

export type Naming = {
  readonly nameOf: (netns: FoundNamespace) => NamespaceName;
  readonly containersIn: (netns: NetnsLabel) => readonly ContainerId[];
  /** The first part of every key of a thing in this namespace: `host`, `ctr:web`, `ns:lonely`. */
  readonly ownerOf: (netns: NetnsLabel) => string;
};

const netnsFile = /^\/(?:var\/)?run\/netns\/([^/]+)$/;
const pauses = new Set(["pause", "catatonit"]);

type Comms = ReadonlyMap<number, string>;

/** The container that only holds the namespace of its pod (comm of Kubernetes' pause, podman's catatonit). */
const isPause = (comms: Comms, { pid, cgroup }: FoundContainer): boolean =>
  cgroup?.pod != null && pid !== null && pauses.has(comms.get(pid) ?? "");

/** Who gave a namespace its own: a pod's pause, or the container that others joined, comes first. */
const ownersFirst =
  (comms: Comms) =>
  (a: FoundContainer, b: FoundContainer): number =>
    Number(isPause(comms, b)) - Number(isPause(comms, a)) ||
    Number(a.mode.kind === "container") - Number(b.mode.kind === "container") ||
    (containerName(a) < containerName(b) ? -1 : 1);

/** All that share a pod's namespace are of that pod. */
function podName(living: readonly FoundContainer[]): string | null {
  const pod = living.map(({ cgroup }) => cgroup?.pod).find((id) => id != null);
  const named = living
    .map(({ engine }) => engine?.labels["io.kubernetes.pod.name"])
    .find((name) => name !== undefined && name !== "");
  if (pod == null) return named ?? null;
  return named ?? (pod.length === 64 ? shortId(pod) : pod);
}

/** The first part of the keys of what is in a namespace. */
const prefixes: Readonly<Record<NamespaceName["by"], string>> = {
  host: "host",
  container: "ctr",
  pod: "pod",
  overlay: "overlay",
  "load-balancer": "lb",
  ingress: "ingress",
  "ip-netns": "ns",
  unit: "unit",
  process: "proc",
  inode: "inode",
};

/**
 * Pass three, name: the host, else the pod or container that lives in it, else what swarm keeps in it,
 * else its file in /run/netns, else the service that has it for itself, else the process with the
 * lowest pid, else its inode.
 */
export function nameNamespaces(
  readings: Readings,
  namespaces: FoundNamespaces,
  containers: readonly FoundContainer[],
): Naming {
  const comms: Comms = new Map(
    readings.processes.flatMap((read) => read.rows.map((row) => [row.pid, row.comm] as const)),
  );
  const inside = Map.groupBy(
    containers.filter((each) => each.netns !== null),
    (each) => each.netns,
  );
  const inOrder = new Map(
    [...inside].map(([netns, each]) => [netns, each.toSorted(ownersFirst(comms))]),
  );
  const living = (label: NetnsLabel) => inOrder.get(label) ?? [];
  const unitOf = unitsIn(readings, namespaces);
  const networks = readings.engineNetworks.flatMap((read) => read.rows);

  const byFile = (paths: readonly string[]): NamespaceName | null => {
    const swarm = swarmName(paths, networks);
    if (swarm !== null) return swarm;
    const file = paths.map((path) => netnsFile.exec(path)?.[1]).find((name) => name !== undefined);
    return file === undefined ? null : { by: "ip-netns", text: file };
  };
  const byProcess = (pids: readonly number[]): NamespaceName | null => {
    const unit = unitOf(pids);
    if (unit !== null) return { by: "unit", text: unit };
    const process = pids.map((pid) => comms.get(pid)).find((name) => name !== undefined);
    return process === undefined ? null : { by: "process", text: process };
  };
  const byContainer = (label: NetnsLabel): NamespaceName | null => {
    const pod = podName(living(label));
    if (pod !== null) return { by: "pod", text: pod };
    const [owner] = living(label);
    return owner === undefined ? null : { by: "container", text: containerName(owner) };
  };
  const nameOf = ({ label, paths, pids }: FoundNamespace): NamespaceName =>
    label === namespaces.host
      ? { by: "host", text: "host" }
      : (byContainer(label) ?? byFile(paths) ?? byProcess(pids) ?? { by: "inode", text: label });

  const ring = keyring();
  const owners = new Map(
    namespaces.all.map((netns) => {
      const { by, text } = nameOf(netns);
      return [netns.label, ring(by === "host" ? "host" : `${prefixes[by]}:${text}`) as string];
    }),
  );
  return {
    nameOf,
    containersIn: (label) => living(label).map((each) => each.id),
    ownerOf: (label) => owners.get(label) ?? `inode:${label}`,
  };
}
