import { replySaid, replyTrouble } from "@/app/api/reply";
import { bodyOf, readSecret } from "@/server/hosts/said";
import { badRequest } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** `{ secret }`: answers the question that the host's barrier shows. Kept in memory only, never logged. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const secret = readSecret(await bodyOf(request));
  if (secret === null) return replyTrouble(400, badRequest);
  return replySaid(await runtime().hosts.answer(host, secret));
}
