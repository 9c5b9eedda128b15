import type { Evidence } from "@/lib/facts/model";
import { type LinkId, type NetworkId, networkId } from "@/lib/net/ids";
import type { EngineNetwork } from "@/lib/probes/engine-networks";
import type { Readings } from "@/lib/probes/read";
import type { FoundNamespace, FoundNamespaces } from "./find-namespaces";
import type { LinkIndex } from "./seen";
import { swarmName } from "./swarm-names";

export type FoundNetwork = EngineNetwork & {
  readonly networkId: NetworkId;
  readonly bridge: LinkId | null;
  readonly evidence: Evidence;
};

/**
 * The name of a network's bridge: the option, else `docker0` for the default network, else `br-` and
 * twelve digits of the id (moby libnetwork drivers/bridge; netfacts §7.6).
 */
function bridgeName({ id, options }: EngineNetwork): string {
  const configured = options["com.docker.network.bridge.name"];
  if (configured !== undefined && configured !== "") return configured;
  const isDefault = options["com.docker.network.bridge.default_bridge"] === "true";
  return isDefault ? "docker0" : `br-${id.slice(0, 12)}`;
}

/** Drivers other than the bridge's have no such option. */
export function iccOf(options: EngineNetwork["options"]): boolean | null {
  const set = options["com.docker.network.bridge.enable_icc"];
  return set === undefined ? null : set !== "false";
}

/** An overlay has its bridge `br0` in a hidden namespace of its own; docker_gwbridge is an ordinary one. */
function bridgeLink(
  network: EngineNetwork,
  index: LinkIndex,
  namespaces: FoundNamespaces,
): LinkId | null {
  const { host } = namespaces;
  const isHome = ({ paths }: FoundNamespace): boolean => {
    const name = swarmName(paths, [network]);
    return name?.by === "overlay" && name.text === network.name;
  };
  const home = network.driver === "overlay" ? namespaces.all.find(isHome) : undefined;
  const link =
    network.driver === "bridge" && host !== null
      ? index.named(host, bridgeName(network))
      : home && index.named(home.label, "br0");
  return link?.infoKind === "bridge" ? link.id : null;
}

/** The engine's networks, and which bridge is whose. */
export const findNetworks = (
  readings: Readings,
  index: LinkIndex,
  namespaces: FoundNamespaces,
): readonly FoundNetwork[] =>
  readings.engineNetworks.flatMap((read) =>
    read.rows
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((network) => ({
        ...network,
        networkId: networkId(readings.host, network.id),
        bridge: bridgeLink(network, index, namespaces),
        evidence: {
          answer: read.answer,
          at: network.line === undefined ? { path: [network.at] } : { line: network.line },
        },
      })),
  );
