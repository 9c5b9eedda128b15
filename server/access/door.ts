import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { entered, type Reader, refusal, type Said } from "./answers";
import { type Asked, decide, listening } from "./decide";
import { securityHeaders } from "./headers";
import type { Links } from "./links";
import { acceptedLocale, linkedLocale } from "./locale";
import type { Sessions } from "./session";

/** Stands before everything that Vethscope answers. */
export type Door = {
  /** true: it may pass, and carries the headers that the page needs. Else it is answered already. */
  readonly admit: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** The same for a change of protocol; refused ones are answered and closed. */
  readonly admitUpgrade: (request: IncomingMessage, socket: Duplex) => boolean;
};

export type DoorOptions = {
  readonly port: number;
  readonly dev: boolean;
  readonly links: Links;
  readonly sessions: Sessions;
};

type Answered = Said & { readonly cookie?: string };

export const door = ({ port, dev, links, sessions }: DoorOptions): Door => {
  /** What to say to it, and the cookie if it signs in now; null: it may pass. */
  const judge = (request: IncomingMessage, nonce: string): Answered | null => {
    const signedIn = sessions.knows(request.headers.cookie);
    const decision = decide(asked(request), port, signedIn);
    const reader = readerOf(request, nonce, port);
    switch (decision.kind) {
      case "pass":
        return null;
      case "refuse":
        return refusal(decision.why, reader);
      case "enter":
        if (links.spend(decision.token)) return { ...entered(reader), cookie: sessions.start() };
        // A browser that reopens its last tabs comes back with a spent link.
        return signedIn ? entered(reader) : refusal("link", reader);
    }
  };

  return {
    admit: (request, response) => {
      const nonce = randomBytes(16).toString("base64");
      const headers = securityHeaders(nonce, dev);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      const said = judge(request, nonce);
      if (said === null) handOver(request, nonce, headers["content-security-policy"]);
      else say(said, request, response);
      return said === null;
    },
    admitUpgrade: (request, socket) => {
      const nonce = randomBytes(16).toString("base64");
      const said = judge(request, nonce);
      if (said === null) return true;
      const headers = {
        ...securityHeaders(nonce, dev),
        "content-type": said.type,
        "content-length": `${Buffer.byteLength(said.body)}`,
        connection: "close",
      };
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const status = `${said.status} ${STATUS_CODES[said.status] ?? ""}`;
      socket.on("error", () => socket.destroy());
      socket.end(`HTTP/1.1 ${status}\r\n${head.join("")}\r\n${said.body}`);
      return false;
    },
  };
};

/**
 * What the pages are told in request headers, whatever the browser sent there: Next reads the nonce
 * for its own scripts from the policy; a language in the link holds on every page.
 */
const handOver = (
  { headers, url }: IncomingMessage,
  nonce: string,
  policy: string | undefined,
): void => {
  headers["x-lang"] = linkedLocale(url) ?? "";
  headers["content-security-policy"] = policy;
  delete headers["content-security-policy-report-only"];
  headers["x-nonce"] = nonce;
};

const say = (said: Answered, { method }: IncomingMessage, response: ServerResponse): void => {
  if (said.cookie !== undefined) response.setHeader("set-cookie", said.cookie);
  // A refused body is not read: what follows it on the connection would be taken for a request.
  if (method !== "GET") response.setHeader("connection", "close");
  response.writeHead(said.status, { "content-type": said.type });
  response.end(method === "HEAD" ? undefined : said.body);
};

const asked = ({ method = "", url = "", headers }: IncomingMessage): Asked => ({
  method,
  url,
  host: headers.host,
  origin: headers.origin,
  site: one(headers["sec-fetch-site"]),
  mode: one(headers["sec-fetch-mode"]),
  dest: one(headers["sec-fetch-dest"]),
  purpose: one(headers["sec-purpose"]) ?? one(headers["purpose"]),
  upgrade: headers.upgrade !== undefined,
});

const readerOf = (
  { url = "/", headers }: IncomingMessage,
  nonce: string,
  port: number,
): Reader => ({
  locale: acceptedLocale(headers["accept-language"]),
  html: !url.startsWith("/api/") && (headers.accept ?? "").includes("text/html"),
  nonce,
  path: url,
  address: listening(port)[0] ?? "",
});

const one = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" ? value : value?.[0];
