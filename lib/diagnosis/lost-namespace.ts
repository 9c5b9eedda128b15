import type { Container } from "@/lib/topology/model";
import type { Ground } from "./ground";
import { engineListed } from "./known";
import type { FaultCheck, Finding } from "./model";
import { modeEvidence } from "./proof";

/** How the namespace that a container shares was lost; null: it was not, or that is not known. */
function lostBy(ground: Ground, { mode, netns }: Container): Lost | null {
  if (mode.kind !== "container" || netns === null) return null;
  if (mode.of === null) return { how: "gone", owner: null };
  const owner = ground.container(mode.of);
  if (owner === null) return null;
  if (owner.state !== "running" && owner.pid === null) return { how: "stopped", owner };
  return owner.netns === null || owner.netns === netns ? null : { how: "renewed", owner };
}

type Lost = {
  readonly how: "gone" | "stopped" | "renewed";
  readonly owner: Container | null;
};

function find(ground: Ground): readonly Finding[] {
  const { topology } = ground;
  // A container that was not listed is not one that is gone.
  if (!engineListed(topology)) return [];
  return topology.containers
    .filter(({ state }) => state === "running")
    .flatMap((container): readonly Finding[] => {
      const lost = lostBy(ground, container);
      if (lost === null) return [];
      const { how, owner } = lost;
      return [
        {
          id: "D19",
          severity: "high",
          about: owner === null ? [container.key] : [container.key, owner.key],
          values: { container: container.name, owner: owner?.name ?? "", how },
          evidence: [
            ...modeEvidence(container),
            ...container.placed,
            ...(owner?.evidence ? [owner.evidence] : []),
            ...(owner?.placed ?? []),
          ],
          // Of an owner that is gone only its id is known; the container has to be made anew.
          remedy: how === "gone" ? [] : remedies(how, container.name, owner?.name ?? ""),
        },
      ];
    });
}

const remedies = (how: Lost["how"], container: string, owner: string) => [
  ...(how === "stopped" ? [["docker", "start", owner]] : []),
  ["docker", "restart", container],
];

/** A side-car keeps the old namespace, with lo alone in it, when the container that it joined is started anew. */
export const lostNamespace: FaultCheck = { id: "D19", needs: ["namespaces", "engine"], find };
