import type { MessageKey } from "@/lib/messages/keys";

/** A host as the server lists it (server/hosts/host-entry.ts; the pages of app/ hold both to one shape). */
export type HostEntry = {
  readonly id: string;
  readonly source: "live" | "recorded";
  /** null: this machine or the sample, which the reader's language names. */
  readonly name: string | null;
  readonly state: HostState;
  readonly last: LastReading | null;
  readonly ssh: SshEntry | null;
  /** Its engine is all that is reached, at `tcp://host:port`. */
  readonly engineOnly: { readonly address: string; readonly namedBy: NamedBy } | null;
};

type NamedBy =
  | "environment"
  | "docker-host"
  | "hosts-file"
  | "ssh-config"
  | "docker-context"
  | "page";

export type HostState =
  | { readonly state: "unread" | "reading" | "ready" }
  | { readonly state: "barred"; readonly barrier: Barrier };

type LastReading = {
  /** ISO 8601. */
  readonly at: string;
  readonly hostName: string;
  readonly engine: { readonly name: string; readonly version: string } | null;
  readonly running: number;
  readonly stopped: number;
  readonly namespaces: number;
  readonly unread: number;
};

type SshEntry = {
  readonly address: string | null;
  readonly via: readonly string[];
  readonly namedBy: NamedBy;
  readonly remarks: readonly Remark[];
  readonly rights: "root" | "sudo" | "user" | null;
  /** Some host key on the way was accepted without comparing it. */
  readonly unverified: boolean;
};

/** What of the configuration is not used, and where it stands. */
export type Remark = {
  readonly error: MessageKey;
  readonly values: Readonly<Record<string, string>>;
  readonly at: { readonly file: string; readonly line: number | null } | null;
};

type ShownKey = {
  readonly where: string;
  readonly type: string;
  readonly fingerprint: string;
};

export type UnknownKey = ShownKey & {
  readonly kind: "unknown-key";
  readonly authorities: readonly string[];
};

export type ChangedKey = ShownKey & {
  readonly kind: "changed-key";
  readonly known: readonly {
    readonly type: string;
    readonly fingerprint: string;
    readonly file: string;
    readonly line: number;
  }[];
};

export type Question =
  | { readonly kind: "password"; readonly where: string; readonly again: boolean }
  | {
      readonly kind: "passphrase";
      readonly where: string;
      readonly file: string;
      readonly again: boolean;
    }
  | {
      readonly kind: "keyboard-interactive";
      readonly where: string;
      readonly instructions: string;
      readonly prompt: string;
      readonly echo: boolean;
    };

export type Unreachable = {
  readonly kind: "unreachable";
  readonly what: MessageKey;
  readonly next: MessageKey;
  readonly values: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly retryAt: string | null;
};

/** What stands between us and a host. */
export type Barrier =
  | UnknownKey
  | ChangedKey
  | { readonly kind: "secret"; readonly question: Question }
  | Unreachable
  | { readonly kind: "unusable" };
