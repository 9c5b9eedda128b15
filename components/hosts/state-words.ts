import type { HostState } from "@/lib/hosts/entry";
import type { MessageKey } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";

/** The state of a host in a few words: `host key to check`. */
export const stateWords = (words: Words, of: HostState): string =>
  words(`hosts.state.${of.state === "barred" ? of.barrier.kind : of.state}` as MessageKey);

export type Tone = "ok" | "waiting" | "bad" | "none";

export const toneOf = (of: HostState): Tone => {
  if (of.state === "ready") return "ok";
  if (of.state !== "barred") return "none";
  const { kind } = of.barrier;
  return kind === "unknown-key" || kind === "secret" ? "waiting" : "bad";
};
