import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import type { FaultCheck, Finding } from "./model";
import { attachmentEvidence } from "./proof";

function find(ground: Ground): readonly Finding[] {
  return ground.endpoints.flatMap(({ container, attachment, network, far, near }) => {
    if (network.driver !== "bridge" || near === null || near.master !== null) return [];
    if (near.state === "unknown") return [];
    const bridge = ground.bridge(network.bridge);
    return [
      {
        id: "D13" as const,
        severity: "high" as const,
        about: [near.key, far.key] as const,
        values: {
          veth: near.label,
          container: container.name,
          eth: far.name,
          network: network.name,
        },
        evidence: [near.evidence, far.evidence, ...attachmentEvidence(container, attachment)],
        remedy:
          bridge === null || bridge.netns !== near.netns
            ? []
            : commandsIn(ground, near.netns, [
                ...["ip", "link", "set", "dev", near.name, "master", bridge.name],
              ]),
      },
    ];
  });
}

/**
 * Only where the engine says that the other end is on a bridge network: a veth that somebody laid by
 * hand, or a point-to-point one of a CNI plugin, is meant to be in no bridge.
 */
export const orphanVeth: FaultCheck = {
  id: "D13",
  needs: ["host-links", "namespaces", "engine"],
  find,
};
