import type { ElementValue, Field } from "./values";

/** What a rule does when everything before it in the rule holds. */
export type Action = { readonly part: "action" } & Deed;

/** Those that end the way through this base chain, and those after which the next rule is met. */
export type Deed =
  | Verdict
  | {
      /**
       * The end of the chain (all chains of the table at this hook), and accepted by it. Only the first packet of a
       * connection comes here; the rest follow it. dnat and redirect before routing, snat and masquerade after.
       */
      readonly kind: "dnat" | "snat";
      /** null: the address stays, only ports change. */
      readonly addresses: { readonly first: string; readonly last: string } | null;
      readonly ports: NatPorts | null;
      /** nft: dnat to a value that is looked up; the others are null then. */
      readonly lookup: Lookup | null;
      /** random, fully-random, persistent. */
      readonly flags: readonly string[];
      /** nft says it in tables of both families. */
      readonly family: "ip" | "ip6" | null;
    }
  | {
      /** masquerade: to the address of the interface by which it leaves; redirect: to this host itself. */
      readonly kind: "masquerade" | "redirect";
      readonly ports: NatPorts | null;
      readonly flags: readonly string[];
    }
  /** The network part is replaced, the rest stays. */
  | { readonly kind: "netmap"; readonly to: string }
  | {
      /** Goes on. The packet's mark (or its connection's) becomes (old & ~mask) ^ value. */
      readonly kind: "set-mark" | "set-ct-mark";
      readonly value: number;
      readonly mask: number;
    }
  /** Goes on. save: packet to connection; restore: connection to packet. `text`: masks, as printed. */
  | { readonly kind: "save-mark" | "restore-mark"; readonly text: string }
  /** Goes on. Everything that is only told. */
  | { readonly kind: "log"; readonly target: "log" | "nflog" | "trace"; readonly text: string }
  /** nft: stands where it is counted; iptables counts each rule without saying so. `name`: a counter that rules share. */
  | { readonly kind: "counter"; readonly name: string | null }
  /** Goes on, untracked: no nat, no ct state but `untracked`. */
  | { readonly kind: "notrack" }
  /** Goes on. The size in the TCP handshake; pmtu: what the route allows. */
  | { readonly kind: "tcp-mss"; readonly size: number | "pmtu" }
  /** Handed to a program, which decides. `text`: which, as printed. */
  | { readonly kind: "queue"; readonly text: string }
  | {
      /** The verdict of the element that fits; none fits: the next part of the rule, then the next rule. */
      readonly kind: "verdict-map";
      readonly lookup: Lookup;
    }
  | {
      /**
       * No reader knows what it does: it may end the way, or go on. goes-on: that much is known.
       * `name`: iptables' target, nft's statement. `text`: all of it as printed.
       */
      readonly kind: "opaque";
      readonly name: string;
      readonly text: string;
      readonly flow: "unknown" | "goes-on";
    };

/** What decides about the packet, or where it goes next. */
export type Verdict =
  /** Ends this base chain only: the next one at this hook still sees it. */
  | { readonly kind: "accept" }
  /** Final. */
  | { readonly kind: "drop" }
  /** Final, and told to the sender. `with`: `icmp-port-unreachable`, `tcp reset`, …; null: the default. */
  | { readonly kind: "reject"; readonly with: string | null }
  /** Back to the chain that jumped here; in a base chain, its policy. */
  | { readonly kind: "return" }
  /** nft: the next rule. */
  | { readonly kind: "continue" }
  /** To a chain of the same table; that may be missing (`target.status` is not told here: look it up). */
  | { readonly kind: "jump" | "goto"; readonly chain: string };

/**
 * Also of one port, where first and last are equal. base: the range is shifted (iptables' `3000-3010/2000`): that port
 * becomes the first of it, the next one the second, and on from the first again after the last.
 */
export type NatPorts = { readonly first: number; readonly last: number; readonly base?: number };

/** Looked up in a named map of the same table ({@link ./model RuleSet}), or in elements of its own. */
export type Lookup = {
  readonly fields: readonly Field[];
  readonly map:
    | { readonly of: "set"; readonly name: string }
    | { readonly of: "elements"; readonly elements: readonly MapElement[] };
};

/** `key`: one value for each field. */
export type MapElement = {
  readonly key: readonly ElementValue[];
  readonly to:
    | { readonly of: "verdict"; readonly verdict: Verdict }
    | { readonly of: "value"; readonly values: readonly ElementValue[] };
};
