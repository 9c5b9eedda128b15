import type { HostEntry } from "@/lib/hosts/entry";
import type { MessageKey } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";

/** The state of a host in a few words: `host key to check`. */
export const stateWords = (words: Words, host: Pick<HostEntry, "state" | "last">): string => {
  const { state: of } = host;
  if (isUntold(host)) return words("hosts.state.untold");
  return words(`hosts.state.${of.state === "barred" ? of.barrier.kind : of.state}` as MessageKey);
};

/** It was reached, and said nothing of itself. */
const isUntold = ({ state, last }: Pick<HostEntry, "state" | "last">): boolean =>
  state.state === "ready" && last?.told === false;

export type Tone = "ok" | "waiting" | "bad" | "none";

export const toneOf = (host: Pick<HostEntry, "state" | "last">): Tone => {
  const { state: of } = host;
  if (isUntold(host)) return "bad";
  if (of.state === "ready") return "ok";
  if (of.state !== "barred") return "none";
  const { kind } = of.barrier;
  return kind === "unknown-key" || kind === "secret" ? "waiting" : "bad";
};
