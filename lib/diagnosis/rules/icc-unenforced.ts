import type { Finding } from "@/lib/diagnosis/model";
import type { RuleCheck } from "./check";
import type { BridgedNetwork, RuleGround } from "./ground";

const switchName = "net/bridge/bridge-nf-call-iptables";

/** Ports marked isolated keep containers apart without any rule. */
const isIsolated = ({ endpoints }: BridgedNetwork): boolean =>
  endpoints.every(({ near }) => near?.isolated === true);

/** A namespace of its own has no such file until br_netfilter is loaded. */
function find(ground: RuleGround): readonly Finding[] {
  if (!ground.hasSettings) return [];
  const setting = ground.setting(switchName);
  if (setting !== null && setting.value !== "0") return [];
  return ground.bridged
    .filter((net) => net.network.icc === false && net.endpoints.length > 1 && !isIsolated(net))
    .map(
      ({ network, bridge, endpoints }): Finding => ({
        id: "D43",
        severity: "high",
        about: [bridge.key, ...endpoints.map(({ container }) => container.key)],
        values: {
          how: setting === null ? "absent" : "off",
          network: network.name,
          bridge: bridge.name,
          containers: endpoints.length,
        },
        evidence: [
          ...(setting === null ? [] : [setting.evidence]),
          network.evidence,
          bridge.evidence,
        ],
        remedy: [
          ...(setting === null ? [["modprobe", "br_netfilter"]] : []),
          ["sysctl", "-w", `${switchName}=1`],
        ],
      }),
    );
}

/** That containers of one network may not speak to each other is a rule that frames of a bridge never meet. */
export const iccUnenforced: RuleCheck = { ids: ["D43"], find };
