import type { Gap } from "@/lib/facts/model";
import type { ContainerId, Key, LinkId, NetnsId } from "@/lib/net/ids";
import type { Doubt as RuleDoubt, Step, Tuple } from "@/lib/netfilter/packet";
import type { Process, Socket } from "@/lib/topology/listening";

/** Where a connection begins: in a namespace of this host, or on another machine beyond a link of it. */
export type Origin =
  | { readonly at: "namespace"; readonly netns: NetnsId }
  | { readonly at: "outside"; readonly link: LinkId; readonly address: string };

export type Target = {
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
};

/** One thing that happens to a packet, in the order of its way. */
export type WayStep =
  /** A program sends it (`by` docker-proxy: what it got, to the container). */
  | {
      readonly did: "sent";
      readonly netns: NetnsId;
      readonly by: "program" | "docker-proxy";
      readonly header: Tuple;
    }
  /** It came by this link. For a bridge: `port` of it. */
  | {
      readonly did: "came";
      readonly netns: NetnsId;
      readonly link: LinkId;
      readonly port: LinkId | null;
    }
  | { readonly did: "met-rule"; readonly netns: NetnsId; readonly step: Step }
  /** The address is this namespace's own. */
  | { readonly did: "was-local"; readonly netns: NetnsId; readonly address: string }
  | {
      readonly did: "routed";
      readonly netns: NetnsId;
      readonly link: LinkId;
      readonly nextHop: string;
    }
  /** From one end of a pair to the other. */
  | { readonly did: "crossed"; readonly from: LinkId; readonly to: LinkId }
  /** From one port of a bridge to another, without being routed. */
  | {
      readonly did: "switched";
      readonly bridge: LinkId;
      readonly from: LinkId;
      readonly to: LinkId;
    }
  | { readonly did: "reached"; readonly netns: NetnsId; readonly socket: Key }
  | { readonly did: "left"; readonly link: LinkId; readonly nextHop: string };

/** What ended the way. */
export type Stop =
  /** A rule, or (`step.rule` null) the policy of a chain. */
  | { readonly why: "rule"; readonly netns: NetnsId; readonly step: Step }
  | { readonly why: "no-route"; readonly netns: NetnsId; readonly to: string }
  /** The setting that forbids it: forwarding, rp_filter, route_localnet. */
  | { readonly why: "setting"; readonly netns: NetnsId; readonly name: string }
  /** A source address that cannot come from there. */
  | { readonly why: "martian"; readonly netns: NetnsId; readonly address: string }
  /** Nobody on this link has the address. */
  | { readonly why: "no-neighbour"; readonly link: LinkId; readonly address: string }
  | { readonly why: "link-down"; readonly link: LinkId }
  /** Both ports of a bridge are isolated. */
  | { readonly why: "isolated"; readonly link: LinkId }
  /** This port of a bridge sends no frame back by where it came (hairpin off). */
  | { readonly why: "hairpin"; readonly link: LinkId }
  /** A macvlan or ipvlan and its parent's host never meet. */
  | { readonly why: "parent"; readonly link: LinkId }
  | { readonly why: "nobody-listens"; readonly netns: NetnsId; readonly port: number }
  /** dockerd holds the port so that nobody else takes it, and answers nothing. */
  | { readonly why: "only-held"; readonly netns: NetnsId; readonly socket: Key }
  /** The answer carries another address than was asked: it went past the translation. */
  | { readonly why: "answer-untranslated"; readonly netns: NetnsId };

/** Which packet of the connection it was. later: of the client, after the answer. */
export type Phase = "first" | "answer" | "later";

/** What is not known and decides. */
export type Doubt =
  | RuleDoubt
  | { readonly why: "rules-not-read"; readonly netns: NetnsId; readonly gap: Gap | null }
  | { readonly why: "setting-not-read"; readonly netns: NetnsId; readonly name: string }
  | { readonly why: "sockets-not-read"; readonly netns: NetnsId }
  /** Several tables of routes, or several ways: which is taken is not told here. */
  | { readonly why: "routing"; readonly netns: NetnsId; readonly to: string }
  /** It is not known who is beyond this link. */
  | { readonly why: "beyond"; readonly link: LinkId }
  | { readonly why: "two-neighbours"; readonly link: LinkId; readonly address: string }
  /** What this port of a bridge does with frames that came by it: hairpin that was not told, VLANs. */
  | { readonly why: "bridge-port"; readonly link: LinkId }
  /** Rules for frames, for one device or for ARP, which are not followed here. */
  | { readonly why: "frame-rules"; readonly netns: NetnsId; readonly family: string }
  /** It takes a way that is not followed: a namespace that forwards, a tunnel, IPVS. */
  | { readonly why: "not-followed"; readonly netns: NetnsId }
  | { readonly why: "answers-ipv4"; readonly socket: Key };

/** What was taken for granted. */
export type Condition =
  /** The namespace's own rules and settings were not asked for. */
  | { readonly given: "own-rules"; readonly netns: NetnsId }
  /** A socket on `::` answers IPv4 too, as programs do unless told otherwise. */
  | { readonly given: "answers-ipv4"; readonly socket: Key }
  /** The interface's own setting was not read: that of the whole namespace was taken. */
  | { readonly given: "setting"; readonly netns: NetnsId; readonly name: string };

/** Whether a new connection gets there. TCP: answers too. */
export type Reach = {
  readonly answer: "yes" | "no" | "cannot-tell";
  /** Whether it gets to where a program could listen: yes also where nobody does. */
  readonly arrives: "yes" | "no" | "cannot-tell";
  /** Namespaces in which it ends, where it gets there; more than one where that is not settled. */
  readonly ends: readonly Arrival[];
  /** no: what ended it, and on which packet. */
  readonly stop: { readonly at: Stop; readonly phase: Phase } | null;
  /** cannot-tell: all that it hangs on. */
  readonly doubts: readonly Doubt[];
  readonly conditions: readonly Condition[];
  /** Of one of the ways, first packet only. */
  readonly way: readonly WayStep[];
};

export type Arrival = {
  readonly netns: NetnsId;
  readonly port: number;
  readonly socket: Key | null;
  /** Passed on by a docker-proxy. */
  readonly proxied: boolean;
};

/** Who asks, as a person would say it. What lies between them and the host (routers, a cloud's firewall) is not seen from here. */
export type Vantage =
  /** A machine beyond a router. */
  | "world"
  /** A machine on a subnet of one of the host's own links. */
  | "lan"
  /** The same, which sends by this host to an address that lies inside it: its own bridge's, a container's, 127.0.0.1. */
  | "neighbour"
  /** The host, at 127.0.0.1 or ::1. */
  | "loopback"
  /** The host, at its own address. */
  | "host"
  /** A container on the same bridge as the target (not the target itself). */
  | "same-network"
  /** A container on another bridge. */
  | "other-network";

/** Widest circle first. */
export const vantages: readonly Vantage[] = [
  "world",
  "lan",
  "neighbour",
  "host",
  "loopback",
  "other-network",
  "same-network",
];

/** For whom one who asks stands. */
export type Whom =
  /** All of that vantage whom no rule tells apart by their address. */
  | { readonly of: "any" }
  /**
   * Those whom a rule or a set names; `source`: one of them, as it does (`203.0.113.4`, `45.0.0.0/24`), `others`: how many more
   * are named so that rules treat them alike.
   */
  | { readonly of: "named"; readonly source: string; readonly others: number };

/** What was asked from a vantage: `to` is the address that it would use. */
export type Asked = {
  readonly from: Vantage;
  readonly whom: Whom;
  readonly origin: Origin;
  readonly to: Target;
  readonly reach: Omit<Reach, "way">;
  /** Whether it gets to what the row tells of: no where it gets to another program, or to nobody at another address. */
  readonly arrives: Reach["arrives"];
};

/** Who may reach it and was not asked. */
export type Unasked =
  /** Rules name all addresses of this circle: none of them stands for the others. */
  | { readonly why: "all-named"; readonly from: "world" | "lan" }
  /** Rules name more sources than are asked about one port: `n` of them were left out. */
  | { readonly why: "too-many"; readonly n: number };

/** A rule that sends a port elsewhere. `text`: as the host prints it. */
export type Sending = {
  readonly rule: Key;
  readonly backend: string;
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly text: string;
  readonly counters: { readonly packets: string; readonly bytes: string } | null;
  /** `address` null: to this host itself, or it stays. */
  readonly to: { readonly address: string | null } & PortSpan;
};

/** One port, where `last` is `port`, or several in a row. */
export type PortSpan = { readonly port: number; readonly last: number };

/** One of those who listen on ports of a range. */
export type Heard = {
  readonly socket: Key;
  readonly address: string;
  readonly port: number;
  readonly holder: Socket["holder"];
};

/** Who listens at the end. */
export type Listener =
  | {
      readonly status: "listening";
      readonly socket: Key;
      readonly address: string;
      readonly holder: Socket["holder"];
    }
  /** On ports of a range, the lowest first. */
  | { readonly status: "several"; readonly heard: readonly Heard[] }
  | { readonly status: "nobody" }
  /** Nobody does: IPVS takes it, and spreads it over the nodes of a swarm. */
  | { readonly status: "spread" }
  /** A program listens there on another address only: `addresses`. */
  | { readonly status: "elsewhere"; readonly addresses: readonly string[] }
  | { readonly status: "not-read" };

/**
 * The widest circle from which it is reached, as far as is known. some: not by whoever is outside, but by those whom a
 * rule names, or by neighbours that send by this host.
 */
export type Scope = "world" | "lan" | "some" | "host" | "containers" | "nobody" | "unknown";

/** Who has the address to which it is sent. */
export type PortEnd =
  | { readonly at: "namespace"; readonly netns: NetnsId }
  /** More than one namespace has it. */
  | { readonly at: "several" }
  /** No namespace that was read has it: what had it is gone, was not read, or is another machine (a virtual one, too). */
  | { readonly at: "nobody" }
  /** The address is not told. */
  | { readonly at: "untold" };

/** One line of the Ports view. */
export type PortRow = {
  /** `port:` by protocol, host address and port, and whose. */
  readonly key: Key;
  /**
   * published: a host port leads to a container, or wherever else a rule sends it. redirected: a rule sends it to another port of
   * the host itself. exposed: the image names it, nobody published it. host: a program of the host (or of a container that shares
   * its network) listens. unpublished: a program in a container, or in a namespace of nobody's, listens on no published port.
   */
  readonly kind: "published" | "redirected" | "exposed" | "host" | "unpublished";
  readonly protocol: string;
  readonly family: "ip" | "ip6";
  /** null: exposed and unpublished. Of a rule for many ports, all of them (all that there are: 1 to 65535). */
  readonly host: ({ readonly address: string } & PortSpan) | null;
  /** Whose it is; of several in one namespace all, the one that published it (or whose program it is) first. Empty: see `end`. */
  readonly containers: readonly ContainerId[];
  /** In which namespace it ends. */
  readonly end: PortEnd;
  /** `port` and `last` differ where it may be sent to several, as rules write it. */
  readonly target: ({ readonly address: string | null } & PortSpan) | null;
  readonly rules: readonly Sending[];
  readonly proxy: { readonly pid: number } | null;
  /** Those who hold the host port: docker-proxy, dockerd, or who else took it. */
  readonly heldBy: readonly Process[];
  readonly listener: Listener;
  readonly asked: readonly Asked[];
  readonly unasked: readonly Unasked[];
  readonly scope: Scope;
};

export type Ports = {
  readonly rows: readonly PortRow[];
  /** What was not read and leaves the table incomplete or unsure. */
  readonly lacks: readonly ("rules" | "sockets" | "engine" | "settings")[];
};

/** A step of a way, with the words of the rule that was met: as its tool prints it, without counters. */
export type WayLine = {
  readonly step: WayStep;
  readonly rule: {
    readonly text: string;
    readonly counters: { readonly packets: string; readonly bytes: string } | null;
  } | null;
};

/** The way of the first packet of one connection, along the rules of this host; worked out, nothing was sent. */
export type Way = {
  /** null: out of a container. */
  readonly from: Vantage | null;
  readonly whom: Whom;
  readonly to: Target;
  readonly answer: Reach["answer"];
  readonly lines: readonly WayLine[];
  readonly stop: Reach["stop"];
  readonly doubts: readonly Doubt[];
  readonly conditions: readonly Condition[];
};
