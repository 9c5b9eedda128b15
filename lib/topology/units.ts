import type { NetnsLabel } from "@/lib/net/ids";
import type { Readings } from "@/lib/probes/read";
import type { FoundNamespaces } from "./find-namespaces";

/**
 * The service that has a namespace for itself: what `unshare` starts from a shell is also in the
 * cgroup of sshd.service, so a unit counts only where all its processes live there.
 */
export function unitsIn(
  readings: Readings,
  namespaces: FoundNamespaces,
): (pids: readonly number[]) => string | null {
  const unitOfPid = new Map<number, string>();
  const homes = new Map<string, Set<NetnsLabel | undefined>>();
  for (const row of readings.cgroups.flatMap(({ rows }) => rows)) {
    if (row.kind !== "unit") continue;
    unitOfPid.set(row.pid, row.unit);
    const home = homes.get(row.unit) ?? new Set();
    homes.set(row.unit, home.add(namespaces.ofPid(row.pid)?.label));
  }
  return (pids) => {
    const [unit, ...others] = new Set(pids.map((pid) => unitOfPid.get(pid)));
    return unit !== undefined && others.length === 0 && homes.get(unit)?.size === 1 ? unit : null;
  };
}
