import { replyTold, replyTrouble } from "@/app/api/reply";
import { readWayQuery } from "@/server/hosts/rules-query";
import { badQuery, unknownHost } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/**
 * `?snapshot=ID&into=KEY` (of a port) or `&out=ID` (of a namespace) → Way; 404: no such thing, 410: that reading is no
 * longer kept.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const query = readWayQuery(new URL(request.url).searchParams);
  if (query === null) return replyTrouble(400, badQuery);
  const told = runtime().hosts.way(host, query.snapshot, query.end);
  return told === null ? replyTrouble(404, unknownHost(host)) : replyTold(told);
}
