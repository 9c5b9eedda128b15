import type { Evidence } from "@/lib/facts/model";
import { type LinkId, linkId, type NetnsLabel, netnsId } from "@/lib/net/ids";
import type { IpLink } from "@/lib/probes/ip-addr";
import type { Read, Readings } from "@/lib/probes/read";

/** A link as one namespace printed it: what all passes after the first work on. */
export type SeenLink = IpLink & {
  readonly id: LinkId;
  readonly netns: NetnsLabel;
  readonly evidence: Evidence;
};

const seenIn = (host: string, netns: NetnsLabel, read: Read<IpLink>): readonly SeenLink[] =>
  read.rows.map((link) => ({
    ...link,
    id: linkId(netnsId(host, netns), link.ifindex),
    netns,
    evidence: { answer: read.answer, at: { path: [link.at] } },
  }));

/** Pass one, discover: every link of every namespace that answered. */
export const collectLinks = ({ host, links }: Readings): readonly SeenLink[] =>
  links.flatMap((read) => (read.netns === null ? [] : seenIn(host, read.netns, read)));

/** iflink as the kernel means it: 5.10 and older leave it out where it equals the ifindex. */
export const iflinkOf = (link: IpLink): number | null =>
  link.linkIndex ?? (link.nsid === null ? null : link.ifindex);

/** Row lookups that the passes share, built once. */
export type LinkIndex = {
  readonly at: (netns: NetnsLabel, ifindex: number) => SeenLink | undefined;
  readonly named: (netns: NetnsLabel, name: string) => SeenLink | undefined;
  readonly withIfindex: (ifindex: number) => readonly SeenLink[];
};

export function indexLinks(links: readonly SeenLink[]): LinkIndex {
  const byNumber = new Map<string, SeenLink>();
  const byName = new Map<string, SeenLink>();
  const byIfindex = Map.groupBy(links, (link) => link.ifindex);
  for (const link of links) {
    byNumber.set(`${link.netns} ${link.ifindex}`, link);
    byName.set(`${link.netns} ${link.name}`, link);
  }
  return {
    at: (netns, ifindex) => byNumber.get(`${netns} ${ifindex}`),
    named: (netns, name) => byName.get(`${netns} ${name}`),
    withIfindex: (ifindex) => byIfindex.get(ifindex) ?? [],
  };
}
