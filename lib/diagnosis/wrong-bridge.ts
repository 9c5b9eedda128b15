import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import type { FaultCheck, Finding } from "./model";
import { attachmentEvidence } from "./proof";

function find(ground: Ground): readonly Finding[] {
  return ground.endpoints.flatMap(({ container, attachment, network, far, near }) => {
    const meant = ground.bridge(network.bridge);
    const real = ground.link(near?.master ?? null);
    if (near === null || meant === null || real === null || real.id === meant.id) return [];
    if (network.driver !== "bridge" || meant.netns !== near.netns) return [];
    return [
      {
        id: "D16" as const,
        severity: "medium" as const,
        about: [near.key, far.key] as const,
        values: {
          veth: near.label,
          container: container.name,
          eth: far.name,
          network: network.name,
          real: real.name,
          meant: meant.name,
        },
        evidence: [near.evidence, ...attachmentEvidence(container, attachment), network.evidence],
        remedy: commandsIn(ground, near.netns, [
          ...["ip", "link", "set", "dev", near.name, "master", meant.name],
        ]),
      },
    ];
  });
}

export const wrongBridge: FaultCheck = {
  id: "D16",
  needs: ["host-links", "namespaces", "engine"],
  find,
};
