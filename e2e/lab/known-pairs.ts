import { otherEnds } from "@/e2e/record/recorded-hosts";
import { linkId, netnsId, netnsLabel } from "@/lib/net/ids";
import type { Topology, Veth } from "@/lib/topology/model";
import { netnsOf } from "./host";
import { lab, labHost } from "./lab-env";

/** What Vethscope says of one end, in the lab's own terms: namespaces by their inode. */
export type Claim = {
  readonly end: string;
  readonly other: string;
  readonly proof: "exact" | "consistent";
};

/** Where the inode was not to be had, the namespace is known by a process; the lab may look it up. */
const trueLabel = ({ inode, pid }: Topology["namespaces"][number]): string | null => {
  if (inode !== null) return `${inode}`;
  return pid === null ? null : `${netnsOf(labHost(), pid)}`;
};

/** Every pair that was found, both ends named as the lab names them. */
export function claims(topology: Topology): readonly Claim[] {
  const labels = new Map(topology.namespaces.map((each) => [each.id, trueLabel(each)]));
  const byId = new Map(topology.links.map((link) => [link.id, link]));
  const named = (id: string): string => {
    const link = byId.get(id as Veth["id"]);
    const label = link && labels.get(link.netns);
    return link === undefined || label == null
      ? `unknown ${id}`
      : linkId(netnsId("lab", netnsLabel(label)), link.ifindex);
  };
  return topology.links.flatMap((link) =>
    link.kind === "veth" && link.peer.status === "found"
      ? [{ end: named(link.id), other: named(link.peer.link), proof: link.peer.proof }]
      : [],
  );
}

/** End → other end, as the builder of the lab knows them. */
export const knownPairs = (): ReadonlyMap<string, string> => new Map(otherEnds("lab", lab()));

export const wrongClaims = (topology: Topology): readonly Claim[] => {
  const known = knownPairs();
  return claims(topology).filter(({ end, other }) => known.get(end) !== other);
};
