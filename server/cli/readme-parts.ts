import { catalogue } from "@/lib/probes/catalogue";
import type { Probe, Scope } from "@/lib/probes/define";
import { otherFormsOf, shownAs } from "@/lib/probes/shown";
import { codeMap } from "./readme-rooms";

const where: Readonly<Record<Scope, string>> = {
  machine: "once",
  netns: "in every network namespace",
  "host-netns": "in the host's namespace",
  observer: "where a link is still open",
  tunnel: "where a vxlan is",
  filtering: "where a bridge filters VLANs",
  held: "once, where two namespaces without a process are linked",
  engine: "of the engine",
  rules: "in the host's namespace; in a container's when a person asks for its rules",
  opened: "when a person opens what tells of it",
};

/** A pipe would end the table's cell. */
const cell = (text: string): string => text.replaceAll("|", "\\|");

/** The command, and what is asked in its place where the host has not the tools for it. */
const formsOf = (probe: Probe<unknown>): string =>
  [
    `\`${cell(shownAs(probe.ask))}\``,
    ...otherFormsOf(probe).map(
      ({ unless, form }) => `or, unless \`${cell(unless)}\`: \`${cell(form)}\``,
    ),
  ].join("<br>");

/** Every question that is ever asked of a host, as a Markdown table. */
const questionTable = (): string =>
  [
    "| command | asked | needs | why |",
    "|---|---|---|---|",
    ...catalogue.map(
      (probe) => `| ${formsOf(probe)} | ${where[probe.scope]} | ${probe.right} | ${probe.why} |`,
    ),
  ].join("\n");

const parts: Readonly<Record<string, () => string>> = { commands: questionTable, map: codeMap };

/** The README with its generated parts as the code has them now; they stand between marked comments. */
export const withGeneratedParts = (readme: string): string =>
  Object.entries(parts).reduce((text, [name, make]) => {
    const part = new RegExp(`(<!-- generated: ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`);
    return text.replace(part, (_, begin: string, end: string) => `${begin}${make()}\n${end}`);
  }, readme);
