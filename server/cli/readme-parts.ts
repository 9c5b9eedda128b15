import { catalogue } from "@/lib/probes/catalogue";
import type { Scope } from "@/lib/probes/define";
import { shownAs } from "@/lib/probes/shown";
import { codeMap } from "./readme-rooms";

const where: Readonly<Record<Scope, string>> = {
  machine: "once",
  netns: "in every network namespace",
  "host-netns": "in the host's namespace",
  observer: "where a link is still open",
  engine: "of the engine",
};

/** A pipe would end the table's cell. */
const cell = (text: string): string => text.replaceAll("|", "\\|");

/** Every question that is ever asked of a host, as a Markdown table. */
const questionTable = (): string =>
  [
    "| command | asked | needs | why |",
    "|---|---|---|---|",
    ...catalogue.map(
      ({ ask, scope, right, why }) =>
        `| \`${cell(shownAs(ask))}\` | ${where[scope]} | ${right} | ${why} |`,
    ),
  ].join("\n");

const parts: Readonly<Record<string, () => string>> = { commands: questionTable, map: codeMap };

/** The README with its generated parts as the code has them now; they stand between marked comments. */
export const withGeneratedParts = (readme: string): string =>
  Object.entries(parts).reduce((text, [name, make]) => {
    const part = new RegExp(`(<!-- generated: ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`);
    return text.replace(part, (_, begin: string, end: string) => `${begin}${make()}\n${end}`);
  }, readme);
