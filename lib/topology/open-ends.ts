import { heldAtMost } from "@/lib/facts/held-namespaces";
import type { LinkId, NetnsId, NetnsLabel } from "@/lib/net/ids";
import type { Link, Namespace, Topology, VethPeer } from "./model";

/**
 * A question that is worth asking when all else is read: what a namespace calls the others (observer), whose
 * tunnels lead where (tunnel), which ports of its bridges share a VLAN (filtering), or what namespaces without a process call each other (held: of the whole host).
 */
export type LastQuestion =
  | { readonly scope: "observer" | "tunnel" | "filtering"; readonly netns: NetnsLabel }
  | { readonly scope: "held"; readonly netns: null };

/** Ends that another map may still settle. A peer whose very namespace is settled needs none. */
const mapWouldHelp = (peer: VethPeer): boolean =>
  peer.status === "ambiguous" || (peer.status === "found" && peer.proof === "consistent");

const isOpenStack = (link: Link): boolean =>
  (link.kind === "macvlan" || link.kind === "ipvlan" || link.kind === "vlan") &&
  !(link.lower.status === "found" && link.lower.proof === "exact");

const isOpenTunnel = (link: Link): boolean => link.kind === "vxlan" && link.underlay === null;

/** The ends that may be at the other end of this one. */
const rivalsOf = (peer: VethPeer): readonly LinkId[] => {
  if (peer.status === "ambiguous") return peer.candidates;
  return peer.status === "found" ? [peer.link] : [];
};

const isUnseen = (link: Link): boolean =>
  link.kind === "veth" && link.peer.status === "unseen" && link.peer.why.reason === "netns-unknown";

/** By namespace: what is known of it, and of who lives in it. */
type Known = {
  readonly namespaces: ReadonlyMap<NetnsId, Namespace>;
  readonly links: ReadonlyMap<LinkId, Link>;
  readonly host: NetnsId | null;
  /** A process lives where no links were read: only a map can say that an end leads there. */
  readonly hidden: boolean;
};

const isLivedIn = ({ namespaces, host }: Known, netns: NetnsId): boolean =>
  netns === host || namespaces.get(netns)?.pid != null;

type Asked = { readonly observers: Set<NetnsId>; held: boolean };

/**
 * lsns numbers only namespaces that a process lives in: of a possible pair each end is asked if a
 * process lives at the other, so that one map can deny what the other says.
 */
function askForPair(known: Known, here: Link, there: Link, asked: Asked): void {
  const [lived, livedThere] = [isLivedIn(known, here.netns), isLivedIn(known, there.netns)];
  if (livedThere) asked.observers.add(here.netns);
  if (lived) asked.observers.add(there.netns);
  if (!lived && !livedThere) asked.held = true;
}

function askFor(known: Known, link: Link, asked: Asked): void {
  if (isOpenStack(link) || isOpenTunnel(link)) asked.observers.add(link.netns);
  if (isUnseen(link) && known.hidden) asked.observers.add(link.netns);
  if (link.kind !== "veth" || !mapWouldHelp(link.peer)) return;
  for (const id of rivalsOf(link.peer)) {
    const there = known.links.get(id);
    if (there !== undefined) askForPair(known, link, there, asked);
  }
}

const filtersVlans = (link: Link): boolean => link.kind === "bridge" && link.filtersVlans === true;

/** The host's own map was asked before, and its fdb: the host is among them for its VLANs alone. */
export function lastQuestions(topology: Topology): readonly LastQuestion[] {
  const { namespaces, links, host } = topology;
  const known: Known = {
    namespaces: new Map(namespaces.map((each) => [each.id, each])),
    links: new Map(links.map((link) => [link.id, link])),
    host: host.netns,
    hidden: namespaces.some(({ read, pid }) => read.status === "unread" && pid !== null),
  };
  const asked: Asked = { observers: new Set(), held: false };
  for (const link of links) askFor(known, link, asked);
  const tunnels = new Set(links.filter(({ kind }) => kind === "vxlan").map(({ netns }) => netns));
  const filtering = new Set(links.filter(filtersVlans).map(({ netns }) => netns));
  const others = namespaces.filter(({ id }) => id !== host.netns);
  // That question puts itself to all of them: they need not be asked one by one.
  const unlived = others.filter(({ id }) => !isLivedIn(known, id));
  if (asked.held && unlived.length <= heldAtMost)
    for (const { id } of unlived) asked.observers.delete(id);
  const labelsIn = (ids: ReadonlySet<NetnsId>) =>
    others.filter(({ id }) => ids.has(id)).map(({ label }) => label);
  return [
    ...labelsIn(asked.observers).map((netns) => ({ scope: "observer" as const, netns })),
    ...(asked.held ? [{ scope: "held" as const, netns: null }] : []),
    ...labelsIn(tunnels).map((netns) => ({ scope: "tunnel" as const, netns })),
    ...namespaces
      .filter(({ id }) => filtering.has(id))
      .map(({ label }) => ({ scope: "filtering" as const, netns: label })),
  ];
}

/** Two ends deny each other: they were read while the host changed, or an answer is wrong. */
export const contradicts = (topology: Topology): boolean =>
  topology.links.some((link) => link.kind === "veth" && link.peer.status === "contradictory");
