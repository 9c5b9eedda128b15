import { replyTold, replyTrouble } from "@/app/api/reply";
import { readSnapshotQuery } from "@/server/hosts/rules-query";
import { badQuery, unknownHost } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** `?snapshot=ID` → Ports: where each leads, who listens, from where it is reached; 410: that reading is no longer kept. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const snapshot = readSnapshotQuery(new URL(request.url).searchParams);
  if (snapshot === null) return replyTrouble(400, badQuery);
  const told = runtime().hosts.ports(host, snapshot);
  return told === null ? replyTrouble(404, unknownHost(host)) : replyTold(told);
}
