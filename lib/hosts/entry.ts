import type { MessageKey } from "@/lib/messages/keys";
import type { Barrier } from "./barrier";

/** Who named a host. */
export type NamedBy =
  | "environment"
  | "docker-host"
  | "hosts-file"
  | "ssh-config"
  | "docker-context"
  | "page";

/** Whose rights the shell has. sudo: an ordinary user's, raised by `sudo -n`. */
export type Rights = "root" | "sudo" | "user";

/** Something that configuration says and that is not used, or cannot be understood: as a message for a person. */
export type Remark = {
  readonly error: MessageKey;
  readonly values: Readonly<Record<string, string>>;
  /** Where it is written; `line` counts from 1. null: not in a file, or about the file as a whole. */
  readonly at: { readonly file: string; readonly line: number | null } | null;
};

/** One host as the list shows it. Crosses the wire. */
export type HostEntry = {
  readonly id: string;
  readonly source: "live" | "recorded";
  /** null: this machine or the sample, which the reader's language names. */
  readonly name: string | null;
  readonly state: HostState;
  /** Of the last reading; null: not read yet. */
  readonly last: LastReading | null;
  /** null: not reached by SSH. */
  readonly ssh: SshEntry | null;
  /** Its engine is all that is reached; null: any other host. */
  readonly engineOnly: EngineOnlyEntry | null;
};

/** `address`: `tcp://host:port`. */
type EngineOnlyEntry = { readonly address: string; readonly namedBy: NamedBy };

export type HostState =
  | { readonly state: "unread" }
  | { readonly state: "reading" }
  | { readonly state: "ready" }
  | { readonly state: "barred"; readonly barrier: Barrier };

export type LastReading = {
  /** ISO 8601. */
  readonly at: string;
  /** What the kernel calls itself. */
  readonly hostName: string;
  /** false: neither its kernel nor an engine said anything, and the numbers say nothing of the host. */
  readonly told: boolean;
  readonly engine: { readonly name: string; readonly version: string } | null;
  readonly running: number;
  readonly stopped: number;
  readonly namespaces: number;
  /** Of them: how many could not be read. */
  readonly unread: number;
  /** Of those, how many at most may be others of the list, known once by a file and once by a process. */
  readonly maybeTwice: number;
};

export type SshEntry = {
  /** `user@host:port`; null: not to be reached (see the remarks). */
  readonly address: string | null;
  /** Jump hosts, the nearest first. */
  readonly via: readonly string[];
  readonly namedBy: NamedBy;
  readonly remarks: readonly Remark[];
  /** null: not connected yet, or its shell runs no commands. */
  readonly rights: Rights | null;
  /** Some host key on the way was accepted without comparing it. */
  readonly unverified: boolean;
  /** Lines of known_hosts (`file:line`) whose certificate authorities vouch for a host key on the way. */
  readonly authorities: readonly string[];
};
