import type { MessageKey } from "@/lib/messages/keys";

/** What a host, or a key of ours, wants to be told before it lets us in. Texts of the host are hostile. */
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
      /** What is typed may be seen. */
      readonly echo: boolean;
    };

/** A host key as people compare it; `where`: the host that showed it, which may be a jump host. */
type ShownKey = {
  readonly where: string;
  /** `ssh-ed25519`, … */
  readonly type: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
};

/** Why the authority that known_hosts names for a host does not vouch for its key; null: none is named. */
type CertificateRefused = {
  readonly what: MessageKey;
  readonly values: Readonly<Record<string, string>>;
};

/** Nothing was sent but the handshake. */
export type UnknownKey = ShownKey & {
  readonly kind: "unknown-key";
  readonly certificate: CertificateRefused | null;
};

/** Full stop: it is not the key that is known, and cannot be accepted here. */
export type ChangedKey = ShownKey & {
  readonly kind: "changed-key";
  readonly known: readonly {
    readonly type: string;
    readonly fingerprint: string;
    readonly file: string;
    readonly line: number;
  }[];
  readonly certificate: CertificateRefused | null;
};

export type Unreachable = {
  readonly kind: "unreachable";
  /** What happened and where; what to do. Both take `values`. */
  readonly what: MessageKey;
  readonly next: MessageKey;
  readonly values: Readonly<Record<string, string>>;
  /** ISO 8601: before this moment nothing is tried unless a person asks. null: at once. */
  readonly retryAt: string | null;
};

/** What stands between us and a host. Crosses the wire: holds no secret. */
export type Barrier =
  | UnknownKey
  | ChangedKey
  | { readonly kind: "secret"; readonly question: Question }
  | Unreachable
  /** Its configuration needs what we do not do; the host's remarks say what. */
  | { readonly kind: "unusable" };
