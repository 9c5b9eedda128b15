import type { LinkId, NetnsId, NetnsLabel } from "@/lib/net/ids";
import type { Link, Topology, VethPeer } from "./model";

/** Ends that another map may still settle. A peer whose very namespace is settled needs none. */
const mapWouldHelp = (peer: VethPeer): boolean =>
  peer.status === "ambiguous" ||
  (peer.status === "found" && peer.proof === "consistent") ||
  (peer.status === "unseen" && peer.why.reason === "netns-unknown");

const isOpen = (link: Link): boolean => {
  if (link.kind === "veth") return mapWouldHelp(link.peer);
  const isStacked = link.kind === "macvlan" || link.kind === "ipvlan" || link.kind === "vlan";
  return isStacked && !(link.lower.status === "found" && link.lower.proof === "exact");
};

/**
 * Namespaces that hold an open end. The host's own map was asked before, so the host is not among
 * them; of each possible pair both ends are, so that one map can deny what the other says.
 */
export function openEnds(topology: Topology): readonly NetnsLabel[] {
  const byId = new Map<LinkId, Link>(topology.links.map((link) => [link.id, link]));
  const open = new Set<NetnsId>();
  for (const link of topology.links.filter(isOpen)) {
    open.add(link.netns);
    const rivals =
      link.kind === "veth" && link.peer.status === "ambiguous" ? link.peer.candidates : [];
    for (const id of rivals) {
      const rival = byId.get(id);
      if (rival !== undefined) open.add(rival.netns);
    }
  }
  return topology.namespaces
    .filter((netns) => netns.id !== topology.host.netns && open.has(netns.id))
    .map((netns) => netns.label);
}

/** Two ends deny each other: they were read while the host changed, or an answer is wrong. */
export const contradicts = (topology: Topology): boolean =>
  topology.links.some((link) => link.kind === "veth" && link.peer.status === "contradictory");
