import type { Words } from "@/lib/messages/words";
import type { NetnsId } from "@/lib/net/ids";
import type { Container, Link, Namespace } from "@/lib/topology/model";
import { boxOrder, containerBox, namespaceBox, runs } from "./boxes";
import type { Lookup } from "./lookup";
import type { Block, Box, View } from "./model";
import { naturally } from "./names";
import type { SeatedRow } from "./rows";

type ListBlock = Extract<Block, { kind: "list" }>;

const list = (
  known: Lookup,
  words: Words,
  what: ListBlock["what"],
  boxes: readonly Box[],
): readonly ListBlock[] => {
  if (boxes.length === 0) return [];
  const sorted = boxes
    .map((box) => ({ box, order: boxOrder(known, box) }))
    .sort((a, b) => naturally(a.order[0], b.order[0]) || naturally(a.order[1], b.order[1]))
    .map(({ box }) => box);
  return [
    {
      kind: "list",
      what,
      title: words(`graph.block.${what}`, { count: boxes.length }),
      boxes: sorted,
    },
  ];
};

const onHostNetwork = (known: Lookup, container: Container): boolean =>
  container.netns === null
    ? container.mode.kind === "host"
    : container.netns === known.topology.host.netns;

// What is wired by hand into a container without a network the engine does not know.
const unplacedReason = (container: Container): ListBlock["what"] =>
  container.mode.kind === "none" ? "none" : "unplaced";

// Modules such as ipip leave tunl0 and the like in every namespace: down and without an address.
const idle = (link: Link): boolean =>
  link.kind === "loopback" || (!link.adminUp && link.addresses.length === 0);

const namespaceReason = (known: Lookup, namespace: Namespace): ListBlock["what"] => {
  if (namespace.read.status === "unread") return "unread";
  return (known.linksIn.get(namespace.id) ?? []).every(idle) ? "isolated" : "other-links";
};

type Left = { readonly what: ListBlock["what"]; readonly box: Box };

/** Namespaces that no row shows, with whoever lives in them. */
const leftNamespaces = (known: Lookup, shown: ReadonlySet<NetnsId>): readonly Left[] =>
  known.topology.namespaces
    .filter(({ id }) => id !== known.topology.host.netns && !shown.has(id))
    .flatMap((namespace) => {
      const box = namespaceBox(known, namespace.id, false);
      return box === null ? [] : [{ what: namespaceReason(known, namespace), box }];
    });

const leftContainers = (known: Lookup, shown: ReadonlySet<string>): readonly Left[] =>
  known.topology.containers
    .filter(({ id, netns }) => !shown.has(id) && (netns === null || !known.namespace.has(netns)))
    .map((container) => ({
      what: runs(container) ? unplacedReason(container) : ("stopped" as const),
      box: containerBox(container, false, false),
    }));

/** Namespaces that are drawn otherwise than as a box: around the left end of a pair, or by their bridge. */
const placed = (known: Lookup, rows: readonly SeatedRow[]): readonly NetnsId[] => [
  ...rows.flatMap(({ row }) => {
    const end = row.owner === null || row.host === null ? undefined : known.link.get(row.host.link);
    return end === undefined ? [] : [end.netns];
  }),
  ...known.topology.links.flatMap(({ kind, netns }) => (kind === "bridge" ? [netns] : [])),
];

/** What is on no row: on the host's own network, without any, unread, stopped. Nothing that was seen is left out. */
export const listsOf = (
  known: Lookup,
  words: Words,
  view: View,
  rows: readonly SeatedRow[],
): readonly ListBlock[] => {
  const boxes = rows.flatMap(({ row }) => row.box ?? []);
  const shownContainers = new Set(
    boxes.flatMap(({ badges }) => badges.flatMap(({ container }) => container ?? [])),
  );
  const shownNamespaces = new Set([
    ...boxes.flatMap(({ netns }) => netns ?? []),
    ...placed(known, rows),
  ]);
  const hosted = known.topology.containers.filter(
    (each) => onHostNetwork(known, each) && runs(each),
  );
  const seen = new Set<string>([...shownContainers, ...hosted.map(({ id }) => id)]);
  const left = [...leftNamespaces(known, shownNamespaces), ...leftContainers(known, seen)];
  const of = (what: ListBlock["what"]) =>
    left.filter((each) => each.what === what).map(({ box }) => box);
  return [
    ...list(
      known,
      words,
      "host-network",
      hosted.map((each) => containerBox(each, false, false)),
    ),
    ...list(known, words, "isolated", of("isolated")),
    ...list(known, words, "other-links", of("other-links")),
    ...list(known, words, "unread", of("unread")),
    ...list(known, words, "unplaced", of("unplaced")),
    ...list(known, words, "none", of("none")),
    ...(view.stopped ? list(known, words, "stopped", of("stopped")) : []),
  ];
};
