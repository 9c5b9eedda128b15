import type { NetnsId } from "@/lib/net/ids";
import type { Link, Topology } from "@/lib/topology/model";
import type { Ground } from "./ground";
import type { TopologyNeed } from "./model";

/** Switched off by somebody. Where flags were not told (/proc/PID/net has none) the state is unknown, and nothing is. */
export const isOff = ({ adminUp, state }: Link): boolean => !adminUp && state !== "unknown";

/** Its interfaces were read with all that `ip addr` tells of them: flags, masters, addresses. */
export const isWhole = (ground: Ground, netns: NetnsId): boolean => {
  const links = ground.linksIn(netns);
  return (
    ground.namespace(netns)?.read.status === "read" &&
    links.length > 0 &&
    links.every(({ state }) => state !== "unknown")
  );
};

/** Its routes were read: a namespace with an address that is up has at least the route to its own subnet. */
export const hasRoutes = (ground: Ground, netns: NetnsId): boolean =>
  ground.routesIn(netns).length > 0 &&
  !ground.topology.gaps.some(
    ({ probe, netns: label }) => probe === "ip-route" && label === ground.namespace(netns)?.label,
  );

const ofEngine = ({ probe }: Topology["gaps"][number]): boolean =>
  probe === "engine-networks" || probe === "engine-containers";

/** The engine listed its networks and containers, all of them. */
export const engineListed = ({ host, gaps }: Topology): boolean =>
  host.engine.status === "read" && !gaps.some(ofEngine);

const met: Readonly<Record<TopologyNeed, (topology: Topology) => boolean>> = {
  "host-links": ({ host, links }) => links.some(({ netns }) => netns === host.netns),
  namespaces: ({ host }) => host.complete,
  routes: ({ routes, gaps }) =>
    routes.length > 0 && !gaps.some(({ probe }) => probe === "ip-route"),
  engine: engineListed,
};

/** Those of some needs that this host's facts do not fill, or fill only in part. */
export const unmet = (
  topology: Topology,
  needs: readonly TopologyNeed[],
): readonly TopologyNeed[] => needs.filter((need) => !met[need](topology));
