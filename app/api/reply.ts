import type { Barrier } from "@/lib/hosts/barrier";
import { difference } from "@/lib/wire/find-difference";
import { pack } from "@/lib/wire/wire";
import { barrierTrouble } from "@/server/hosts/barrier";
import type { Look, Snapshot, Told } from "@/server/hosts/held-host";
import type { Said } from "@/server/hosts/hosts";
import { noSuchThing, snapshotGone, type Trouble } from "@/server/hosts/trouble";

/** `{ error: MessageKey, values }`, in the words of lib/messages. */
export const replyTrouble = (status: number, trouble: Trouble): Response =>
  Response.json(trouble, { status });

/** 503: it may answer later; 409: a person has to do something first. */
const replyBarrier = (barrier: Barrier): Response =>
  Response.json(
    { ...barrierTrouble(barrier), barrier },
    { status: barrier.kind === "unreachable" ? 503 : 409 },
  );

/** All of it, or what makes it of the reading `from`, which the asker has: where that is less. */
const readingOf = ({ id, topology, ruled }: Snapshot, from: Snapshot | null) => {
  const changes = from && difference(from.topology, topology);
  return changes
    ? { snapshot: id, from: from.id, difference: changes, ruled }
    : { snapshot: id, topology: pack(topology), ruled };
};

/**
 * `{ snapshot: its id, topology: packed, ruled: what its rules show }`, or from another reading
 * `{ snapshot, from, difference, ruled }`; 404 no such host, 409 and 503 `{ error, values, barrier }`, 500 our bug.
 */
export const replyLook = (look: Look, from: Snapshot | null = null): Response => {
  switch (look.status) {
    case "ready":
      return Response.json(readingOf(look.snapshot, from));
    case "barred":
      return replyBarrier(look.barrier);
    case "unknown-host":
      return replyTrouble(404, look.trouble);
    case "failed":
      return replyTrouble(500, look.trouble);
  }
};

/** The value; 404: the reading has no such thing, 410: it is no longer kept. */
export const replyTold = (told: Told<unknown>): Response => {
  switch (told.status) {
    case "told":
      return Response.json(told.value);
    case "gone":
      return replyTrouble(410, snapshotGone);
    case "nothing":
      return replyTrouble(404, noSuchThing);
  }
};

/**
 * What a person said was taken: `{ snapshot }` where the host was then read, `{ barrier }` for the next
 * thing that is in the way. 422: it was not what is wanted.
 */
export const replySaid = (said: Said): Response => {
  if (said.status === "unknown-host") return replyTrouble(404, said.trouble);
  if (said.status === "refused") return replyTrouble(422, said.trouble);
  const { look } = said;
  if (look.status === "ready") return Response.json({ snapshot: look.snapshot.id });
  if (look.status === "barred") return Response.json({ barrier: look.barrier });
  return replyLook(look);
};
