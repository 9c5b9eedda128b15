import type { NetworkId } from "@/lib/net/ids";
import type { NetnsRules } from "./firewall/model";
import type { Listening } from "./listening";

/** What an engine was told of one of its networks: `com.docker.network.bridge.gateway_mode_ipv4`, `routed`. */
export type NetworkOption = {
  readonly network: NetworkId;
  readonly name: string;
  readonly value: string;
};

/**
 * All that decides about connections on a host besides its wiring, which is the topology's. From both follow its
 * ports, the ways in and out, and the faults that rules show.
 */
export type Ruling = {
  /** Of the namespaces that somebody asked about: the host's own, and those of containers that were looked into. */
  readonly rules: readonly NetnsRules[];
  readonly listening: Listening;
  /** Those that change what rules there should be ({@link ruledOptions}). */
  readonly options: readonly NetworkOption[];
};

const ofBridge = "com.docker.network.bridge";

/** Options of a network from which something follows here; what else an engine was told is nobody's business. */
export const ruledOptions: readonly string[] = [
  `${ofBridge}.enable_ip_masquerade`,
  `${ofBridge}.gateway_mode_ipv4`,
  `${ofBridge}.gateway_mode_ipv6`,
];
