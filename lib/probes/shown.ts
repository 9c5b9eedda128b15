import { shellQuote } from "@/lib/net/shell-quote";
import type { Ask, Probe } from "./define";

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

/** `ip` of iproute2 before 4.14 and of BusyBox (no counters, no namespaces): server/gather/script.ts. */
function otherIps(line: string): readonly OtherForm[] {
  const text = { unless: "ip -j -V", form: `ip -d -s ${line}` };
  if (line.startsWith("netns ")) return [text];
  const form = line === "addr show" ? "ip addr show; cat /proc/net/dev" : `ip ${line}`;
  return [text, { unless: "ip -V", form }];
}

/** `unless`: what is run after a form has failed; it says that the host has what that form needs. */
export type OtherForm = { readonly unless: string; readonly form: string };

/** The other forms of a question, for hosts without the tools of the first; best first. */
export const otherFormsOf = ({ ask, otherwise = [] }: Probe<unknown>): readonly OtherForm[] =>
  ask.kind === "ip-batch"
    ? otherIps(ask.line)
    : otherwise.map(({ unless, ask: other }) => ({ unless, form: shownAs(other) }));
