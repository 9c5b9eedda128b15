import type { Evidence, Gap } from "@/lib/facts/model";
import type { Box, Graph } from "@/lib/graph/model";
import type { ContainerId, Key, LinkId, NetnsId, NetworkId } from "@/lib/net/ids";
import type {
  Attachment,
  Check,
  Container,
  ContainerMode,
  Link,
  Network,
  Topology,
  VethPeer,
} from "@/lib/topology/model";
import type { Snapshot } from "./snapshot";

/** What of a topology is sent. */
type Kept = {
  readonly links: ReadonlySet<LinkId>;
  readonly namespaces: ReadonlySet<NetnsId>;
  readonly containers: ReadonlySet<ContainerId>;
  readonly networks: ReadonlySet<NetworkId>;
  /** Whether a fact stands in an answer of a namespace that is sent, or of the host as a whole. */
  readonly tells: (evidence: Evidence) => boolean;
};

const boxesIn = ({ blocks }: Graph): readonly Box[] =>
  blocks.flatMap((block) =>
    block.kind === "list" ? block.boxes : block.rows.flatMap(({ box }) => box ?? []),
  );

const linksIn = ({ blocks, uplinks }: Graph): readonly LinkId[] => [
  ...uplinks.map(({ chip }) => chip.link),
  ...blocks.flatMap((block) => (block.kind === "bridge" ? (block.bridge.link ?? []) : [])),
  ...blocks.flatMap((block) =>
    block.kind === "list"
      ? []
      : block.rows.flatMap(({ host, inner }) => [host?.link ?? [], inner?.link ?? []].flat()),
  ),
];

/** Networks that are drawn by themselves: some have no bridge that was seen. */
const networkKeysIn = ({ blocks }: Graph): ReadonlySet<Key> =>
  new Set(
    blocks.flatMap((block) => {
      if (block.kind === "list") return [];
      if (block.kind === "rows") return block.key ?? [];
      return [block.bridge.key, block.bridge.network ?? []].flat();
    }),
  );

/** What it hangs on: without these its line would end in nothing. */
const under = (link: Link): readonly LinkId[] => [
  ...(link.master === null ? [] : [link.master]),
  ...(link.kind === "veth" && link.peer.status === "found" ? [link.peer.link] : []),
  ...("lower" in link && link.lower.status === "found" ? [link.lower.link] : []),
];

const withWhatIsUnder = (
  { links }: Topology,
  drawn: readonly LinkId[],
): ReadonlyMap<LinkId, Link> => {
  const byId = new Map(links.map((link) => [link.id, link]));
  const kept = new Map<LinkId, Link>();
  const left = [...drawn];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    const link = byId.get(id);
    if (link === undefined || kept.has(id)) continue;
    kept.set(id, link);
    left.push(...under(link));
  }
  return kept;
};

/** Namespaces that a link names besides its own. */
const namedBy = (link: Link): readonly NetnsId[] => {
  if (link.kind === "vxlan") return link.underlay === null ? [] : [link.underlay];
  if (link.kind !== "veth" || link.peer.status !== "unseen") return [];
  return link.peer.why.reason === "netns-unread" ? [link.peer.why.netns] : [];
};

/** They end in no other namespace, and say of their own whether anything is in it. */
const standsAlone = ({ kind }: Link): boolean =>
  kind === "loopback" || kind === "nic" || kind === "other";

/** Docker's `host` and `none` are no networks: a container is in them by having none of its own. */
const isNoNetwork = ({ driver }: Network): boolean => driver === "host" || driver === "null";

/** Networks to which one of these containers is attached by a link that is sent, or without any. */
const attachedTo = (
  containers: readonly Container[],
  links: ReadonlySet<LinkId>,
  networks: readonly Network[],
): ReadonlySet<NetworkId> => {
  const without = new Set(networks.filter(isNoNetwork).map(({ id }) => id));
  return new Set(
    containers.flatMap(({ attachments }) =>
      attachments.flatMap(({ link, network }) => {
        if (network === null) return [];
        return (link === null ? without.has(network) : links.has(link)) ? network : [];
      }),
    ),
  );
};

function keptOf(topology: Topology, drawn: Graph): Kept {
  const { host, namespaces, networks } = topology;
  const boxes = boxesIn(drawn);
  const wired = withWhatIsUnder(topology, linksIn(drawn));
  const spaces = new Set([
    ...(host.netns === null ? [] : [host.netns]),
    ...boxes.flatMap(({ netns }) => netns ?? []),
    ...[...wired.values()].flatMap((link) => [link.netns, ...namedBy(link)]),
  ]);
  const plain = topology.links.filter(
    (link) => standsAlone(link) && link.netns !== host.netns && spaces.has(link.netns),
  );
  const links = new Set([...wired.keys(), ...plain.map(({ id }) => id)]);
  const containers = new Set(
    boxes.flatMap(({ badges }) => badges.flatMap(({ container }) => container ?? [])),
  );
  const attached = attachedTo(
    topology.containers.filter(({ id }) => containers.has(id)),
    links,
    networks,
  );
  const named = networkKeysIn(drawn);
  const labels = new Set<string>(
    namespaces.flatMap(({ id, label }) => (spaces.has(id) ? label : [])),
  );
  return {
    links,
    namespaces: spaces,
    containers,
    networks: new Set(
      networks.flatMap(({ id, key, bridge }) =>
        named.has(key) || attached.has(id) || (bridge !== null && links.has(bridge)) ? id : [],
      ),
    ),
    tells: ({ answer }) => {
      const at = answer.indexOf("@");
      return at < 0 || labels.has(answer.slice(at + 1));
    },
  };
}

const checksOf = (by: readonly Check[], { tells }: Kept): readonly Check[] =>
  by.map((check) => ({ ...check, evidence: check.evidence.filter(tells) }));

/** What else its numbers would fit is part of the rest: that there was something, its status says. */
function peerOf(peer: VethPeer, kept: Kept): VethPeer {
  const by = checksOf(peer.by, kept);
  const sent = (links: readonly LinkId[]) => links.filter((id) => kept.links.has(id));
  if (peer.status === "ambiguous") return { ...peer, by, candidates: sent(peer.candidates) };
  if (peer.status === "contradictory") return { ...peer, by, with: sent(peer.with) };
  return { ...peer, by };
}

function linkOf(link: Link, kept: Kept): Link {
  if (link.kind === "veth") return { ...link, peer: peerOf(link.peer, kept) };
  if (link.kind !== "bridge" || link.network === null) return link;
  return { ...link, network: kept.networks.has(link.network) ? link.network : null };
}

const modeOf = (mode: ContainerMode, { containers }: Kept): ContainerMode =>
  mode.kind === "container" && mode.of !== null && !containers.has(mode.of)
    ? { kind: "unknown" }
    : mode;

const isSent = ({ link, network }: Attachment, { links, networks }: Kept): boolean => {
  if (link !== null) return links.has(link);
  return network === null || networks.has(network);
};

const containerOf = (row: Container, kept: Kept): Container => ({
  ...row,
  netns: row.netns !== null && kept.namespaces.has(row.netns) ? row.netns : null,
  mode: modeOf(row.mode, kept),
  attachments: row.attachments.filter((each) => isSent(each, kept)),
  placed: row.placed.filter(kept.tells),
});

/** A line that nobody could read, or that came last, may be about anything of the host. */
const gapOf = (gap: Gap): Gap =>
  gap.reason === "unreadable-output" || gap.reason === "broken-off" ? { ...gap, excerpt: "" } : gap;

/**
 * Of the host's own routes those of links that are sent. Of any other namespace all or none: with some of
 * them it would seem to have no others.
 */
function routesOf({ host, links, routes }: Topology, kept: Kept): Topology["routes"] {
  const sent = new Set(
    links.flatMap(({ id, netns, name }) => (kept.links.has(id) ? `${netns} ${name}` : [])),
  );
  const cut = new Set(links.flatMap(({ id, netns }) => (kept.links.has(id) ? [] : netns)));
  return routes.filter(({ netns, dev }) => {
    if (!kept.namespaces.has(netns)) return false;
    return netns === host.netns ? sent.has(`${netns} ${dev}`) : !cut.has(netns);
  });
}

/**
 * The topology of what is drawn alone: its rows, what they hang on and the ways out, with nothing that tells
 * of the rest. It opens as any other. `drawn` is a graph of this topology, or of a part of that graph.
 */
export function partOf(topology: Topology, drawn: Graph): Topology {
  const kept = keptOf(topology, drawn);
  const labels = new Set(
    topology.namespaces.flatMap(({ id, label }) => (kept.namespaces.has(id) ? label : [])),
  );
  return {
    ...topology,
    // Whatever would follow from something's being nowhere does not follow here.
    host: { ...topology.host, complete: false },
    namespaces: topology.namespaces
      .filter(({ id }) => kept.namespaces.has(id))
      .map((row) => ({
        ...row,
        containers: row.containers.filter((id) => kept.containers.has(id)),
      })),
    links: topology.links.filter(({ id }) => kept.links.has(id)).map((link) => linkOf(link, kept)),
    networks: topology.networks
      .filter(({ id }) => kept.networks.has(id))
      .map((row) => ({
        ...row,
        bridge: row.bridge !== null && kept.links.has(row.bridge) ? row.bridge : null,
      })),
    containers: topology.containers
      .filter(({ id }) => kept.containers.has(id))
      .map((row) => containerOf(row, kept)),
    routes: routesOf(topology, kept),
    leftovers: [],
    gaps: topology.gaps.filter(({ netns }) => netns === null || labels.has(netns)).map(gapOf),
  };
}

const keysOf = ({ host, namespaces, links, networks, containers }: Topology): ReadonlySet<Key> =>
  new Set([
    host.key,
    ...[namespaces, links, networks, containers].flatMap((rows) => rows.map(({ key }) => key)),
  ]);

/**
 * The same of a snapshot, which then says that it is a part. It has no rules: they, and what listens, are about
 * the host as a whole, and what follows from some of them without the rest is not true of it.
 */
export function partSnapshot({ topology, shown }: Snapshot, drawn: Graph): Snapshot {
  const part = partOf(topology, drawn);
  // A key holds the name of what it means.
  const isThere = shown.selected !== null && keysOf(part).has(shown.selected);
  return {
    topology: part,
    ruling: null,
    shown: { ...shown, part: true, selected: isThere ? shown.selected : null },
  };
}
