import type { Evidence } from "@/lib/facts/model";
import { type LinkId, linkId, type NetnsLabel, netnsId } from "@/lib/net/ids";
import type { IpLink } from "@/lib/probes/ip-link";
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
    evidence: {
      answer: read.answer,
      at: link.line === undefined ? { path: [link.at] } : { line: link.line },
    },
  }));

/** By what an answer calls an nsid: text names the file in /run/netns, `ip netns list-id` the number of that name. */
function nsidsByName(readings: Readings): ReadonlyMap<string, number> {
  return new Map(
    readings.netnsNames.flatMap((read) =>
      read.rows.flatMap(({ nsid, name }) =>
        name === null ? [] : [[`${read.netns} ${name}`, nsid] as const],
      ),
    ),
  );
}

/** A name that stood for the nsid is as good as the number, once that is known. */
function numbered(link: SeenLink, nsids: ReadonlyMap<string, number>): SeenLink {
  const nsid = nsids.get(`${link.netns} ${link.nsidName}`);
  if (link.nsidName === undefined || nsid === undefined) return link;
  const { untold: _, ...told } = link;
  return { ...told, nsid };
}

/** Pass one, discover: every link of every namespace that answered. */
export function collectLinks(readings: Readings): readonly SeenLink[] {
  const nsids = nsidsByName(readings);
  return readings.links
    .flatMap((read) => (read.netns === null ? [] : seenIn(readings.host, read.netns, read)))
    .map((link) => numbered(link, nsids));
}

/** iflink as the kernel means it: 5.10 and older leave it out where it equals the ifindex. */
export const iflinkOf = (link: IpLink): number | null =>
  link.linkIndex ?? (link.nsid === null ? null : link.ifindex);

/** Row lookups that the passes share, built once. */
export type LinkIndex = {
  readonly at: (netns: NetnsLabel, ifindex: number) => SeenLink | undefined;
  readonly named: (netns: NetnsLabel, name: string) => SeenLink | undefined;
  readonly withIfindex: (ifindex: number) => readonly SeenLink[];
  readonly byId: (id: LinkId) => SeenLink | undefined;
  readonly inNetns: (netns: NetnsLabel) => readonly SeenLink[];
};

export function indexLinks(links: readonly SeenLink[]): LinkIndex {
  const byNumber = new Map<string, SeenLink>();
  const byName = new Map<string, SeenLink>();
  const byIfindex = Map.groupBy(links, (link) => link.ifindex);
  const byNetns = Map.groupBy(links, (link) => link.netns);
  const byId = new Map(links.map((link) => [link.id, link]));
  for (const link of links) {
    byNumber.set(`${link.netns} ${link.ifindex}`, link);
    byName.set(`${link.netns} ${link.name}`, link);
  }
  return {
    at: (netns, ifindex) => byNumber.get(`${netns} ${ifindex}`),
    named: (netns, name) => byName.get(`${netns} ${name}`),
    withIfindex: (ifindex) => byIfindex.get(ifindex) ?? [],
    byId: (id) => byId.get(id),
    inNetns: (netns) => byNetns.get(netns) ?? [],
  };
}
