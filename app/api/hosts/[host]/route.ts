import { replyTrouble } from "@/app/api/reply";
import { notRemovable, unknownHost } from "@/server/hosts/trouble";
import { runtime } from "@/server/runtime";

type Context = { readonly params: Promise<{ host: string }> };

/** A HostEntry; nothing is read for it. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  const entry = runtime().hosts.entry(host);
  return entry === null ? replyTrouble(404, unknownHost(host)) : Response.json(entry);
}

/** Takes a host that was added in the page out again; 409: it is named by configuration. */
export async function DELETE(_request: Request, { params }: Context): Promise<Response> {
  const { host } = await params;
  switch (await runtime().hosts.remove(host)) {
    case "removed":
      return new Response(null, { status: 204 });
    case "not-removable":
      return replyTrouble(409, notRemovable);
    case "unknown-host":
      return replyTrouble(404, unknownHost(host));
  }
}
