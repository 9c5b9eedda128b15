import type { MessageKey } from "@/lib/messages/keys";

/** Why there is no answer, as a message for a person: `{ error, values }` is what API errors are made of. */
export type Trouble = {
  readonly error: MessageKey;
  readonly values: Readonly<Record<string, string>>;
};

export const unknownHost = (host: string): Trouble => ({
  error: "runtime.unknown",
  values: { host },
});

/** The name of the error only: its message may hold what the host printed. */
export const gatherFailed = (host: string, error: unknown): Trouble => ({
  error: "runtime.gatherFailed",
  values: { host, error: error instanceof Error ? error.name : typeof error },
});

export const stopping: Trouble = { error: "runtime.stopping", values: {} };
export const snapshotGone: Trouble = { error: "runtime.snapshotGone", values: {} };
export const noSuchThing: Trouble = { error: "runtime.noSuchThing", values: {} };
export const badQuery: Trouble = { error: "runtime.badQuery", values: {} };
export const badRequest: Trouble = { error: "hosts.add.badRequest", values: {} };
export const notRemovable: Trouble = { error: "hosts.add.notRemovable", values: {} };
