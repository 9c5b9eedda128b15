import { replyTrouble } from "@/app/api/reply";
import { readQuotesQuery } from "@/server/hosts/quotes-query";
import { badQuery, snapshotGone } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** `?snapshot=ID&e=<Evidence as JSON>&e=…` → `(Quote | null)[]` in that order; 410: no longer kept. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const query = readQuotesQuery(new URL(request.url).searchParams);
  if (query === null) return replyTrouble(400, badQuery);
  const quotes = runtime().hosts.quote(host, query.snapshot, query.evidence);
  return quotes === null ? replyTrouble(410, snapshotGone) : Response.json(quotes);
}
