import type { Look } from "@/server/hosts/hosts";
import type { Trouble } from "@/server/hosts/trouble";

/** `{ error: MessageKey, values }`, in the words of lib/messages. */
export const replyTrouble = (status: number, trouble: Trouble): Response =>
  Response.json(trouble, { status });

/** `{ snapshot: its id, topology }`; 404 no such host, 500 our bug. */
export const replyLook = (look: Look): Response => {
  switch (look.status) {
    case "ready":
      return Response.json({ snapshot: look.snapshot.id, topology: look.snapshot.topology });
    case "unknown-host":
      return replyTrouble(404, look.trouble);
    case "failed":
      return replyTrouble(500, look.trouble);
  }
};
