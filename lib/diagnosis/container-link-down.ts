import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import { isOff } from "./known";
import type { FaultCheck, Finding } from "./model";

function find(ground: Ground): readonly Finding[] {
  return ground.endpoints.flatMap(({ container, attachment, network, far, near }) => {
    if (!isOff(far)) return [];
    const { gateway } = attachment;
    const up = ["ip", "link", "set", "dev", far.name, "up"];
    // Its routes went with it; up again it has only the one to its own subnet.
    const route =
      gateway === null || network.internal
        ? []
        : [["ip", "route", "add", "default", "via", gateway, "dev", far.name]];
    return [
      {
        id: "D15" as const,
        severity: "high" as const,
        about: [far.key] as const,
        values: { eth: far.name, container: container.name, network: network.name },
        evidence: near === null ? [far.evidence] : [far.evidence, near.evidence],
        remedy: commandsIn(ground, far.netns, up, ...route),
      },
    ];
  });
}

export const containerLinkDown: FaultCheck = { id: "D15", needs: ["namespaces", "engine"], find };
