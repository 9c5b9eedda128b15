import type { LinkId } from "@/lib/net/ids";
import type { Address, Link } from "@/lib/topology/model";
import { chip, outsideKey, reaches, stacked, tunnelled } from "./edges";
import type { Lookup } from "./lookup";
import type { Uplink } from "./model";
import { naturally } from "./names";
import { bridgeOf } from "./rows";
import { tunnelLines } from "./tunnels";

const global = ({ addresses }: Link): readonly Address[] =>
  addresses.filter(({ scope }) => scope === "global");

// Modules such as ipip leave tunl0, sit0 and the like in every namespace: down and without an address.
const inUse = (link: Link): boolean => link.adminUp || link.addresses.length > 0;

/**
 * Leads away from this host. A veth does when its other end is out of sight and the host has an
 * address or its default route on it: so a host looks that is a container or a lab itself.
 */
const leadsAway = (known: Lookup, link: Link, defaults: readonly string[]): boolean => {
  switch (link.kind) {
    case "nic":
      return true;
    case "veth":
      return (
        link.peer.status !== "found" &&
        bridgeOf(known, link) === null &&
        (defaults.includes(link.name) || global(link).length > 0)
      );
    case "macvlan":
    case "ipvlan":
    case "vlan":
      return bridgeOf(known, link) === null;
    case "vxlan":
    case "other":
      return inUse(link) && bridgeOf(known, link) === null;
    case "bridge":
    case "loopback":
      return false;
  }
};

const lowerOf = (link: Link): LinkId | null =>
  "lower" in link && link.lower.status === "found" ? link.lower.link : null;

const wayOut = (link: Link, defaults: readonly string[], unseen: boolean): Uplink["out"] => {
  if (defaults.includes(link.name)) {
    return reaches(outsideKey, link.key, unseen ? "unproven" : "exact");
  }
  return link.kind === "vxlan" && (link.remotes?.length ?? 0) > 0 ? tunnelled(link.key) : null;
};

const uplink = (
  link: Link,
  shown: ReadonlySet<Link>,
  known: Lookup,
  defaults: readonly string[],
) => {
  const below = lowerOf(link);
  const lower = below === null ? undefined : known.link.get(below);
  const unseen = link.kind === "veth" && link.peer.status !== "found";
  const over: Uplink["over"] =
    "lower" in link && link.lower.status === "found" && lower !== undefined && shown.has(lower)
      ? { uplink: lower.key, edge: stacked(link.key, link.lower.proof) }
      : null;
  return {
    chip: chip(link),
    addresses: [
      ...(link.kind === "vxlan" ? tunnelLines(link) : []),
      ...global(link)
        .slice(0, 2)
        .map(({ address, prefix }) => `${address}/${prefix}`),
    ],
    out: wayOut(link, defaults, unseen),
    over,
  } satisfies Uplink;
};

/** Devices with a default route first, each followed by what is stacked on it. */
const inOrder = (links: readonly Link[], defaults: readonly string[]): readonly Link[] => {
  const rank = (link: Link) => (defaults.indexOf(link.name) + 1 || defaults.length + 1) * 2;
  const sorted = [...links].sort((a, b) => rank(a) - rank(b) || naturally(a.name, b.name));
  const upon = (base: Link): readonly Link[] => [
    base,
    ...sorted.filter((link) => lowerOf(link) === base.id && link !== base).flatMap(upon),
  ];
  const ids = new Set(sorted.map(({ id }) => id));
  const based = sorted.filter((link) => {
    const lower = lowerOf(link);
    return lower === null || !ids.has(lower);
  });
  return [...new Set(based.flatMap(upon))];
};

export type Uplinks = {
  readonly uplinks: readonly Uplink[];
  readonly links: ReadonlySet<LinkId>;
};

/** The host's NICs and what else leads away from it. */
export const uplinksOf = (known: Lookup): Uplinks => {
  const home = known.topology.host.netns;
  if (home === null) return { uplinks: [], links: new Set() };
  const defaults = known.defaultDevices.get(home) ?? [];
  const links = (known.linksIn.get(home) ?? []).filter((link) => leadsAway(known, link, defaults));
  const shown = new Set(links);
  return {
    uplinks: inOrder(links, defaults).map((link) => uplink(link, shown, known, defaults)),
    links: new Set(links.map(({ id }) => id)),
  };
};
