import { replyTold, replyTrouble } from "@/app/api/reply";
import { packRules } from "@/lib/wire/rules";
import { readRulesQuery } from "@/server/hosts/rules-query";
import { badQuery, unknownHost } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/**
 * `?snapshot=ID&netns=ID` → PackedRules of that namespace; a container's is asked now. 404: no such host or
 * namespace, 410: that reading is no longer kept.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const query = readRulesQuery(new URL(request.url).searchParams);
  if (query === null) return replyTrouble(400, badQuery);
  const told = await runtime().hosts.rules(host, query.snapshot, query.netns);
  if (told === null) return replyTrouble(404, unknownHost(host));
  return replyTold(told.status === "told" ? { ...told, value: packRules(told.value) } : told);
}
