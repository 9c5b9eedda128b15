import type { NetnsLabel } from "@/lib/net/ids";
import type { Readings } from "@/lib/probes/read";

/**
 * Namespaces that stand, or may stand, in the list twice: once by a process, whose ns/net may not be looked
 * at, and once by a file that anyone sees in mountinfo. `settled`: files of Docker's containers, all of
 * which are in the list by their processes. `open`: of the others up to so many may be.
 */
export type CountedTwice = {
  readonly settled: ReadonlySet<NetnsLabel>;
  readonly open: number;
};

/** What is known of a namespace that is held; `inode` null: by its processes alone. */
export type Held = {
  readonly label: NetnsLabel;
  readonly inode: number | null;
  readonly paths: ReadonlySet<string>;
  readonly pids: ReadonlySet<number>;
};

/** Docker's file of a container's namespace: `<exec-root>/netns/` and twelve digits of the sandbox. */
const sandboxFile = /\/netns\/[0-9a-f]{12}$/;

type LabelOf = (pid: number) => NetnsLabel | undefined;

/** Running containers by id, with a process of each, as cgroups tell; a later process says the same. */
const livingContainers = ({ cgroups }: Readings) =>
  new Map(
    cgroups.flatMap(({ rows }) =>
      rows.flatMap((row) => (row.kind === "container" ? [[row.containerId, row] as const] : [])),
    ),
  );

/**
 * The namespaces of all of one Docker's running containers; null: not all of them are known, or others
 * live here (a Docker in a container) whose files nobody sees.
 */
function dockerNamespaces(readings: Readings, labelOf: LabelOf): ReadonlySet<NetnsLabel> | null {
  const living = livingContainers(readings);
  const listed = readings.engineContainers.flatMap(({ rows }) => rows);
  const dockers = [...living.values()].filter(({ runtime }) => runtime === "docker");
  const ids =
    listed.length > 0
      ? listed.filter(({ state }) => state === "running").map(({ id }) => id)
      : dockers.map(({ containerId }) => containerId);
  const foreign = dockers.some(({ containerId }) => !ids.includes(containerId));
  const labels = ids.map((id) => {
    const container = living.get(id);
    return container === undefined ? undefined : labelOf(container.pid);
  });
  const known = labels.filter((label) => label !== undefined);
  return foreign || known.length < labels.length ? null : new Set(known);
}

/**
 * Docker keeps one file for each network namespace of its running containers. Where there are as many
 * files without a known process as there are namespaces of containers without a known file, both are
 * the same set; which is which stays unknown, and is not needed to count them. `held`: without the
 * host's own.
 */
export function countedTwice(
  readings: Readings,
  held: readonly Held[],
  labelOf: LabelOf,
): CountedTwice {
  const files = held.filter(({ inode, pids }) => inode !== null && pids.size === 0);
  const lived = new Set(
    held.flatMap(({ label, inode, pids }) => (inode === null && pids.size > 0 ? [label] : [])),
  );
  const sandboxes = files.filter(({ paths }) => [...paths].some((path) => sandboxFile.test(path)));
  const ofDocker = dockerNamespaces(readings, labelOf);
  const owners = [...(ofDocker ?? [])].filter((label) => lived.has(label));
  const same = sandboxes.length === owners.length ? sandboxes : [];
  return {
    settled: new Set(same.map(({ label }) => label)),
    open: Math.min(files.length - same.length, lived.size - same.length),
  };
}
