/** What the door looks at of a request. Header values are as Node gives them. */
export type Asked = {
  readonly method: string;
  /** The request target: path and query. */
  readonly url: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site, -Mode, -Dest: browsers send them, pages cannot forge them; curl sends none. */
  readonly site: string | undefined;
  readonly mode: string | undefined;
  readonly dest: string | undefined;
  /** Sec-Purpose: the browser only warms something up. */
  readonly purpose: string | undefined;
  /** A request to change to another protocol (websocket). */
  readonly upgrade: boolean;
};

export type Refusal = "malformed" | "wrongHost" | "foreign" | "signIn" | "link";

export type Decision =
  | { readonly kind: "pass" }
  /** Someone holds a one-time link: let them in if it is good. */
  | { readonly kind: "enter"; readonly token: string }
  | { readonly kind: "refuse"; readonly why: Refusal };

/**
 * Who may pass. The order matters: a foreign Host learns nothing else about us, and a session is
 * worth nothing to another site.
 */
export const decide = (asked: Asked, port: number, signedIn: boolean): Decision => {
  // `*`, absolute URLs (proxies) and `//other.host` mean something else to a router than to us.
  if (!/^\/(?![/\\])/.test(asked.url)) return refuse("malformed");
  if (!listening(port).includes(asked.host ?? "")) return refuse("wrongHost");
  if (isForeign(asked)) return refuse("foreign");
  const token = entryToken(asked);
  if (token !== null) return { kind: "enter", token };
  return signedIn ? { kind: "pass" } : refuse("signIn");
};

/** Every Host that names the address listened on. A name that resolves to it (DNS rebinding) does not. */
export const listening = (port: number): readonly string[] => {
  const names = ["127.0.0.1", "localhost"];
  // Browsers leave out the port that http implies.
  return port === 80 ? names : names.map((name) => `${name}:${port}`);
};

const refuse = (why: Refusal): Decision => ({ kind: "refuse", why });

/** Does something other than our own page, or a person's own navigation, send this? */
const isForeign = (asked: Asked): boolean => {
  const ours = `http://${asked.host}`;
  const reads = ["GET", "HEAD"].includes(asked.method) && !asked.upgrade;
  if (!reads) return asked.origin !== ours;
  if (asked.origin !== undefined && asked.origin !== ours) return true;
  // "same-site" is not us either: all ports of localhost are one site, and share our cookie.
  const elsewhere = asked.site === "cross-site" || asked.site === "same-site";
  return elsewhere && !(asked.mode === "navigate" && asked.dest === "document");
};

/** A HEAD or a prefetch must not spend the link that a person is about to open. */
const entryToken = (asked: Asked): string | null => {
  const [path, query = ""] = asked.url.split("?", 2);
  if (path !== "/enter" || asked.method !== "GET" || asked.upgrade) return null;
  return asked.purpose === undefined ? (new URLSearchParams(query).get("token") ?? "") : null;
};
