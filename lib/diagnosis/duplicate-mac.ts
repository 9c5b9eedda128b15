import type { LinkId } from "@/lib/net/ids";
import type { Link } from "@/lib/topology/model";
import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import type { FaultCheck, Finding } from "./model";
import { ownerOf } from "./owner";
import { attachmentEvidence } from "./proof";
import { segments } from "./segments";

/** ipvlans share the MAC of the device below by design, and a passthru macvlan takes it over. */
const hasOwnMac = (segment: LinkId, link: Link): boolean =>
  link.mac !== null &&
  link.kind !== "ipvlan" &&
  link.kind !== "vlan" &&
  (link.kind === "bridge" || link.id !== segment);

/** What the engine chose for an interface that no longer has it. */
const givenMac = (ground: Ground, link: Link): string | null => {
  const mac = ground.endpointAt(link.id)?.attachment.mac ?? null;
  return mac === link.mac ? null : mac;
};

function conflict(ground: Ground, segment: LinkId, links: readonly Link[]): readonly Finding[] {
  const [first, second] = links.toSorted(
    (a, b) => Number(givenMac(ground, a) !== null) - Number(givenMac(ground, b) !== null),
  );
  if (first === undefined || second === undefined) return [];
  return [
    {
      id: "D18",
      severity: "high",
      about: [second.key, ...links.map(({ key }) => key).filter((key) => key !== second.key)],
      values: {
        mac: first.mac ?? "",
        n: links.length,
        one: first.name,
        oneOwner: ownerOf(ground, first),
        other: second.name,
        otherOwner: ownerOf(ground, second),
        on: ground.link(segment)?.name ?? "",
      },
      evidence: links.flatMap((link) => {
        const endpoint = ground.endpointAt(link.id);
        return endpoint === null
          ? [link.evidence]
          : [link.evidence, ...attachmentEvidence(endpoint.container, endpoint.attachment)];
      }),
      remedy: links.flatMap((link) => {
        const mac = givenMac(ground, link);
        return mac === null
          ? []
          : commandsIn(ground, link.netns, ["ip", "link", "set", "dev", link.name, "address", mac]);
      }),
    },
  ];
}

function find(ground: Ground): readonly Finding[] {
  return [...segments(ground)].flatMap(([segment, links]) =>
    [
      ...Map.groupBy(
        links.filter((link) => hasOwnMac(segment, link)),
        ({ mac }) => mac,
      ).values(),
    ]
      .filter((same) => same.length > 1)
      .flatMap((same) => conflict(ground, segment, same)),
  );
}

export const duplicateMac: FaultCheck = { id: "D18", needs: ["host-links", "namespaces"], find };
