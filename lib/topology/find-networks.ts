import type { Evidence } from "@/lib/facts/model";
import { type LinkId, type NetnsLabel, type NetworkId, networkId } from "@/lib/net/ids";
import type { EngineNetwork } from "@/lib/probes/engine-networks";
import type { Readings } from "@/lib/probes/read";
import type { LinkIndex } from "./seen";

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

/** The engine's networks, and which of the host's bridges is whose. */
export const findNetworks = (
  readings: Readings,
  index: LinkIndex,
  host: NetnsLabel | null,
): readonly FoundNetwork[] =>
  readings.engineNetworks.flatMap((read) =>
    read.rows
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((network) => {
        const link = host === null ? undefined : index.named(host, bridgeName(network));
        const isItsBridge = network.driver === "bridge" && link?.infoKind === "bridge";
        return {
          ...network,
          networkId: networkId(readings.host, network.id),
          bridge: isItsBridge ? link.id : null,
          evidence: { answer: read.answer, at: { path: [network.at] } },
        };
      }),
  );
