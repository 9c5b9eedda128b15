import { namespaceName, namespacePlace } from "@/components/workbench/place-words";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import type { Words } from "@/lib/messages/words";
import type { Link, Stacked, Veth } from "@/lib/topology/model";

export const kindWords = (words: Words, link: Link): string => {
  switch (link.kind) {
    case "veth":
      return words("inspector.kind.veth");
    case "bridge":
      return words("inspector.kind.bridge");
    case "nic":
      return words("inspector.kind.nic");
    case "loopback":
      return words("inspector.kind.loopback");
    case "vxlan":
      return link.vni === null
        ? words("kinds.vxlan.plain")
        : words("kinds.vxlan.withVni", { vni: `${link.vni}` });
    case "other":
      return link.infoKind ?? words("inspector.kind.other");
    case "macvlan":
    case "ipvlan":
    case "vlan":
      return words("inspector.kind.stacked", { kind: link.kind });
  }
};

export const stateText = (words: Words, link: Link): string =>
  !link.adminUp && link.state !== "up"
    ? words("inspector.adminDown", { state: link.state })
    : link.state;

/** The link that its iflink and nsid lead to, where that is settled. */
export const otherOf = (index: TopologyIndex, link: Veth | Stacked): Link | null => {
  if (link.kind === "veth") return link.peer.status === "found" ? index.link(link.peer.link) : null;
  return link.lower.status === "found" ? index.link(link.lower.link) : null;
};

/** What a link-netnsid means, and to whom: it is no property of the namespace that it names. */
export const nsidWords = (words: Words, index: TopologyIndex, link: Veth | Stacked): string => {
  const own = index.namespace(link.netns);
  const here = own === null ? "" : namespaceName(words, own);
  const there = index.namespace(otherOf(index, link)?.netns ?? null);
  return there === null
    ? words("inspector.number.nsidOpen", { here })
    : words("inspector.number.nsid", { here, place: namespacePlace(words, there) });
};
