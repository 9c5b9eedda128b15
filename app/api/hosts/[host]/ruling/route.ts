import { replyTold, replyTrouble } from "@/app/api/reply";
import { packRuling } from "@/lib/wire/ruling";
import { readSnapshotQuery } from "@/server/hosts/rules-query";
import { badQuery, unknownHost } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** `?snapshot=ID` → PackedRuling: all that decides besides the wiring, for a file of this host; 410: that reading is no longer kept. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const snapshot = readSnapshotQuery(new URL(request.url).searchParams);
  if (snapshot === null) return replyTrouble(400, badQuery);
  const told = runtime().hosts.ruling(host, snapshot);
  if (told === null) return replyTrouble(404, unknownHost(host));
  return replyTold(told.status === "told" ? { ...told, value: packRuling(told.value) } : told);
}
