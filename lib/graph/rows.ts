import type { Words } from "@/lib/messages/words";
import { key, type LinkId, type NetnsId, type NetworkId } from "@/lib/net/ids";
import type { Attachment, Bridge, Container, Link, Stacked, Veth } from "@/lib/topology/model";
import { containerBox, namespaceBox, runs } from "./boxes";
import { attached, chip, stacked, tunnelled, wired } from "./edges";
import type { Lookup } from "./lookup";
import type { Badge, Box, Proof, Row } from "./model";
import { openEnd, proofOf, whyOpen } from "./reasons";
import { tunnelText } from "./tunnels";

/** Where a row belongs. */
export type Seat =
  | { readonly at: "bridge"; readonly bridge: LinkId }
  /** A network whose bridge was not seen. */
  | { readonly at: "network"; readonly network: NetworkId }
  | { readonly at: "stacked"; readonly network: NetworkId | null; readonly lower: LinkId | null }
  | { readonly at: "direct" | "host" | "between" | "dangling" };

export type SeatedRow = { readonly seat: Seat; readonly row: Row };

/** A link is a port of a bridge; masters may be bonds and VRFs too. */
export const bridgeOf = (known: Lookup, link: Link): Bridge | null => {
  const master = link.master === null ? undefined : known.link.get(link.master);
  return master?.kind === "bridge" ? master : null;
};

const leadsOut = (link: Link): boolean =>
  link.kind === "veth" || link.kind === "macvlan" || link.kind === "ipvlan";

/** The interface of a namespace that its main row shows: the default route's, or else the first. */
const mainLink = (known: Lookup, netns: NetnsId): LinkId | null => {
  const links = (known.linksIn.get(netns) ?? []).filter(leadsOut);
  const [device] = known.defaultDevices.get(netns) ?? [];
  const byRoute = links.find(({ name }) => name === device);
  const first = links.reduce<Link | null>(
    (least, link) => (least === null || link.ifindex < least.ifindex ? link : least),
    null,
  );
  return (byRoute ?? first)?.id ?? null;
};

const boxAround = (known: Lookup, link: Link): Box | null => {
  const home = link.netns === known.topology.host.netns;
  return namespaceBox(known, link.netns, !home && mainLink(known, link.netns) !== link.id);
};

const badgeOf = (known: Lookup, link: Link): Badge | null =>
  link.netns === known.topology.host.netns
    ? null
    : (namespaceBox(known, link.netns, true)?.badges[0] ?? null);

const names = (box: Box | null): string => (box?.badges ?? []).map(({ full }) => full).join(", ");

/** The end that is drawn on the left: a bridge's port, or else the host's, or else the smaller key. */
const isHostEnd = (known: Lookup, a: Veth, b: Veth): boolean => {
  const score = (link: Veth) =>
    Number(link.netns === known.topology.host.netns) + 2 * Number(bridgeOf(known, link) !== null);
  const [ours, theirs] = [score(a), score(b)];
  if (ours !== theirs) return ours > theirs;
  return a.key === b.key ? a.id < b.id : a.key < b.key;
};

const seatOfPair = (known: Lookup, left: Veth, right: Veth): Seat => {
  const bridge = bridgeOf(known, left);
  if (bridge !== null) return { at: "bridge", bridge: bridge.id };
  const home = known.topology.host.netns;
  if (left.netns !== home) return { at: "between" };
  return { at: right.netns === home ? "host" : "direct" };
};

const pairRow = (known: Lookup, left: Veth, right: Veth, proof: Proof): SeatedRow => {
  const seat = seatOfPair(known, left, right);
  const box = boxAround(known, right);
  const wire = wired(left.key, proof);
  const owner = seat.at === "between" ? badgeOf(known, left) : null;
  return {
    seat,
    row: {
      key: wire.key,
      owner,
      port: seat.at === "bridge" ? attached(left.key) : null,
      host: chip(left),
      wire,
      inner: chip(right),
      box,
      note: null,
      open: null,
      said: {
        message: "graph.said.pair",
        values: {
          box: names(box),
          inner: right.label,
          host: owner === null ? left.label : `${owner.full} ${left.label}`,
          onBridge: seat.at === "bridge" ? "yes" : "no",
          place: bridgeOf(known, left)?.name ?? "",
          proof: { message: `graph.proof.${proof}`, values: {} },
        },
      },
    },
  };
};

/** A veth whose other end is not known. The host's stay with their bridge: that much is known. */
const openRow = (known: Lookup, words: Words, veth: Veth): SeatedRow => {
  const bridge = bridgeOf(known, veth);
  const left = bridge !== null || veth.netns === known.topology.host.netns;
  const box = left ? null : boxAround(known, veth);
  const note = whyOpen(known, words, veth) ?? "";
  const wire = wired(veth.key, "unproven");
  return {
    seat: bridge === null ? { at: "dangling" } : { at: "bridge", bridge: bridge.id },
    row: {
      key: wire.key,
      owner: null,
      port: bridge === null ? null : attached(veth.key),
      host: left ? chip(veth) : null,
      wire,
      inner: left ? null : chip(veth),
      box,
      note,
      open: openEnd(veth),
      said: {
        message: "graph.said.open",
        values: { box: names(box), label: veth.label, why: note },
      },
    },
  };
};

const found = (known: Lookup, veth: Veth): Veth | null => {
  const peer = veth.peer.status === "found" ? known.link.get(veth.peer.link) : undefined;
  return peer?.kind === "veth" ? peer : null;
};

const vethRow = (known: Lookup, words: Words, veth: Veth): readonly SeatedRow[] => {
  const peer = found(known, veth);
  if (peer === null) return [openRow(known, words, veth)];
  if (!isHostEnd(known, veth, peer)) return [];
  return [pairRow(known, veth, peer, proofOf(veth))];
};

const stackedRow = (known: Lookup, link: Stacked): SeatedRow => {
  const lower = link.lower.status === "found" ? link.lower : null;
  const box = boxAround(known, link);
  return {
    seat: {
      at: "stacked",
      network: known.networkOf.get(link.id) ?? null,
      lower: lower?.link ?? null,
    },
    row: {
      key: key(`row:${link.key}`),
      owner: null,
      port: stacked(link.key, lower?.proof ?? "unproven"),
      host: null,
      wire: null,
      inner: chip(link),
      box,
      note: null,
      open: null,
      said: {
        message: "graph.said.stacked",
        values: { box: names(box), label: link.label, kind: link.kind },
      },
    },
  };
};

const leadsOn = (link: Link): boolean => link.kind === "vxlan" && (link.remotes ?? []).length > 0;

/** A bridge port that is no veth: a tap device, a vxlan, a VM's interface. */
const portRow = (link: Link, bridge: Bridge): SeatedRow => {
  const leads = link.kind === "vxlan" ? tunnelText(link) : null;
  const values = { label: link.label, place: bridge.name };
  return {
    seat: { at: "bridge", bridge: bridge.id },
    row: {
      key: key(`row:${link.key}`),
      owner: null,
      port: attached(link.key),
      host: chip(link),
      wire: leadsOn(link) ? tunnelled(link.key) : null,
      inner: null,
      box: null,
      note: leads,
      open: null,
      said:
        leads === null
          ? { message: "graph.said.port", values }
          : { message: "graph.said.tunnel", values: { ...values, leads } },
    },
  };
};

const linkRows = (known: Lookup, words: Words, link: Link): readonly SeatedRow[] => {
  const home = link.netns === known.topology.host.netns;
  const bridge = bridgeOf(known, link);
  if (link.kind === "veth") return vethRow(known, words, link);
  if (bridge !== null) return [portRow(link, bridge)];
  if (home || link.kind === "bridge") return [];
  if (link.kind === "macvlan" || link.kind === "ipvlan" || link.kind === "vlan") {
    return [stackedRow(known, link)];
  }
  return [];
};

const engineSeat = (known: Lookup, id: NetworkId): Seat | null => {
  const network = known.network.get(id);
  // The networks `host` and `none` are names for the host's own namespace and for one without links.
  if (network === undefined || network.driver === "host" || network.driver === "null") return null;
  if (network.bridge !== null) return { at: "bridge", bridge: network.bridge };
  if (network.driver === "macvlan" || network.driver === "ipvlan") {
    return { at: "stacked", network: id, lower: null };
  }
  return { at: "network", network: id };
};

const engineRow = (
  known: Lookup,
  words: Words,
  container: Container,
  { network, networkName }: Attachment,
  nth: number,
): readonly SeatedRow[] => {
  const seat = network === null ? null : engineSeat(known, network);
  if (seat === null) return [];
  const box = containerBox(container, nth > 0, true);
  return [
    {
      seat,
      row: {
        key: key(`row:${container.key}@${networkName}`),
        owner: null,
        port: null,
        host: null,
        wire: null,
        inner: null,
        box,
        note: words("graph.open.engineOnly"),
        open: null,
        said: {
          message: "graph.said.engineOnly",
          values: { box: names(box), network: networkName },
        },
      },
    },
  ];
};

/** Containers of which only the engine spoke: their namespace was not seen or could not be read. */
const engineRows = (known: Lookup, words: Words, container: Container): readonly SeatedRow[] => {
  const namespace = container.netns === null ? undefined : known.namespace.get(container.netns);
  if (!runs(container) || namespace?.read.status === "read") return [];
  return container.attachments
    .filter(({ link }) => link === null)
    .flatMap((attachment, nth) => engineRow(known, words, container, attachment, nth));
};

/** One row for every attachment: pairs, ends without their other end, stacked links, bare bridge ports. */
export const seatedRows = (
  known: Lookup,
  words: Words,
  uplinks: ReadonlySet<LinkId>,
): readonly SeatedRow[] => [
  ...known.topology.links
    .filter(({ id }) => !uplinks.has(id))
    .flatMap((link) => linkRows(known, words, link)),
  ...known.topology.containers.flatMap((container) => engineRows(known, words, container)),
];
