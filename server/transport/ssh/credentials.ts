import { readFile } from "node:fs/promises";
import type { AnyAuthMethod, NextAuthHandler, ParsedKey } from "ssh2";
import ssh2 from "ssh2";
import { agentOfKeys } from "./agent";
import type { SshTarget } from "./target";
import { type UnusableKey, whereIs } from "./trouble";

/** A question to the person. `echo`: what is typed may be seen. `again`: the last answer was wrong. */
export type Prompt =
  | {
      readonly kind: "passphrase";
      readonly where: string;
      readonly file: string;
      readonly again: boolean;
    }
  | { readonly kind: "password"; readonly where: string; readonly again: boolean }
  /** The host's own words: hostile text. */
  | {
      readonly kind: "keyboard-interactive";
      readonly where: string;
      readonly instructions: string;
      readonly prompt: string;
      readonly echo: boolean;
    };

/** null: no answer. What is answered is kept in memory only. */
export type Ask = (prompt: Prompt) => Promise<string | null>;

export type Credentials = {
  readonly next: (
    methodsLeft: readonly string[] | null,
    partly: boolean | null,
    answer: NextAuthHandler,
  ) => void;
  /** Methods that were used so far, by their names in SSH. */
  readonly tried: () => readonly string[];
  /** What the host would still take, as it said last. */
  readonly wanted: () => readonly string[];
  /** A question was left unanswered. */
  readonly unanswered: () => boolean;
  /** Keys that were named and could not be offered. */
  readonly unusable: () => readonly UnusableKey[];
};

const attempts = 3;
const needsPassphrase = /no passphrase given/;

const parsed = (text: string, passphrase?: string): ParsedKey | Error => {
  const made = ssh2.utils.parseKey(text, passphrase);
  return Array.isArray(made) ? (made[0] ?? new Error("empty")) : made;
};

/** `ENOENT: no such file or directory, open '/nope'`: the file is named beside it. */
const faultOf = (error: unknown): Error =>
  new Error(error instanceof Error ? error.message.replace(/, \w+(?: '.*')?$/s, "") : "");

const textOf = (file: string): Promise<string | Error> => readFile(file, "utf8").catch(faultOf);

/** Of several files: the keys that can be used at once, the files that want their passphrase, and those of no use. */
async function keysIn(files: readonly string[]) {
  const keys: ParsedKey[] = [];
  const locked: string[] = [];
  const unusable: UnusableKey[] = [];
  for (const file of files) {
    const text = await textOf(file);
    const key = text instanceof Error ? text : parsed(text);
    if (!(key instanceof Error)) keys.push(key);
    else if (needsPassphrase.test(key.message)) locked.push(file);
    else unusable.push({ file, words: key.message.slice(0, 300) });
  }
  return { keys, locked, unusable };
}

type Offer = { readonly method: string; readonly make: () => Promise<AnyAuthMethod | null> };

/**
 * What a host is offered, in order: keys that need no question, the agent, keys that need their
 * passphrase, password, keyboard-interactive. The agent comes second: sshd ends a connection after six
 * keys, and an agent may hold more. Throws nothing: what cannot be read or was not answered is left out.
 */
export function credentials(
  target: SshTarget,
  agent: string | undefined,
  askPerson: Ask,
): Credentials {
  const where = whereIs(target);
  const username = target.user;
  const tried = new Set<string>();
  let wanted: readonly string[] = [];
  let unanswered = false;
  let unusable: readonly UnusableKey[] = [];
  /** The host took one method and wants another as well. */
  let severalWanted = false;

  const ask: Ask = async (prompt) => {
    const said = await askPerson(prompt);
    if (said === null) unanswered = true;
    return said;
  };

  const unlocked = async (file: string): Promise<ParsedKey | null> => {
    const text = await textOf(file);
    if (text instanceof Error) return null;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const said = await ask({ kind: "passphrase", where, file, again: attempt > 0 });
      if (said === null) return null;
      const key = parsed(text, said);
      if (!(key instanceof Error)) return key;
    }
    return null;
  };

  const keyOffer = (key: ParsedKey | null): AnyAuthMethod | null =>
    key === null ? null : { type: "publickey", username, key };

  const passwordOffer = (again: boolean): Offer => ({
    method: "password",
    make: async () => {
      const password = await ask({ kind: "password", where, again });
      return password === null ? null : { type: "password", username, password };
    },
  });

  const answerAll = async (
    instructions: string,
    prompts: readonly { readonly prompt: string; readonly echo?: boolean }[],
    finish: (answers: string[]) => void,
  ): Promise<void> => {
    const answers: string[] = [];
    for (const { prompt, echo = false } of prompts) {
      const question = { kind: "keyboard-interactive", where, instructions, prompt, echo } as const;
      answers.push(unanswered ? "" : ((await ask(question)) ?? ""));
    }
    finish(answers);
  };

  const keyboardOffer: Offer = {
    method: "keyboard-interactive",
    make: async () => ({
      type: "keyboard-interactive",
      username,
      prompt: (_name, instructions, _language, prompts, finish) => {
        void answerAll(instructions, prompts, finish);
      },
    }),
  };

  const keyOffers = (keys: readonly ParsedKey[]): readonly Offer[] =>
    keys.map((key) => ({ method: "publickey", make: async () => keyOffer(key) }));
  const agentOffer = async (socket: string): Promise<AnyAuthMethod> => {
    const agent = target.identitiesOnly ? await agentOfKeys(socket, target.identityFiles) : socket;
    return { type: "agent", username, agent };
  };
  const agentOffers = (socket = target.agent ?? agent): readonly Offer[] =>
    socket === undefined || socket === ""
      ? []
      : [{ method: "publickey", make: () => agentOffer(socket) }];
  const lockedOffers = (files: readonly string[]): readonly Offer[] =>
    files.map((file) => ({
      method: "publickey",
      make: async () => keyOffer(await unlocked(file)),
    }));

  const allOffers = async (): Promise<Offer[]> => {
    const { keys, locked, ...rest } = await keysIn(target.identityFiles);
    unusable = rest.unusable;
    const times = Array.from({ length: attempts }, (_, attempt) => attempt);
    return [
      ...keyOffers(keys),
      ...agentOffers(),
      ...lockedOffers(locked),
      ...times.map((attempt) => passwordOffer(attempt > 0)),
      ...times.map(() => keyboardOffer),
    ];
  };

  /** Where either would do, password and keyboard-interactive ask for the same password. */
  const fits = (offer: Offer): boolean =>
    wanted.includes(offer.method) &&
    target.without?.includes(offer.method) !== true &&
    !(offer === keyboardOffer && tried.has("password") && !severalWanted);

  let rest: Offer[] | null = null;
  const nextOffer = async (): Promise<AnyAuthMethod | false> => {
    if (rest === null) {
      rest = await allOffers();
      // What an account without any credential answers, and how the host says which methods it takes.
      return { type: "none", username };
    }
    for (let offer = rest.shift(); offer !== undefined && !unanswered; offer = rest.shift()) {
      const method = fits(offer) ? await offer.make() : null;
      if (method === null) continue;
      tried.add(offer.method);
      return method;
    }
    return false;
  };

  return {
    next: (methodsLeft, partly, answer) => {
      wanted = methodsLeft ?? wanted;
      severalWanted ||= partly === true;
      void nextOffer().then((offer) => answer(offer === false ? (false as never) : offer));
    },
    tried: () => [...tried],
    wanted: () => wanted,
    unanswered: () => unanswered,
    unusable: () => unusable,
  };
}
