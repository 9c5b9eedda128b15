import type { LinkId, NetnsLabel } from "@/lib/net/ids";
import type { Lower, VethPeer } from "./model";
import { iflinkOf, type SeenLink } from "./seen";
import type { PairingInput } from "./veth-pairs";

const stackedKinds = ["macvlan", "ipvlan", "vlan"] as const;
type StackedKind = (typeof stackedKinds)[number];

/** Links on top of another: their iflink is the device below (netfacts §1.1), which does not look back. */
export const stackedKind = (link: SeenLink): StackedKind | null =>
  stackedKinds.find((kind) => kind === link.infoKind) ?? null;

/** A pair that is proven by its other end settles this nsid for every link of the namespace. */
function settledByPair(
  input: PairingInput,
  link: SeenLink,
  pairs: ReadonlyMap<LinkId, VethPeer>,
): NetnsLabel | null {
  const neighbour = input.index.inNetns(link.netns).find((each) => {
    const peer = pairs.get(each.id);
    return each.nsid === link.nsid && peer?.status === "found" && peer.proof === "exact";
  });
  const peer = neighbour && pairs.get(neighbour.id);
  if (peer?.status !== "found") return null;
  return input.index.byId(peer.link)?.netns ?? null;
}

const unseen: Lower = { status: "unseen" };

const exactly = (lower: SeenLink | undefined): Lower =>
  lower === undefined ? unseen : { status: "found", link: lower.id, proof: "exact" };

/** Without an nsid the device below is in the same namespace, printed by name. */
function lowerInOneNamespace({ index }: PairingInput, link: SeenLink): Lower {
  if (link.untold === "netns") return unseen;
  if (link.linkName !== null) return exactly(index.named(link.netns, link.linkName));
  return link.linkIndex === null ? unseen : exactly(index.at(link.netns, link.linkIndex));
}

function lowerElsewhere(
  input: PairingInput,
  link: SeenLink,
  nsid: number,
  pairs: ReadonlyMap<LinkId, VethPeer>,
): Lower {
  const iflink = iflinkOf(link);
  if (iflink === null) return unseen;
  const settled = input.maps.settle(link.netns, nsid);
  const netns = settled.status === "settled" ? settled.netns : settledByPair(input, link, pairs);
  if (netns !== null) return exactly(input.index.at(netns, iflink));
  const [only, ...others] = input.index
    .withIfindex(iflink)
    .filter((each) => each.netns !== link.netns)
    .filter((each) => input.maps.says(link.netns, nsid, each.netns) !== "no");
  return only !== undefined && others.length === 0 && input.namespaces.complete
    ? { status: "found", link: only.id, proof: "consistent" }
    : unseen;
}

/** The device below every macvlan, ipvlan and vlan, where it is certain or nothing else fits. */
export const findLowerLinks = (
  input: PairingInput,
  pairs: ReadonlyMap<LinkId, VethPeer>,
): ReadonlyMap<LinkId, Lower> =>
  new Map(
    input.links
      .filter((link) => stackedKind(link) !== null)
      .map((link) => [
        link.id,
        link.nsid === null
          ? lowerInOneNamespace(input, link)
          : lowerElsewhere(input, link, link.nsid, pairs),
      ]),
  );
