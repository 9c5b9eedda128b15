import type { Locale, MessageKey } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import type { Refusal } from "./decide";

/** What the door itself says instead of Vethscope's pages. */
export type Said = { readonly status: number; readonly type: string; readonly body: string };

/** Of one request: how it wants to be answered. `path`: where a person wanted to go. */
export type Reader = {
  readonly locale: Locale;
  readonly html: boolean;
  readonly nonce: string;
  readonly path: string;
  /** The host and port that are right, for those who came by another name. */
  readonly address: string;
};

type Telling = {
  readonly status: number;
  readonly title: MessageKey;
  readonly text: MessageKey;
  /** A link for a person who is signed in already, but came from another site (SameSite=Strict). */
  readonly go?: { readonly label: MessageKey; readonly to: "/" | "path" };
};

const refusals: Readonly<Record<Refusal, Telling>> = {
  malformed: { status: 400, title: "door.malformed.title", text: "door.malformed.text" },
  wrongHost: { status: 421, title: "door.wrongHost.title", text: "door.wrongHost.text" },
  foreign: { status: 403, title: "door.foreign.title", text: "door.foreign.text" },
  signIn: {
    status: 401,
    title: "door.signIn.title",
    text: "door.signIn.text",
    go: { label: "door.signIn.go", to: "path" },
  },
  link: {
    status: 403,
    title: "door.link.title",
    text: "door.link.text",
    go: { label: "door.link.go", to: "/" },
  },
};

/** A page for people, `{ error, values }` for programs. */
export const refusal = (why: Refusal, reader: Reader): Said => {
  const { status, title, text, go } = refusals[why];
  const values = why === "wrongHost" ? { address: reader.address } : {};
  if (!reader.html) {
    return { status, type: "application/json", body: JSON.stringify({ error: text, values }) };
  }
  const link = go && { label: go.label, to: go.to === "/" ? "/" : reader.path };
  return page(reader, { status, title, text, values, ...(link && { link }) });
};

/**
 * The page that a good link leads to. It moves on by itself: the browser holds a Strict cookie back
 * on a redirect that another site began, and sends it on a move that our own page begins.
 */
export const entered = (reader: Reader): Said =>
  page(reader, {
    status: 200,
    title: "door.entering.title",
    text: "door.entering.text",
    values: {},
    link: { label: "door.entering.go", to: "/" },
    head: '<meta http-equiv="refresh" content="0;url=/">',
  });

type Page = {
  readonly status: number;
  readonly title: MessageKey;
  readonly text: MessageKey;
  readonly values: Readonly<Record<string, string>>;
  readonly link?: { readonly label: MessageKey; readonly to: string };
  readonly head?: string;
};

const style = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f7f8fa, #111418); color: light-dark(#1c2127, #e6e9ed) }
main { max-width: 34rem; padding: 2rem }
p.name { margin: 0 0 1.5rem; font-size: .875rem; letter-spacing: .02em; color: light-dark(#5b6470, #9aa4b0) }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.3; font-weight: 650 }
p { margin: 0 0 1.25rem; text-wrap: pretty }
a { color: light-dark(#5b3fd0, #b4a2ff) }
a:focus-visible { outline: 2px solid; outline-offset: 3px; border-radius: 2px }`;

const page = (reader: Reader, { status, title, text, values, link, head = "" }: Page): Said => {
  const words = wordsIn(reader.locale);
  const body = `<!doctype html>
<html lang="${reader.locale}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
${head}<title>${escaped(words(title))} · ${escaped(words("product.name"))}</title>
<link rel="icon" href="data:,"><style nonce="${reader.nonce}">${style}</style></head>
<body><main><p class="name">${escaped(words("product.name"))}</p>
<h1>${escaped(words(title))}</h1><p>${escaped(words(text, values))}</p>
${link ? `<p><a href="${escaped(link.to)}">${escaped(words(link.label))}</a></p>` : ""}
</main></body></html>
`;
  return { status, type: "text/html; charset=utf-8", body };
};

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
