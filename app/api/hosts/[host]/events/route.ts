import { replyTrouble } from "@/app/api/reply";
import { eventStream } from "@/server/hosts/event-stream";
import { unknownHost } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** Server-sent events: each message is a HostEvent as JSON. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const { hosts, streams } = runtime();
  const stream = eventStream(host, hosts, streams, request.signal);
  if (stream === null) return replyTrouble(404, unknownHost(host));
  return new Response(stream, {
    // Compression would hold small messages back.
    headers: { "content-type": "text/event-stream", "cache-control": "no-store, no-transform" },
  });
}
