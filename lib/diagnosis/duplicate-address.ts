import type { LinkId } from "@/lib/net/ids";
import type { Address, Link } from "@/lib/topology/model";
import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import type { FaultCheck, Finding } from "./model";
import { ownerOf } from "./owner";
import { addressEvidence } from "./proof";
import { segments } from "./segments";

type Held = { readonly link: Link; readonly address: Address };

/** A /32 is a service's address (swarm's VIPs): several ends hold it and mean to. */
const isStationAddress = ({ family, scope, prefix }: Address): boolean =>
  family === "inet" && scope === "global" && prefix < 32;

const heldIn = (links: readonly Link[]): readonly Held[] =>
  links.flatMap((link) =>
    link.addresses.filter(isStationAddress).map((address) => ({ link, address })),
  );

/** The engine gave this address to this very interface. */
const isGiven = (ground: Ground, { link, address }: Held): boolean =>
  ground.endpointAt(link.id)?.attachment.address === address.address || link.kind === "bridge";

function conflict(ground: Ground, segment: LinkId, held: readonly Held[]): readonly Finding[] {
  const links = new Set(held.map(({ link }) => link.id));
  const [first, second] = held.toSorted(
    (a, b) => Number(isGiven(ground, b)) - Number(isGiven(ground, a)),
  );
  if (links.size < 2 || first === undefined || second === undefined) return [];
  const strangers = held.filter((each) => !isGiven(ground, each));
  return [
    {
      id: "D17",
      severity: "high",
      about: [
        second.link.key,
        ...held.map(({ link }) => link.key).filter((k) => k !== second.link.key),
      ],
      values: {
        address: first.address.address,
        n: links.size,
        one: first.link.name,
        oneOwner: ownerOf(ground, first.link),
        other: second.link.name,
        otherOwner: ownerOf(ground, second.link),
        on: ground.link(segment)?.name ?? "",
      },
      evidence: held.flatMap(({ link, address }) => [
        link.evidence,
        addressEvidence(link, address.address),
      ]),
      remedy: (strangers.length === 0 ? [second] : strangers).flatMap(({ link, address }) =>
        commandsIn(ground, link.netns, [
          ...["ip", "addr", "del", `${address.address}/${address.prefix}`, "dev", link.name],
        ]),
      ),
    },
  ];
}

function find(ground: Ground): readonly Finding[] {
  return [...segments(ground)].flatMap(([segment, links]) =>
    [...Map.groupBy(heldIn(links), ({ address }) => address.address).values()].flatMap((held) =>
      conflict(ground, segment, held),
    ),
  );
}

export const duplicateAddress: FaultCheck = {
  id: "D17",
  needs: ["host-links", "namespaces"],
  find,
};
