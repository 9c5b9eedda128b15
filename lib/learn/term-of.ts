import type { ContainerMode, Link } from "@/lib/topology/model";
import { type Term, termOf } from "./terms";

const kinds: Readonly<Partial<Record<Link["kind"], Term>>> = {
  veth: "veth",
  bridge: "bridge",
  macvlan: "macvlan",
  ipvlan: "ipvlan",
  vxlan: "overlay",
};

/** The note on a kind of interface; null: there is none. */
export const termOfLink = ({ kind, name }: Link): Term | null =>
  kind === "bridge" && name === "docker0" ? "docker0" : (kinds[kind] ?? null);

const modes: Readonly<Partial<Record<ContainerMode["kind"], Term>>> = {
  host: "host-network",
  none: "none-network",
  container: "shared-netns",
};

export const termOfMode = ({ kind }: ContainerMode): Term => modes[kind] ?? "drivers";

/** The note on a network's driver; on drivers in general where it has none of its own. */
export const termOfDriver = (driver: string): Term => {
  if (driver === "host") return "host-network";
  if (driver === "null") return "none-network";
  const own = termOf(driver);
  return own === "macvlan" || own === "ipvlan" || own === "overlay" ? own : "drivers";
};
