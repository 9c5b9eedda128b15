import type { AnswerId, NetnsLabel } from "@/lib/net/ids";

/** A question as it was put: a command's argv, or a path of the engine's API. */
type Asked =
  | { readonly kind: "command"; readonly argv: readonly string[] }
  | { readonly kind: "engine"; readonly path: string };

/** What a host said to one question, verbatim. */
export type Answer = {
  readonly id: AnswerId;
  readonly probe: string;
  /** The namespace in which it was asked; null: of the machine as a whole. */
  readonly netns: NetnsLabel | null;
  /** The nsfs path by which that namespace was entered (`/proc/403/ns/net`); null: where we were already. */
  readonly entered: string | null;
  readonly asked: Asked;
  /** Which form of the question the host had the tools for (lib/probes/define.ts); absent: the first. */
  readonly form?: number;
  /** ISO 8601, the clock of the machine that Vethscope runs on. */
  readonly at: string;
  readonly ms: number;
  /**
   * Verbatim for commands. Engine answers are JSON that passed the allow-list of fields of its
   * question (server/transport), so they never hold commands, environments or foreign labels.
   */
  readonly stdout: string;
  readonly stderr: string;
  /** null: it never ended by itself (killed at the deadline). For the engine: the HTTP status. */
  readonly exit: number | null;
  /** The output was longer than the cap: what is here is its beginning. */
  readonly cut: boolean;
};

/** Something that could not be read, and why. Seeing only part of a host is normal: a value, not a throw. */
export type Gap = {
  readonly probe: string | null;
  readonly netns: NetnsLabel | null;
} & GapReason;

export type GapReason =
  | { readonly reason: "command-missing"; readonly command: string }
  | { readonly reason: "permission-denied"; readonly command: string; readonly words: string }
  | {
      readonly reason: "failed";
      readonly command: string;
      readonly exit: number;
      readonly words: string;
    }
  | { readonly reason: "timed-out"; readonly command: string; readonly ms: number }
  | { readonly reason: "cut"; readonly command: string; readonly bytes: number }
  /** `unread`: how many lines or elements no reader understood; `excerpt`: the first of them. */
  | {
      readonly reason: "unreadable-output";
      readonly command: string;
      readonly unread: number;
      readonly excerpt: string;
    }
  /** It ends in the middle, although its command said nothing of it (exit status 0); `excerpt`: the last line that came. */
  | { readonly reason: "broken-off"; readonly command: string; readonly excerpt: string }
  /** It, or the process by which it was entered, ended while the host was read. */
  | { readonly reason: "netns-gone" }
  /** It came while the host was read, too late to be read itself. */
  | { readonly reason: "netns-new" }
  /** No path leads into it: it is only known by the links that point to it. */
  | { readonly reason: "netns-unreachable" }
  | { readonly reason: "no-engine"; readonly socket: string }
  | { readonly reason: "engine-denied"; readonly socket: string }
  | { readonly reason: "engine-silent"; readonly socket: string; readonly ms: number }
  | {
      readonly reason: "engine-error";
      readonly path: string;
      readonly status: number;
      readonly words: string;
    }
  /** Another engine answers at `socket`; only the one at `asked` is read. */
  | { readonly reason: "engine-not-asked"; readonly socket: string; readonly asked: string }
  /** The host is known by its engine's API over TCP alone (`address`): nobody reads its kernel. */
  | { readonly reason: "engine-only"; readonly address: string }
  /** macOS, Windows: the containers' kernel is in a virtual machine that we cannot see into. */
  | { readonly reason: "no-linux"; readonly platform: string }
  /** The transport itself failed before anything was answered. */
  | { readonly reason: "no-shell"; readonly words: string };

export type HostFacts = {
  readonly format: "vethscope-facts/1";
  /** How Vethscope calls this host (`local`, `sample`, later names of SSH hosts); part of every id. */
  readonly host: string;
  /** live: read just now; recorded: from a file, and the page says so. */
  readonly source: "live" | "recorded";
  /** ISO 8601: when gathering began. */
  readonly at: string;
  readonly answers: readonly Answer[];
  /** What was not asked or not answered at all. Gaps inside an answer are found when it is read. */
  readonly gaps: readonly Gap[];
};

/** Where in an answer a fact stands: `line` counts from 0; `path` leads into its JSON. A reference, never a copy. */
export type Evidence = {
  readonly answer: AnswerId;
  readonly at: { readonly line: number } | { readonly path: readonly (string | number)[] };
};
