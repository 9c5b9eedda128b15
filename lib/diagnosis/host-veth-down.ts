import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import { isOff } from "./known";
import type { FaultCheck, Finding } from "./model";

function find(ground: Ground): readonly Finding[] {
  return ground.endpoints.flatMap(({ container, far, near }) =>
    near === null || !isOff(near)
      ? []
      : [
          {
            id: "D14" as const,
            severity: "high" as const,
            about: [near.key, far.key] as const,
            values: { veth: near.label, container: container.name, eth: far.name },
            evidence: [near.evidence, far.evidence],
            remedy: commandsIn(ground, near.netns, ["ip", "link", "set", "dev", near.name, "up"]),
          },
        ],
  );
}

export const hostVethDown: FaultCheck = {
  id: "D14",
  needs: ["host-links", "namespaces", "engine"],
  find,
};
