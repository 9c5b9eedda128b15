import type { Question } from "@/lib/hosts/barrier";

/** Where a connection asks for a secret and a person's answer reaches it. In memory only. */
export type SecretDesk = {
  readonly ask: (question: Question) => Promise<string | null>;
  /** The latest question that has no answer yet; it stays when nobody answered in time. */
  readonly open: () => Question | null;
  /** false: nothing was asked. An answer that comes too late waits for the same question. */
  readonly answer: (secret: string) => boolean;
  /** Nothing more will be answered. */
  readonly close: () => void;
};

/** sshd shows those out who have not logged in after two minutes. */
const patienceMs = 100_000;

/** `onAsked`: told of each question that only a person can answer. */
export const secretDesk = (
  onAsked: (question: Question) => void,
  patience: number = patienceMs,
): SecretDesk => {
  let question: Question | null = null;
  let waiting: ((secret: string | null) => void) | null = null;
  let early: { readonly to: Question; readonly secret: string } | null = null;
  let closed = false;

  return {
    ask: (asked) => {
      if (closed) return Promise.resolve(null);
      const kept = early;
      early = null;
      if (kept !== null && sameQuestion(kept.to, asked)) return Promise.resolve(kept.secret);
      question = asked;
      const { promise, resolve } = Promise.withResolvers<string | null>();
      const timer = setTimeout(() => {
        waiting = null;
        resolve(null);
      }, patience);
      waiting = (secret) => {
        clearTimeout(timer);
        waiting = null;
        resolve(secret);
      };
      onAsked(asked);
      return promise;
    },
    open: () => question,
    answer: (secret) => {
      if (question === null) return false;
      if (waiting === null) early = { to: question, secret };
      question = null;
      waiting?.(secret);
      return true;
    },
    close: () => {
      closed = true;
      question = null;
      early = null;
      waiting?.(null);
    },
  };
};

/** A question that is asked again because the answer was wrong is another one; one that was not answered is not. */
const sameQuestion = (a: Question, b: Question): boolean =>
  a.kind === b.kind &&
  a.where === b.where &&
  fileOrPrompt(a) === fileOrPrompt(b) &&
  !("again" in b && b.again);

const fileOrPrompt = (question: Question): string => {
  switch (question.kind) {
    case "passphrase":
      return question.file;
    case "keyboard-interactive":
      return question.prompt;
    case "password":
      return "";
  }
};
