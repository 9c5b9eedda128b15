import { replyLook } from "@/app/api/reply";
import { bodyOf, readShown } from "@/server/hosts/said";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** Reads the host anew: `{ snapshot, topology }`; asked with `{ from: SNAPSHOT }`, while that is kept, what changed since. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const { hosts } = runtime();
  // Taken now: when the host has been read, it may be one too old to be kept.
  const from = hosts.kept(host, readShown(await bodyOf(request)) ?? "");
  return replyLook(await hosts.refresh(host), from);
}
