import type { Evidence, Gap } from "@/lib/facts/model";
import type { Key, NetnsId } from "@/lib/net/ids";
import type { Settings } from "@/lib/topology/listening";
import type { Action, MapElement } from "./actions";
import type { Match } from "./matches";
import type { ElementValue } from "./values";

/**
 * The rules of one namespace: iptables (nft and legacy), ip6tables, native nftables and ipset, in one form.
 * Matches and actions are in ./matches and ./actions. What is not read is never taken for "no rules".
 *
 * A packet meets, at each hook, the base chains of all tables whose family is its own (`inet` is of
 * both) in order of `priority`; the order of equal ones cannot be known from here. `accept` ends one base
 * chain, `drop` and `reject` end all.
 */
export type Firewall =
  | {
      readonly status: "read";
      readonly sources: readonly Source[];
      /** In the order in which they were read. */
      readonly tables: readonly Table[];
      /** ipsets, and the named sets and maps of native nft tables. */
      readonly sets: readonly RuleSet[];
      /** Rules, matches and actions that no reader understood; each is in its place as `opaque`. */
      readonly opaque: number;
    }
  | { readonly status: "not-asked" }
  /** Nothing of it could be read; `why`: of the first that was asked. */
  | { readonly status: "unreadable"; readonly why: Gap };

/** Whose rules: the same kernel holds up to three kinds beside each other. */
export type Backend = "iptables-nft" | "iptables-legacy" | "nft" | "ipset";

/** One that was asked. Where it is not `read` or `absent`, there may be rules that nobody sees here. */
export type Source = {
  readonly backend: Backend;
  /** null: nft and ipset, of all families. */
  readonly family: "ip" | "ip6" | null;
  /** As it says itself: `1.8.9`. null: it did not. */
  readonly version: string | null;
  readonly state:
    | { readonly status: "read" }
    /** Known to have none: its part of the kernel is not loaded, or holds no table. */
    | { readonly status: "absent" }
    /** Also where only some of it could be read: `tables` then holds that much. */
    | { readonly status: "unreadable"; readonly why: Gap };
};

export type Family = "ip" | "ip6" | "inet" | "bridge" | "arp" | "netdev";

/**
 * Where a person put a chain into a table of iptables, the table stands here twice, under one family and name: as
 * iptables-nft with the chains that iptables prints, and as nft with the others. Jumps may lead from one to the other.
 */
export type Table = {
  readonly backend: Exclude<Backend, "ipset">;
  readonly family: Family;
  readonly name: string;
  readonly chains: readonly Chain[];
  readonly madeBy: MadeBy;
  readonly evidence: Evidence;
};

export type Chain = {
  readonly name: string;
  /** null: only reached by a jump. */
  readonly base: BaseChain | null;
  /** Of the policy; null: nft keeps none. */
  readonly counters: RuleCounters | null;
  readonly rules: readonly Rule[];
  readonly madeBy: MadeBy;
  readonly evidence: Evidence;
};

export type BaseChain = {
  readonly type: "filter" | "nat" | "route";
  readonly hook: Hook;
  /** Lower is met earlier: raw -300, mangle -150, dstnat -100, filter 0, security 50, srcnat 100. */
  readonly priority: number;
  /** What becomes of a packet that reaches the end. */
  readonly policy: "accept" | "drop";
};

export type Hook =
  | "ingress"
  | "prerouting"
  | "input"
  | "forward"
  | "output"
  | "postrouting"
  | "egress";

/** Decimal, of any length: kernels count to 2^64. */
export type RuleCounters = { readonly packets: string; readonly bytes: string };

export type Rule = {
  /** `rule:` by backend, family, table, chain and text (without counters); a repeated one ends in `~2`. */
  readonly key: Key;
  /** In its chain, from 1. */
  readonly place: number;
  /**
   * Conditions and actions in the order in which the kernel meets them: nft may act (mark, count) and go on
   * asking. iptables has one action at most, and it is last.
   */
  readonly parts: readonly (Match | Action)[];
  readonly counters: RuleCounters | null;
  /** The comment, wherever in the rule it stands; null: none. */
  readonly comment: string | null;
  /** nft's number of it; null: iptables. */
  readonly handle: number | null;
  /**
   * The host's own words, where printing the parts would not give them back to the letter (./print-rule);
   * null: it does. Like `opaque`, it is left out of what is redacted.
   */
  readonly verbatim: string | null;
  readonly madeBy: MadeBy;
  readonly evidence: Evidence;
};

/** Whose it is, as its own name, its chain's or its comment says. unclaimed: nobody's mark is on it, so perhaps a person's. */
export type MadeBy = {
  readonly who: Maker;
  readonly because: "table" | "chain" | "jump" | "comment" | "form" | "nothing";
};

export type Maker =
  | "docker"
  | "docker-swarm"
  /** Docker made the chain, a person fills it (DOCKER-USER). */
  | "docker-user"
  | "podman"
  | "cni"
  | "kubernetes"
  | "calico"
  | "flannel"
  | "cilium"
  | "ufw"
  | "firewalld"
  | "libvirt"
  | "fail2ban"
  | "tailscale"
  /** A base chain that iptables makes by itself. */
  | "iptables"
  | "unclaimed";

/** Which Docker laid the rules out, by the chains that are there; an upgrade leaves those of the one before. */
export type Era =
  /** Up to 17.05. */
  | "docker-17.05"
  /** 17.06 to 18.03.0. */
  | "docker-17.06"
  /** 18.03.1 to 27. */
  | "docker-18.03"
  | "docker-28.0.0"
  /** 28.0.1 to 28.5. */
  | "docker-28"
  /** 29 with its iptables backend. */
  | "docker-29-iptables"
  /** 29 with its nftables backend. */
  | "docker-29-nftables";

/** `inForce`: a rule leads to its chains; else they are left over from before an upgrade. */
export type EraFound = {
  readonly era: Era;
  readonly backend: Exclude<Backend, "ipset">;
  readonly inForce: boolean;
};

/** An ipset (`table` null), or a named set or map of an nft table. */
export type RuleSet = {
  readonly backend: "ipset" | "nft";
  readonly table: { readonly family: Family; readonly name: string } | null;
  readonly name: string;
  /** As it is declared: `hash:net`, `ipv4_addr . inet_service`, `ifname : verdict`. */
  readonly type: string;
  readonly holds:
    | {
        readonly of: "elements";
        readonly elements: readonly (readonly ElementValue[])[];
        /** ipset's `nomatch`: these are not in it although a wider one is. By place in `elements`. */
        readonly except: readonly number[];
      }
    | { readonly of: "mappings"; readonly elements: readonly MapElement[] };
  /** Options as declared (`family inet hashsize 1024`, `flags interval`). */
  readonly options: string;
  readonly evidence: Evidence;
};

/** What of it crosses with every snapshot: enough to say what is there, none of the host's own names. */
export type FirewallSummary =
  | { readonly status: "not-asked" }
  | { readonly status: "unreadable"; readonly why: Gap }
  | {
      readonly status: "read";
      readonly sources: readonly SourceSummary[];
      /** The latest first. */
      readonly eras: readonly EraFound[];
      /** Of tables, chains and rules, in the order of {@link Maker}. */
      readonly makers: readonly Maker[];
    };

/** absent: nothing there, and that is known. `why` is null unless it is unreadable. */
export type SourceSummary = {
  readonly backend: Backend;
  readonly family: "ip" | "ip6" | null;
  readonly status: Source["state"]["status"];
  /** ipset: how many sets. */
  readonly tables: number;
  readonly chains: number;
  readonly rules: number;
  /** Rules that change where packets go (dnat, redirect), and those that change where they seem to come from. */
  readonly dnat: number;
  readonly snat: number;
  readonly why: Gap | null;
};

/** What `/api/hosts/HOST/rules?netns=` answers, unpacked: too much to go with every snapshot. */
export type NetnsRules = {
  readonly netns: NetnsId;
  readonly firewall: Firewall;
  readonly settings: Settings;
};
