import type { MessageKey } from "@/lib/messages/keys";

/** Something that configuration says and that is not used, or cannot be understood: as a message for a person. */
export type Remark = {
  readonly error: MessageKey;
  readonly values: Readonly<Record<string, string>>;
  /** Where it is written; `line` counts from 1. null: not in a file, or about the file as a whole. */
  readonly at: { readonly file: string; readonly line: number | null } | null;
};

/** Whose settings count: in tests another home, another user. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Who runs Vethscope: ssh's user where none is named. */
  readonly user: string;
};
