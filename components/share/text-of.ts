import type { Words } from "@/lib/messages/words";
import { dot } from "@/lib/share/dot";
import { mermaid } from "@/lib/share/mermaid";
import { markdown, pairsCsv } from "@/lib/share/text-tables";
import { topologyJson } from "@/lib/share/topology-file";
import type { Choices, Format, Frozen } from "./choices";
import { graphOf, printedOf, type Redaction, snapshotOf } from "./prepare";

export type TextFormat = Exclude<Format, "png" | "svg" | "link" | "facts">;

/** The host as text of a format. */
export function textOf(
  format: TextFormat,
  redaction: Redaction,
  frozen: Frozen,
  choices: Choices,
  words: Words,
): string {
  const title = choices.title === "" ? null : choices.title;
  switch (format) {
    case "json":
      return topologyJson(snapshotOf(redaction, frozen, choices));
    case "dot":
      return dot(graphOf(redaction, frozen, choices, words), title);
    case "mmd":
      return mermaid(graphOf(redaction, frozen, choices, words), title);
    case "md":
      return markdown(printedOf(redaction, choices), words, title);
    case "csv":
      return pairsCsv(printedOf(redaction, choices), words);
  }
}
