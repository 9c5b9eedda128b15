import type { Words } from "@/lib/messages/words";
import { dot } from "@/lib/share/dot";
import { mermaid } from "@/lib/share/mermaid";
import { markdown, pairsCsv } from "@/lib/share/text-tables";
import { topologyJson } from "@/lib/share/topology-file";
import type { Choices, Format, Frozen } from "./choices";
import { graphOf, printedOf, type Redaction, snapshotOf } from "./prepare";

export type TextFormat = Exclude<Format, "png" | "svg" | "link">;

/** The host as text of a format. */
export function textOf(
  format: TextFormat,
  redaction: Redaction,
  frozen: Frozen,
  choices: Choices,
  words: Words,
): string {
  switch (format) {
    case "json":
      return topologyJson(snapshotOf(redaction, frozen, choices));
    case "dot":
      return dot(graphOf(redaction, frozen, choices, words));
    case "mmd":
      return mermaid(graphOf(redaction, frozen, choices, words));
    case "md":
      return markdown(
        printedOf(redaction, choices),
        words,
        choices.title === "" ? null : choices.title,
      );
    case "csv":
      return pairsCsv(printedOf(redaction, choices), words);
  }
}
