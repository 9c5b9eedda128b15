import type { LinkId } from "@/lib/net/ids";
import type { Link } from "@/lib/topology/model";
import type { Ground } from "./ground";

/** Bridges in bridges, macvlans on ports: deeper than this nobody builds, and a ring of masters ends. */
const deepest = 8;

/** What a link's frames reach next, where that is another link of the same layer 2. */
const next = (ground: Ground, link: Link): Link | null => {
  const bridge = ground.bridge(link.master);
  if (bridge !== null) return bridge;
  if (link.kind === "macvlan" || link.kind === "ipvlan")
    return link.lower.status === "found" ? ground.link(link.lower.link) : null;
  const peer = ground.peerOf(link);
  return peer === null ? null : ground.bridge(peer.master);
};

/**
 * The layer 2 that a link is on, named by the link at its centre: a bridge, or the device below its
 * macvlans. A vlan is a layer 2 of its own.
 */
const segmentOf = (ground: Ground, link: Link): LinkId => {
  let at = link;
  for (let depth = 0; depth < deepest; depth += 1) {
    const beyond = next(ground, at);
    if (beyond === null) return at.id;
    at = beyond;
  }
  return at.id;
};

/** A port is a plug of its bridge and not a station on it: it neither answers ARP nor sends frames of its own. */
const isStation = (ground: Ground, link: Link): boolean =>
  link.adminUp && link.kind !== "loopback" && ground.bridge(link.master) === null;

/** The stations of every layer 2 that has more than one. */
export const segments = (ground: Ground): ReadonlyMap<LinkId, readonly Link[]> => {
  const stations = ground.topology.links.filter((link) => isStation(ground, link));
  const all = Map.groupBy(stations, (link) => segmentOf(ground, link));
  return new Map([...all].filter(([, links]) => links.length > 1));
};
