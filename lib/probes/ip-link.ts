import type { Evidence } from "@/lib/facts/model";

/** A link with its addresses, as `ip -d -s -j addr` prints it. Fields that iproute2 left out are null. */
export type IpLink = {
  readonly ifindex: number;
  readonly name: string;
  /** IFLA_LINK of a link whose other end is in another namespace. */
  readonly linkIndex: number | null;
  /** The same, printed as a name: the other end is in this namespace. */
  readonly linkName: string | null;
  readonly nsid: number | null;
  /** What `ip` prints in place of the nsid since 4.20 (text only): the file in /run/netns that the nsid means. */
  readonly nsidName?: string;
  readonly flags: readonly string[];
  readonly mtu: number | null;
  readonly operstate: string | null;
  readonly master: string | null;
  readonly linkType: string | null;
  readonly mac: string | null;
  readonly infoKind: string | null;
  /** Of a vxlan. Absent: it is none, or this form of the answer does not tell. */
  readonly vxlan?: VxlanConfig;
  readonly portState: string | null;
  /** Of a port of a bridge: frames of other isolated ports are not passed to it. Absent: none, or not told. */
  readonly isolated?: boolean;
  /** Of a port of a bridge: frames go back by it to where they came from. Absent: none, or not told. */
  readonly hairpin?: boolean;
  /** Of a bridge: it passes a frame only through ports of the frame's VLAN. Absent: none, or not told. */
  readonly filtersVlans?: boolean;
  readonly addresses: readonly IpAddress[];
  readonly counters: {
    readonly rxBytes: number;
    readonly rxPackets: number;
    readonly txBytes: number;
    readonly txPackets: number;
  } | null;
  readonly at: number;
  /** The line that says so, where the answer is text and not JSON. */
  readonly line?: number;
  /**
   * What this form does not print. kind: the kind, so that a number behind the @ need not be a peer's.
   * netns: neither kind nor nsid: the other end, if there is one, may be in any namespace.
   */
  readonly untold?: "kind" | "netns";
  /** Where the number of the other end stands, if another answer told it (pasted text). */
  readonly farAt?: Evidence;
  /** Its own number was not printed: it is the one that its only possible other end names (pasted text). */
  readonly numberBy?: "peer";
};

/** A link of which only this is known, by a line of text: the other end, if there is one, may be in any namespace. */
export const bareLink = (name: string, ifindex: number, at: number): IpLink => ({
  ifindex,
  name,
  linkIndex: null,
  linkName: null,
  nsid: null,
  flags: [],
  mtu: null,
  operstate: null,
  master: null,
  linkType: null,
  mac: null,
  infoKind: null,
  portState: null,
  addresses: [],
  counters: null,
  at,
  line: at,
  untold: "netns",
});

export type IpAddress = {
  readonly family: "inet" | "inet6";
  readonly address: string;
  readonly prefix: number;
  readonly scope: string;
};

export type VxlanConfig = {
  /** null: taken from each frame (`external`). */
  readonly vni: number | null;
  readonly port: number | null;
  readonly local: string | null;
  /** One remote host, or a multicast group of them. */
  readonly remote: string | null;
};
