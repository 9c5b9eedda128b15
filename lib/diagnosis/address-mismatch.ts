import type { Attachment, Container } from "@/lib/topology/model";
import type { Ground } from "./ground";
import { isWhole } from "./known";
import type { FaultCheck, Finding } from "./model";
import { attachmentEvidence } from "./proof";

/** Where there is a namespace of its own to look into, and all of it was read. */
const livesIn = (ground: Ground, { state, mode, netns }: Container) =>
  state === "running" && mode.kind === "own" && netns !== null && isWhole(ground, netns)
    ? netns
    : null;

const ofNetwork = (ground: Ground, { network }: Attachment) =>
  ground.topology.networks.find(({ id }) => id === network) ?? null;

function findOne(ground: Ground, container: Container): readonly Finding[] {
  const netns = livesIn(ground, container);
  if (netns === null) return [];
  const links = ground.linksIn(netns);
  const held = new Set(links.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  return container.attachments.flatMap((attachment): readonly Finding[] => {
    const { address, networkName } = attachment;
    if (address === null || held.has(address)) return [];
    const network = ofNetwork(ground, attachment);
    if (network === null) return [];
    const link = ground.link(attachment.link);
    return [
      {
        id: "D22",
        severity: "high",
        about: [container.key],
        values: { container: container.name, address, network: networkName },
        evidence: [
          ...attachmentEvidence(container, attachment),
          ...(link === null ? links : [link]).slice(0, 4).map(({ evidence }) => evidence),
        ],
        remedy: [
          ["docker", "network", "disconnect", network.name, container.name],
          ["docker", "network", "connect", network.name, container.name],
        ],
      },
    ];
  });
}

/** The engine tells others (DNS, published ports) an address that nobody in the container has. */
export const addressMismatch: FaultCheck = {
  id: "D22",
  needs: ["namespaces", "engine"],
  find: (ground) => ground.topology.containers.flatMap((each) => findOne(ground, each)),
};
