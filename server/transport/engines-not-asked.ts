import type { GapReason } from "@/lib/facts/model";
import type { EngineLimits } from "./engine";
import type { EngineReply } from "./port";

/** What a socket's engine answered to `/info`. */
export type Introduced = { readonly socket: string; readonly reply: EngineReply };

/** For an engine that is not shown nobody waits as long as for the one that is. */
export const introduction = (limits: EngineLimits): EngineLimits => ({
  ...limits,
  deadlineMs: Math.min(limits.deadlineMs, 3000),
});

/** What the engine calls itself; null: nothing. */
function idOf({ reply }: Introduced): string | null {
  if (reply.status === "missing") return null;
  const info: unknown = JSON.parse(reply.body);
  const id = typeof info === "object" && info !== null && "ID" in info ? info.ID : null;
  return typeof id === "string" && id !== "" ? id : null;
}

/**
 * The engines that answer besides the one that is shown, and those that refuse to. One that listens on two sockets says the same
 * ID on both; of those that say none, each socket counts. Docker before 23 keeps its ID in /etc/docker:
 * two daemons that share that folder (rootless ones do not) look like one.
 */
export function enginesNotAsked(
  shown: Introduced,
  others: readonly Introduced[],
): readonly GapReason[] {
  const known = new Set([idOf(shown)]);
  return others.flatMap((other): readonly GapReason[] => {
    const id = idOf(other);
    const { reply } = other;
    if (reply.status === "missing") return reply.why.reason === "engine-denied" ? [reply.why] : [];
    if (id !== null && known.has(id)) return [];
    known.add(id);
    return [{ reason: "engine-not-asked", socket: other.socket, asked: shown.socket }];
  });
}
