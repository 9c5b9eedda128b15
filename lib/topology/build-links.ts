import {
  type Key,
  type LinkId,
  type NetnsId,
  type NetnsLabel,
  type NetworkId,
  netnsId,
} from "@/lib/net/ids";
import type { FdbEntry } from "@/lib/probes/bridge-fdb";
import type { PortVlan } from "@/lib/probes/bridge-vlan";
import type { Read } from "@/lib/probes/read";
import { stackedKind } from "./lower-links";
import type { Check, Link, Lower, VethPeer, Vlans } from "./model";
import type { NsidMaps } from "./nsid-maps";
import { iflinkOf, type LinkIndex, type SeenLink } from "./seen";
import { remotesOf } from "./tunnels";

type VlanRead = Read<PortVlan>;

export type LinkParts = {
  readonly host: string;
  readonly index: LinkIndex;
  readonly pairs: ReadonlyMap<LinkId, VethPeer>;
  readonly lowers: ReadonlyMap<LinkId, Lower>;
  readonly maps: NsidMaps;
  /** The forwarding tables that were read, by namespace. */
  readonly fdb: ReadonlyMap<NetnsLabel | null, readonly Read<FdbEntry>[]>;
  readonly vlans: ReadonlyMap<NetnsLabel | null, readonly VlanRead[]>;
  readonly networkOf: (bridge: LinkId) => NetworkId | null;
  readonly keyOf: (link: LinkId) => Key;
};

/** A port that is in no VLAN is not printed (iproute2 5 and newer): who is not told there is in none. */
function vlansOf(link: SeenLink, { index, vlans }: LinkParts): Vlans | null {
  const master = link.master === null ? undefined : index.named(link.netns, link.master);
  if (link.filtersVlans !== true && master?.filtersVlans !== true) return null;
  const [read] = vlans.get(link.netns) ?? [];
  if (read === undefined || !read.complete) return null;
  const own = read.rows.filter(({ port }) => port === link.name);
  const [first] = own;
  return {
    pvid: own.find(({ pvid }) => pvid)?.from ?? null,
    ranges: own.map(({ from, to }) => ({ from, to })),
    evidence:
      first === undefined
        ? link.evidence
        : {
            answer: read.answer,
            at: first.line === undefined ? { path: [first.at] } : { line: first.line },
          },
  };
}

/** As `ip link` prints it. */
const labelOf = (link: SeenLink): string => {
  if (link.linkName !== null) return `${link.name}@${link.linkName}`;
  return link.linkIndex === null ? link.name : `${link.name}@if${link.linkIndex}`;
};

/** Drivers without an operstate of their own say UNKNOWN; then the flags tell (netdev operstates, kernel docs). */
function stateOf({ operstate, flags }: SeenLink): Link["state"] {
  if (operstate === "UP") return "up";
  if (operstate !== null && operstate !== "UNKNOWN") return "down";
  if (flags.length === 0) return "unknown";
  return flags.includes("UP") && flags.includes("LOWER_UP") ? "up" : "down";
}

const baseOf = (link: SeenLink, parts: LinkParts) => ({
  id: link.id,
  key: parts.keyOf(link.id),
  netns: netnsId(parts.host, link.netns),
  ifindex: link.ifindex,
  name: link.name,
  label: labelOf(link),
  mac: link.linkType === "loopback" ? null : link.mac,
  mtu: link.mtu,
  state: stateOf(link),
  adminUp: link.flags.includes("UP"),
  master: link.master === null ? null : (parts.index.named(link.netns, link.master)?.id ?? null),
  portState: link.portState,
  isolated: link.isolated ?? null,
  hairpin: link.hairpin ?? null,
  vlans: vlansOf(link, parts),
  addresses: link.addresses,
  counters: link.counters,
  evidence: link.evidence,
});

/** A device without a kind of its own is hardware, or what looks like it to this namespace. */
const plainKind = (link: SeenLink): "nic" | "loopback" | "other" => {
  if (link.linkType === "loopback") return "loopback";
  return link.infoKind === null && link.linkType === "ether" ? "nic" : "other";
};

/** Where its packets are routed: it may have been made in another namespace than the one it is in. */
function underlayOf(link: SeenLink, { host, maps }: LinkParts): NetnsId | null {
  if (link.nsid === null) return netnsId(host, link.netns);
  const settled = maps.settle(link.netns, link.nsid);
  return settled.status === "settled" ? netnsId(host, settled.netns) : null;
}

const noIflink: VethPeer = { status: "unseen", why: { reason: "no-iflink" }, by: [] };

export function buildLink(link: SeenLink, parts: LinkParts): Link {
  const base = baseOf(link, parts);
  const numbers = { iflink: iflinkOf(link), nsid: link.nsid };
  const stacked = stackedKind(link);
  if (stacked !== null)
    return {
      ...base,
      kind: stacked,
      ...numbers,
      lower: parts.lowers.get(link.id) ?? { status: "unseen" },
    };
  // Where the kind was not printed, having a peer shows it.
  const isPaired = link.untold !== undefined && parts.pairs.has(link.id);
  switch (isPaired ? "veth" : link.infoKind) {
    case "veth":
      return { ...base, kind: "veth", ...numbers, peer: parts.pairs.get(link.id) ?? noIflink };
    case "vxlan":
      return {
        ...base,
        kind: "vxlan",
        vni: link.vxlan?.vni ?? null,
        port: link.vxlan?.port ?? null,
        local: link.vxlan?.local ?? null,
        underlay: underlayOf(link, parts),
        remotes: remotesOf(link, parts.fdb.get(link.netns)),
      };
    case "bridge":
      return {
        ...base,
        kind: "bridge",
        network: parts.networkOf(link.id),
        filtersVlans: link.filtersVlans ?? null,
      };
    default:
      return { ...base, kind: plainKind(link), infoKind: link.infoKind };
  }
}

/**
 * Adds what the bridge learned to pairs that are already found: a frame from the peer's MAC came in
 * by this port within the ageing time. It supports a pair and never makes one.
 */
export function withFdb(
  pairs: ReadonlyMap<LinkId, VethPeer>,
  links: readonly SeenLink[],
  fdb: readonly Read<FdbEntry>[],
  host: NetnsLabel | null,
): ReadonlyMap<LinkId, VethPeer> {
  const byId = new Map(links.map((link) => [link.id, link]));
  const learned = new Map<string, Check>(
    fdb.flatMap((read) =>
      read.rows
        .filter((entry) => entry.learned)
        .map((entry) => [
          `${read.netns ?? host} ${entry.port} ${entry.mac}`,
          {
            check: "fdb",
            holds: true,
            evidence: [{ answer: read.answer, at: { path: [entry.at] } }],
          },
        ]),
    ),
  );
  const supported = (id: LinkId, peer: VethPeer): VethPeer => {
    if (peer.status !== "found") return peer;
    const [a, b] = [byId.get(id), byId.get(peer.link)];
    const check =
      learned.get(`${a?.netns} ${a?.name} ${b?.mac}`) ??
      learned.get(`${b?.netns} ${b?.name} ${a?.mac}`);
    return check === undefined ? peer : { ...peer, by: [...peer.by, check] };
  };
  return new Map([...pairs].map(([id, peer]) => [id, supported(id, peer)]));
}
