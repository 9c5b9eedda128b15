import { replySaid, replyTrouble } from "@/app/api/reply";
import { bodyOf, readKeyAnswer } from "@/server/hosts/said";
import { badRequest } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/**
 * Accepts the unknown key that the host showed: `{ pasted: the line of ssh-keygen -lf }`, which must
 * be of that key, or `{ unverified: true, fingerprint: the one that was shown }`. A changed key is
 * never accepted here.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const answer = readKeyAnswer(await bodyOf(request));
  if (answer === null) return replyTrouble(400, badRequest);
  return replySaid(await runtime().hosts.acceptKey(host, answer));
}
