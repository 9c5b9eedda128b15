import { commandsIn } from "./commands";
import type { Endpoint, Ground } from "./ground";
import { isOff } from "./known";
import type { FaultCheck, Finding } from "./model";

/** By the kernel's word (its pair ends in a port of that bridge), else by the engine's. */
const bridgeOf = ({ near, network }: Endpoint) => near?.master ?? network.bridge;

function find(ground: Ground): readonly Finding[] {
  const behind = Map.groupBy(ground.endpoints, bridgeOf);
  return [...behind].flatMap(([id, endpoints]): readonly Finding[] => {
    const bridge = ground.bridge(id);
    if (bridge === null || !isOff(bridge)) return [];
    const names = new Set(endpoints.map(({ container }) => container.name));
    return [
      {
        id: "D11",
        severity: "critical",
        about: [bridge.key],
        values: { bridge: bridge.name, containers: names.size },
        evidence: [bridge.evidence],
        remedy: commandsIn(ground, bridge.netns, ["ip", "link", "set", "dev", bridge.name, "up"]),
      },
    ];
  });
}

/** A bridge without carrier and without ports is no fault; one that is switched off under its containers is. */
export const bridgeDown: FaultCheck = { id: "D11", needs: ["host-links", "engine"], find };
