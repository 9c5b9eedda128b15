import type { GapReason } from "@/lib/facts/model";
import type { EngineReply } from "./port";

export const unreachable = (why: GapReason): boolean =>
  why.reason === "no-engine" || why.reason === "engine-denied";

/** The first engine that answers. Of those that do not, one that is there but denied says more. */
export async function firstEngine<Door>(
  doors: readonly Door[],
  ask: (door: Door) => Promise<EngineReply>,
): Promise<EngineReply> {
  const missing: EngineReply[] = [];
  for (const door of doors) {
    const reply = await ask(door);
    if (reply.status === "answered" || !unreachable(reply.why)) return reply;
    missing.push(reply);
  }
  const denied = missing.find(
    (reply) => reply.status === "missing" && reply.why.reason === "engine-denied",
  );
  const [first] = missing;
  return denied ?? first ?? { status: "missing", why: { reason: "no-engine", socket: "" } };
}
