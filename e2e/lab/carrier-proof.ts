import { readdirSync, readFileSync } from "node:fs";
import { onHost } from "./lab-env";
import type { LabHost } from "./truth";

/** A link inside a container: the container's pid on the host, and the link's name. */
export type Inner = { readonly pid: number; readonly ifname: string };

/**
 * Which ends belong together, told by the cable itself: a veth loses its carrier in the moment in
 * which its other end is set down. No index and no nsid takes part, so that this proof shares
 * nothing with the way in which Vethscope pairs. The host's end is the one that is toggled: a
 * container whose own end goes down loses its default route.
 */
export async function provenByCarrier(
  host: LabHost,
  hostEnds: readonly string[],
  inners: readonly Inner[],
): Promise<ReadonlyMap<string, Inner>> {
  const proven = new Map<string, Inner>();
  for (const name of hostEnds) {
    await set(host, name, "down");
    const dark = inners.filter((inner) => !hasCarrier(host, inner));
    await set(host, name, "up");
    const [only] = dark;
    if (only === undefined || dark.length > 1) {
      throw new Error(`${name} down took the carrier of ${dark.length} links, not of one`);
    }
    if (!hasCarrier(host, only)) throw new Error(`${only.ifname} is dark though ${name} is up`);
    proven.set(name, only);
  }
  return proven;
}

async function set(host: LabHost, name: string, state: "up" | "down"): Promise<void> {
  const { code, stderr } = await onHost(host, ["ip", "link", "set", "dev", name, state]);
  if (code !== 0) throw new Error(stderr);
}

/** A container's /sys was mounted inside its own network namespace, so it lists its own links. */
const linksFolder = (host: LabHost, pid: number): string =>
  `/proc/${host.pid}/root/proc/${pid}/root/sys/class/net`;

export const linksIn = (host: LabHost, pid: number): readonly string[] =>
  readdirSync(linksFolder(host, pid));

const hasCarrier = (host: LabHost, { pid, ifname }: Inner): boolean =>
  readFileSync(`${linksFolder(host, pid)}/${ifname}/carrier`, "utf8").trim() === "1";
