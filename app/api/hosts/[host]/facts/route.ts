import { replyTrouble } from "@/app/api/reply";
import { readSnapshotQuery } from "@/server/hosts/rules-query";
import { badQuery, snapshotGone } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** `?snapshot=ID` → HostFacts: all that the host said in that reading, word for word; 410: no longer kept. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const snapshot = readSnapshotQuery(new URL(request.url).searchParams);
  if (snapshot === null) return replyTrouble(400, badQuery);
  const kept = runtime().hosts.kept(host, snapshot);
  return kept === null ? replyTrouble(410, snapshotGone) : Response.json(kept.facts);
}
