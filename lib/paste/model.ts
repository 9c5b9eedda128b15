import type { PastedOwner } from "@/lib/probes/pasted-places";

/** The id of a host that was pasted: of nobody's rights there, and of no engine, is anything known. */
export const pastedHost = "pasted";

/** What a pasted text is the output of. */
export type BlockKind =
  | "ip"
  | "ip-oneline"
  | "ip-brief"
  | "ip-route"
  | "ifconfig"
  | "brctl"
  | "bridge-link"
  | "ethtool"
  | "sysfs"
  | "docker-ps"
  | "docker-networks"
  | "network-inspect"
  | "iptables"
  | "nft"
  | "lsns";

/** One line of the paste, made readable: `text` differs from what was pasted in marks of the page it came from. */
export type PastedLine = {
  readonly text: string;
  /** From 0, in the whole paste: where it begins. */
  readonly at: number;
};

/** By what it is known whose namespace a block is about; `shape`: by what only a host has. */
export type OwnerBy = "prompt" | "shape" | "nobody";

/** Lines that belong together: what one command printed in one namespace. */
export type Block = {
  /** Counts from 0. */
  readonly id: number;
  readonly kind: BlockKind;
  /** What was typed, cut into words; null: nothing that was pasted says. */
  readonly argv: readonly string[] | null;
  /** The line with the prompt, as it was pasted. */
  readonly prompt: string | null;
  readonly lines: readonly PastedLine[];
  readonly owner: PastedOwner;
  readonly ownerBy: OwnerBy;
  /** Blocks with equal places are of one namespace. */
  readonly place: string;
};

export type UnreadLine = { readonly at: number; readonly excerpt: string };

/** Why a text is not even looked at. `most`: in the same unit, what is. */
export type Refusal =
  | { readonly why: "too-long"; readonly megabytes: number; readonly most: number }
  | { readonly why: "too-many-lines"; readonly lines: number; readonly most: number }
  | { readonly why: "too-many-parts"; readonly parts: number; readonly most: number }
  | { readonly why: "binary" };

export type Recognised =
  | { readonly status: "refused"; readonly refusal: Refusal }
  | {
      readonly status: "read";
      readonly blocks: readonly Block[];
      /** Lines that belong to nothing known, in their order. */
      readonly unread: readonly UnreadLine[];
      /** Of each pid that the paste asked Docker for: whose it is. */
      readonly pids: ReadonlyMap<number, string>;
      /** What the prompts call the host; null: none of them names it. */
      readonly machine: string | null;
    };
