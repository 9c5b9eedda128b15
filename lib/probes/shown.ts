import { shellQuote } from "@/lib/net/shell-quote";
import type { Ask } from "./define";

/** A question as a person would type it; the engine's as a GET of its API. */
export function shownAs(ask: Ask): string {
  switch (ask.kind) {
    case "command":
      return shellQuote(ask.argv);
    case "script":
      return ask.script;
    case "ip-batch":
      return `ip -d -s -j ${ask.line}`;
    case "engine":
      return `GET ${ask.path}`;
  }
}
