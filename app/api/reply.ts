import type { Barrier } from "@/lib/hosts/barrier";
import { pack } from "@/lib/wire/wire";
import { barrierTrouble } from "@/server/hosts/barrier";
import type { Look, Told } from "@/server/hosts/held-host";
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

/** `{ snapshot: its id, topology: packed }`; 404 no such host, 409 and 503 `{ error, values, barrier }`, 500 our bug. */
export const replyLook = (look: Look): Response => {
  switch (look.status) {
    case "ready":
      return Response.json({
        snapshot: look.snapshot.id,
        topology: pack(look.snapshot.topology),
      });
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
