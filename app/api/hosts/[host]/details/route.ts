import { replyTold, replyTrouble } from "@/app/api/reply";
import { readDetailsQuery } from "@/server/hosts/details-query";
import { badQuery, unknownHost } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** `?snapshot=ID&of=KEY` → Details, out of what is held; 404: no such thing, 410: no longer kept. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const query = readDetailsQuery(new URL(request.url).searchParams);
  if (query === null) return replyTrouble(400, badQuery);
  const told = runtime().hosts.details(host, query.snapshot, query.of);
  return told === null ? replyTrouble(404, unknownHost(host)) : replyTold(told);
}
