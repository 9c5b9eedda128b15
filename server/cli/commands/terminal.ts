import type { Words } from "@/lib/messages/words";

/** Where a command reads and writes: results on `out`, all else on `err`. Texts end with their line end. */
export type Terminal = {
  readonly words: Words;
  readonly out: (text: string | Uint8Array) => void;
  readonly err: (text: string) => void;
  /** A person sees `err` as it is written. */
  readonly watched: boolean;
  /** What a person types, unseen where `hidden`; null: nobody is there to ask. */
  readonly ask: ((prompt: string, hidden: boolean) => Promise<string>) | null;
  readonly stdin: () => AsyncIterable<Uint8Array>;
};

/** Documented in the help, for scripts: they stay what they are. */
export const exitCodes = {
  done: 0,
  bug: 1,
  usage: 2,
  notReached: 3,
  hostKey: 4,
  notOpened: 5,
  notWritten: 6,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const unseen = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

const spelled = (letters: string): string =>
  Array.from(
    { length: letters.length },
    (_, at) => `\\u${letters.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");

/** JSON that a terminal shows as it is: what cannot be seen is escaped, as JSON has it. One line end at its end. */
export const printedJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(unseen, spelled)}\n`;
