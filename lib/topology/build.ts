import type { Gap } from "@/lib/facts/model";
import { type ContainerId, type Key, key, type LinkId, netnsId } from "@/lib/net/ids";
import type { Readings } from "@/lib/probes/read";
import { buildContainer } from "./build-containers";
import { buildHost, engineRuntime } from "./build-host";
import { buildLink, withFdb } from "./build-links";
import { containerName, type FoundContainer, findContainers } from "./find-containers";
import { type FoundNamespaces, findNamespaces } from "./find-namespaces";
import { findNetworks, iccOf } from "./find-networks";
import { findLeftovers } from "./leftovers";
import { findLowerLinks } from "./lower-links";
import { pairUntold, windowsOf } from "./mirrored-counters";
import type { Link, Namespace, Route, Topology, VethPeer } from "./model";
import { keyring, type Naming, nameNamespaces } from "./naming";
import { nsidMaps } from "./nsid-maps";
import { collectLinks, indexLinks, type SeenLink } from "./seen";
import { pairVeths } from "./veth-pairs";

/** readings → topology: discover, then relate, then name. */
export function build(readings: Readings): Topology {
  // Discover.
  const { host } = readings;
  const namespaces = findNamespaces(readings);
  const seen = collectLinks(readings);
  const index = indexLinks(seen);
  const foundContainers = findContainers(readings, namespaces);
  const foundNetworks = findNetworks(readings, index, namespaces);

  // Relate.
  const maps = nsidMaps(readings, namespaces);
  const input = { host, links: seen, index, namespaces, maps };
  const proven = asPasted(namespaces, pairUntold(input, windowsOf(readings), pairVeths(input)));
  const pairs = withFdb(proven, seen, readings.fdb, namespaces.host);
  const lowers = findLowerLinks(input, proven);

  // Name.
  const naming = nameNamespaces(readings, namespaces, foundContainers);
  const networkOfBridge = new Map(foundNetworks.map((each) => [each.bridge, each.networkId]));
  const linkKeys = nameLinks(seen, pairs, naming, namespaces);
  const fdb = Map.groupBy(readings.fdb, (read) => read.netns ?? namespaces.host);
  const links = seen.map((link) =>
    buildLink(link, {
      host,
      index,
      pairs,
      lowers,
      maps,
      fdb,
      vlans: Map.groupBy(readings.vlans, ({ netns }) => netns),
      networkOf: (bridge) => networkOfBridge.get(bridge) ?? null,
      keyOf: (id) => linkKeys.get(id) ?? key(id),
    }),
  );
  const linksIn = Map.groupBy<string, Link>(links, (link) => link.netns);
  const containerKeys = nameContainers(foundContainers);
  const networkRing = keyring();
  return {
    format: "vethscope-topology/1",
    host: buildHost(readings, namespaces),
    namespaces: buildNamespaces(host, namespaces, naming),
    links,
    networks: foundNetworks.map((each) => ({
      id: each.networkId,
      key: networkRing(`net:${each.name}`),
      engineId: each.id,
      name: each.name,
      driver: each.driver,
      internal: each.internal,
      icc: iccOf(each.options),
      subnets: each.subnets,
      bridge: each.bridge,
      parent: each.options["parent"] ?? null,
      evidence: each.evidence,
    })),
    containers: foundContainers.map((each) =>
      buildContainer(each, {
        host,
        networks: foundNetworks,
        engine: engineRuntime(readings),
        linksIn,
        keyOf: ({ id }) => containerKeys.get(id) ?? key(id),
      }),
    ),
    routes: routesOf(readings),
    leftovers: findLeftovers(readings),
    gaps: distinct(readings.gaps),
  };
}

/** Nobody vouches for pasted text: two ends in it may agree, and be of different days. */
function asPasted(
  { pasted }: FoundNamespaces,
  pairs: ReadonlyMap<LinkId, VethPeer>,
): ReadonlyMap<LinkId, VethPeer> {
  if (!pasted) return pairs;
  return new Map(
    [...pairs].map(([id, peer]) => [
      id,
      peer.status === "found" ? { ...peer, proof: "consistent" } : peer,
    ]),
  );
}

const buildNamespaces = (
  host: string,
  namespaces: FoundNamespaces,
  naming: Naming,
): readonly Namespace[] =>
  namespaces.all.map((found) => ({
    id: netnsId(host, found.label),
    key: key(`netns:${naming.ownerOf(found.label)}`),
    label: found.label,
    inode: found.inode,
    name: naming.nameOf(found),
    containers: naming.containersIn(found.label),
    paths: found.paths,
    pid: found.pids[0] ?? null,
    read: found.unread === null ? { status: "read" } : { status: "unread", why: found.unread },
  }));

/** The host end of a pair is known by its other end, since engines give veths random names. */
function nameLinks(
  seen: readonly SeenLink[],
  pairs: ReadonlyMap<LinkId, VethPeer>,
  naming: Naming,
  namespaces: FoundNamespaces,
): ReadonlyMap<LinkId, Key> {
  const byId = new Map(seen.map((link) => [link.id, link]));
  const ring = keyring();
  const wanted = (link: SeenLink): string => {
    const peer = pairs.get(link.id);
    const other = peer?.status === "found" ? byId.get(peer.link) : undefined;
    const isHostEnd = link.netns === namespaces.host && other !== undefined;
    return isHostEnd && other.netns !== link.netns
      ? `peer:${naming.ownerOf(other.netns)}/${other.name}`
      : `if:${naming.ownerOf(link.netns)}/${link.name}`;
  };
  return new Map(seen.map((link) => [link.id, ring(wanted(link))]));
}

function nameContainers(containers: readonly FoundContainer[]): ReadonlyMap<ContainerId, Key> {
  const ring = keyring();
  return new Map(containers.map((each) => [each.id, ring(`ctr:${containerName(each)}`)]));
}

/** What the kernel adds for its own addresses would be most of the table and is never asked for. */
const ownRoutes = new Set(["local", "broadcast", "multicast", "anycast"]);

const routesOf = ({ host, routes }: Readings): readonly Route[] =>
  routes.flatMap(({ netns, rows }) =>
    netns === null
      ? []
      : rows
          .filter((row) => !ownRoutes.has(row.type))
          .map(({ family, to, via, dev, table }) => ({
            netns: netnsId(host, netns),
            family,
            to,
            via,
            dev,
            table,
          })),
  );

const distinct = (gaps: readonly Gap[]): readonly Gap[] => [
  ...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).values(),
];
