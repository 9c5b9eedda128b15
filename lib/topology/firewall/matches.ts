import type {
  AddressValue,
  ElementValue,
  Field,
  InterfaceValue,
  PortValue,
  SetReference,
} from "./values";

/**
 * A condition of a rule, in the same form whoever wrote it. It holds where what follows holds, and
 * with `negated` where that does not; all conditions before an action must hold for it to be met.
 *
 * A packet that lacks what is asked for (a port of an ICMP packet, a conntrack entry where none is)
 * does not match in either case. `module` is iptables' `-m`, where it is not the one that the kind
 * implies: it is told for printing, and changes nothing of what is meant.
 */
export type Match = { readonly part: "match"; readonly negated: boolean } & Condition;

/** The members of a union whose kind may be this one. */
export type OfKind<T, K> = T extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? T
    : never
  : never;

export type Condition =
  | {
      readonly kind: "in-interface" | "out-interface";
      readonly interfaces: readonly InterfaceValue[];
      /** nft's `iif` is fixed to an index when it is loaded, `iifname` is not. iptables: name. */
      readonly by: "name" | "index";
    }
  | {
      readonly kind: "source" | "destination";
      readonly family: "ip" | "ip6";
      readonly addresses: readonly AddressValue[];
      readonly module?: "iprange";
    }
  | {
      readonly kind: "protocol";
      /** By name where it has one (`tcp`, `udp`, `icmp`, `icmpv6`, `sctp`), else its number. `all`: any. */
      readonly protocols: readonly (string | SetReference)[];
      /** nft's `ip protocol` and `ip6 nexthdr` look into the header, `meta l4proto` past IPv6's extensions. */
      readonly by: "l4proto" | "header";
    }
  | {
      /** port: of either end. */
      readonly kind: "source-port" | "destination-port" | "port";
      /** It matches packets of this protocol only. null: whichever; iptables' multiport demands `-p` beside it. */
      readonly protocol: string | null;
      readonly ports: readonly PortValue[];
      readonly module?: "multiport";
    }
  | {
      /** What the routing table of this namespace says of the address (`addrtype`, `fib daddr type`). */
      readonly kind: "address-type";
      readonly of: "source" | "destination";
      /** In lower case: local, unicast, broadcast, multicast, blackhole, … */
      readonly types: readonly string[];
      /** Only as seen from the interface by which it came or goes. */
      readonly from: "in" | "out" | null;
    }
  | {
      /** In lower case: new, established, related, invalid, untracked; iptables also snat, dnat. */
      readonly kind: "ct-state";
      readonly states: readonly string[];
      readonly module?: "state";
    }
  /** In lower case: dnat, snat, assured, confirmed, expected, seen-reply; none. */
  | { readonly kind: "ct-status"; readonly statuses: readonly string[] }
  | { readonly kind: "ct-direction"; readonly direction: "original" | "reply" }
  | {
      /** The connection's own addresses as it began (original) or as its answers have them (reply). */
      readonly kind: "ct-source" | "ct-destination";
      readonly direction: "original" | "reply";
      readonly addresses: readonly AddressValue[];
    }
  | {
      readonly kind: "ct-source-port" | "ct-destination-port";
      readonly direction: "original" | "reply";
      readonly ports: readonly PortValue[];
    }
  | {
      /** Of the packet, or of its connection: holds where (mark & mask) = value; 32 bits, unsigned. */
      readonly kind: "mark" | "ct-mark";
      readonly value: number;
      readonly mask: number;
    }
  | {
      /** ipset. For each dimension of the set's type (`hash:ip,port`), whose end of the packet is looked up. */
      readonly kind: "ipset";
      readonly name: string;
      readonly ends: readonly ("source" | "destination")[];
    }
  | {
      /** nft: several fields at once, or one for which there is no kind of its own; in the order of the set's. */
      readonly kind: "set";
      readonly fields: readonly Field[];
      readonly in:
        | SetReference
        | { readonly of: "elements"; readonly elements: readonly (readonly ElementValue[])[] };
    }
  | {
      /** Of the flags in `mask` just those in `set` are there; in lower case. `--syn` is fin,syn,rst,ack / syn. */
      readonly kind: "tcp-flags";
      readonly mask: readonly string[];
      readonly set: readonly string[];
    }
  | {
      readonly kind: "icmp-type";
      readonly version: 4 | 6;
      /** One of these, by name or number as printed (`echo-request`, `8`); `any`: all. */
      readonly types: readonly string[];
      /** iptables' `8/0`; null: any. */
      readonly code: string | null;
    }
  | {
      /** Only where the packet crosses a bridge whose frames iptables sees (bridge-nf-call-iptables). */
      readonly kind: "bridge-port";
      /** is-in, is-out: it came or leaves by a bridge port at all; bridged: it is not routed. */
      readonly what: "in" | "out" | "is-in" | "is-out" | "bridged";
      /** null for is-in, is-out and bridged. */
      readonly port: InterfaceValue | null;
    }
  /** Only in output and postrouting: who sent it. `value`: a name, number or range as printed; null for socket. */
  | {
      readonly kind: "owner";
      readonly what: "uid" | "gid" | "socket";
      readonly value: string | null;
    }
  | {
      /** Not decided by the packet alone: the rate so far, chance, what was seen before, the clock. */
      readonly kind: "limit" | "statistic" | "recent" | "time";
      /** As printed, without the module's name. */
      readonly text: string;
      /** iptables: hashlimit, connlimit, random, … */
      readonly module?: string;
    }
  /** nft, in tables of both families. */
  | { readonly kind: "family"; readonly family: "ip" | "ip6" }
  /** host, broadcast, multicast, other: to whom the frame was sent. */
  | { readonly kind: "packet-type"; readonly types: readonly string[] }
  /** Of the frame as it came in; in lower case. */
  | { readonly kind: "mac-source"; readonly mac: string }
  /** iptables: always holds. nft's comment is the rule's own, not a part. */
  | { readonly kind: "comment"; readonly text: string }
  /** Handled by IPVS, and what else was asked of it, as printed. */
  | { readonly kind: "ipvs"; readonly text: string }
  /** IPsec. `policy` none: it is not under any. `text`: what else was asked, as printed. */
  | {
      readonly kind: "ipsec";
      readonly direction: "in" | "out";
      readonly policy: "none" | "ipsec";
      readonly text: string;
    }
  | {
      /** No reader knows what it means: it may hold or not. `text`: as printed, with its `!`. */
      readonly kind: "opaque";
      readonly module: string | null;
      readonly text: string;
    };
