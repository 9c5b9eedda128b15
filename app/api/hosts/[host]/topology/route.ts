import { replyLook } from "@/app/api/reply";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** `{ snapshot, topology }` of the latest reading; the first to ask makes it be read. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  return replyLook(await runtime().hosts.snapshot(host));
}
