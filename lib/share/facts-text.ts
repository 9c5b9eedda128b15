import type { HostFacts } from "@/lib/facts/model";
import { wordsIn } from "@/lib/messages/words";

/** Stands first in a facts file, for whoever looks into it before sending it: in both languages. */
const factsNotice: string = (["en", "zh-CN"] as const)
  .map((locale) => wordsIn(locale)("cli.factsNotice"))
  .join(" / ");

/** A host's own words as a file: an answer in each line, so that people and `diff` can read it. */
export function factsText({ answers, gaps, format, ...about }: HostFacts): string {
  const list = (rows: readonly unknown[]): string =>
    rows.length === 0 ? "[]" : `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]`;
  const fields = Object.entries({ format, notice: factsNotice, ...about }).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `{\n${[...fields, `"gaps": ${list(gaps)}`, `"answers": ${list(answers)}`].join(",\n")}\n}\n`;
}
