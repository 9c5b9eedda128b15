import { replyTrouble } from "@/app/api/reply";
import { bodyOf, readLine } from "@/server/hosts/said";
import { badRequest } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

/** `{ hosts: HostEntry[], remarks }`; nothing is read for it. */
export function GET(): Response {
  const { hosts } = runtime();
  return Response.json({ hosts: hosts.list(), remarks: hosts.remarks });
}

/**
 * `{ line: "user@host -p 22" }` → 201 `{ host }`: until Vethscope stops. 200: it is there already. 409: it is
 * configured, and otherwise.
 */
export async function POST(request: Request): Promise<Response> {
  const line = readLine(await bodyOf(request));
  if (line === null) return replyTrouble(400, badRequest);
  const added = runtime().hosts.add(line);
  if (added.status === "unreadable") {
    return replyTrouble(422, { error: "hosts.add.unreadable", values: { part: added.part } });
  }
  if (added.status === "configured") {
    return replyTrouble(409, { error: "hosts.add.configured", values: { name: added.name } });
  }
  return Response.json({ host: added.host }, { status: added.status === "added" ? 201 : 200 });
}

export const dynamic = "force-dynamic";
