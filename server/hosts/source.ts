import type { HostFacts } from "@/lib/facts/model";
import type { Barrier } from "@/lib/hosts/barrier";
import type { Rights } from "@/lib/hosts/entry";
import type { Progress } from "@/server/gather/gather";
import type { Transport } from "@/server/transport/port";
import type { ConfiguredEngine } from "./config/configured-engines";
import type { ConfiguredHost } from "./config/configured-hosts";
import type { Trouble } from "./trouble";

export type Reading = {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** A person is needed before it can go on; the reading waits meanwhile. */
  readonly onBarrier: (barrier: Barrier) => void;
};

/** The host was not reached: there are no facts, not even gaps. */
export type Barred = { readonly barred: Barrier };

export type OpenWay = {
  readonly transport: Transport;
  /** Called when the question was answered. */
  readonly leave: () => void;
};

/** A host that can be read, and how. */
export type HostSource = {
  /** In URLs, and the first part of every id: `local`, `sample`, `ssh-prod-01`. */
  readonly id: string;
  readonly source: HostFacts["source"];
  /** What a host denies is in the facts' gaps; a throw is our own bug. */
  readonly gather: (reading: Reading) => Promise<HostFacts | Barred>;
  /**
   * A way for one more question, beside the readings: nobody is asked anything for it. null: the host is
   * not reached. Recordings have none.
   */
  readonly way?: (signal: AbortSignal) => Promise<OpenWay | null>;
  /** Only of hosts that are reached by SSH. */
  readonly ssh?: SshSide;
  /** Only of hosts whose engine is all that is reached. */
  readonly engineOnly?: ConfiguredEngine;
};

/** What is known of the open connection, or of the last one. */
export type Reached = {
  /** null: its shell runs no commands. */
  readonly rights: Rights | null;
  /** Some host key on the way was accepted without comparing it. */
  readonly unverified: boolean;
  /** Lines of known_hosts (`file:line`) whose authorities vouch for a key on the way. */
  readonly authorities: readonly string[];
};

export type KeyAnswer =
  /** A line of `ssh-keygen -lf` on that host: the machine compares. */
  | { readonly how: "pasted"; readonly text: string }
  /** Taken as it came; `fingerprint`: the one that the person saw. */
  | { readonly how: "unverified"; readonly fingerprint: string };

export type KeyVerdict =
  | { readonly status: "accepted" }
  /** `why.error` says so: another key, no fingerprint in the text, no key is asked about, nowhere to keep it. */
  | { readonly status: "refused"; readonly why: Trouble };

export type SshSide = {
  readonly configured: ConfiguredHost;
  readonly reached: () => Reached | null;
  readonly acceptKey: (answer: KeyAnswer) => Promise<KeyVerdict>;
  /** Answers the question that is open, or the same one when it comes again. false: none was asked. */
  readonly answer: (secret: string) => boolean;
  /** Forgets that it failed: a person wants it tried now. */
  readonly retryNow: () => void;
  /** Closes the connection, and forgets what was answered. */
  readonly close: () => void;
};
