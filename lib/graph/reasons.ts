import type { Words } from "@/lib/messages/words";
import type { LinkId } from "@/lib/net/ids";
import type { Veth } from "@/lib/topology/model";
import type { Lookup } from "./lookup";
import type { OpenEnd, Proof } from "./model";
import { isolated, shortened, visible } from "./names";

const namespaceName = (known: Lookup, link: LinkId): string => {
  const netns = known.link.get(link)?.netns;
  const name = netns === undefined ? undefined : known.namespace.get(netns)?.name.text;
  return isolated(shortened(visible(name ?? ""), 20));
};

const candidates = (known: Lookup, links: readonly LinkId[]): string => {
  const named = links.slice(0, 2).map((id) => {
    const link = known.link.get(id);
    return `${namespaceName(known, id)}/${visible(link?.name ?? "")}`;
  });
  return links.length > named.length ? `${named.join(", ")}, …` : named.join(", ");
};

/** Why the other end of a veth is not drawn, in the reader's words. null: it was found. */
export const whyOpen = (known: Lookup, words: Words, { peer }: Veth): string | null => {
  switch (peer.status) {
    case "found":
      return null;
    case "ambiguous":
      return words("graph.open.ambiguous", {
        count: peer.candidates.length,
        names: candidates(known, peer.candidates),
      });
    case "contradictory":
      return words("graph.open.contradictory");
    case "unseen":
      return whyUnseen(known, words, peer.why);
  }
};

const whyUnseen = (
  known: Lookup,
  words: Words,
  why: Extract<Veth["peer"], { status: "unseen" }>["why"],
): string => {
  switch (why.reason) {
    case "netns-unread": {
      const name = known.namespace.get(why.netns)?.name.text ?? "";
      return words("graph.open.netnsUnread", { name: isolated(shortened(visible(name), 24)) });
    }
    case "netns-unknown":
      return why.nsid === null
        ? words("graph.open.netnsUnknown")
        : words("graph.open.nsidUnknown", { nsid: why.nsid });
    case "no-iflink":
      return words("graph.open.noIflink");
  }
};

export const openEnd = ({ peer }: Veth): OpenEnd | null =>
  peer.status === "found" ? null : peer.status;

export const proofOf = ({ peer }: Veth): Proof =>
  peer.status === "found" ? peer.proof : "unproven";
