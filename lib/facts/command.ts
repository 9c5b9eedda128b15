import { shellQuote } from "@/lib/net/shell-quote";
import type { Answer } from "./model";

/** What was asked, as one would type it; `nsenter` leads into the namespace. */
export const commandOf = ({ asked, entered }: Pick<Answer, "asked" | "entered">): string => {
  if (asked.kind === "engine") return `GET ${asked.path}`;
  const enter = entered === null ? [] : ["nsenter", `--net=${entered}`];
  return shellQuote([...enter, ...asked.argv]);
};
