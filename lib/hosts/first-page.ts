import type { HostEntry } from "./entry";

/**
 * Where a reader without a link begins: the host that was last looked at; else this machine where
 * there is something to see; else the choice of where to begin. `bare`: nothing is wired on this
 * machine; null: not known yet.
 */
export const firstPage = (
  hosts: readonly HostEntry[],
  last: string | undefined,
  bare: boolean | null,
): string => {
  if (hosts.some(({ id }) => id === last)) return `/hosts/${last}`;
  const here = hosts.some(({ id }) => id === "local");
  if (here && bare !== true) return "/hosts/local";
  const others = hosts.filter(({ id, source }) => source === "live" && id !== "local");
  return others.length > 0 ? "/hosts" : "/start";
};
