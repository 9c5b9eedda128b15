import { replyLook } from "@/app/api/reply";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** Reads the host anew: `{ snapshot, topology }`. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  return replyLook(await runtime().hosts.refresh(host));
}
