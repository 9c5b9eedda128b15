import { writeFile } from "node:fs/promises";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import { pictureName, textName } from "@/lib/render/picture-file";
import { dot } from "@/lib/share/dot";
import { factsText } from "@/lib/share/facts-text";
import { mermaid } from "@/lib/share/mermaid";
import { drawnTopology } from "@/lib/share/net-names";
import { markdown, pairsCsv } from "@/lib/share/text-tables";
import { topologyJson } from "@/lib/share/topology-file";
import { pngOf, shownGraph, svgOf } from "@/server/picture/drawn-host";
import { codeOf } from "@/server/store/data-folder";
import type { Format } from "./formats";
import type { Given, Sent } from "./opened-snapshot";
import type { Output, Target } from "./options";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";

type Made =
  | { readonly status: "made"; readonly bytes: string | Uint8Array }
  | { readonly status: "not-made"; readonly why: string };

const made = (bytes: string | Uint8Array): Made => ({ status: "made", bytes });

async function picture({ snapshot, trouble }: Sent, output: Output, words: Words): Promise<Made> {
  const png = await pngOf(snapshot, output, output.scale, words, trouble());
  if (png.status === "drawn") return made(png.bytes);
  return {
    status: "not-made",
    why: words("cli.pngTooLarge", { width: png.width, height: png.height }),
  };
}

/** The bytes of one format. */
async function bytesOf(
  { format }: Target,
  sent: Sent,
  { facts }: Given,
  output: Output,
  words: Words,
): Promise<Made> {
  const { snapshot } = sent;
  switch (format) {
    case "png":
      return picture(sent, output, words);
    case "svg":
      return made(svgOf(snapshot, output, words, sent.trouble()));
    case "json":
      return made(topologyJson(snapshot));
    case "dot":
      return made(dot(shownGraph(snapshot, words), snapshot.shown.title));
    case "mmd":
      return made(mermaid(shownGraph(snapshot, words), snapshot.shown.title));
    case "md":
      return made(markdown(drawnTopology(snapshot), words, snapshot.shown.title));
    case "csv":
      return made(pairsCsv(drawnTopology(snapshot), words));
    case "facts.json":
      return facts === null
        ? { status: "not-made", why: words("cli.noFacts") }
        : made(factsText(facts));
  }
}

const toStdout = "-";

/** Facts hold what a host said, whatever else may be asked for: nobody else of this machine reads them. */
const modeOf = ({ format }: Target): number => (format === "facts.json" ? 0o600 : 0o666);

async function put(
  target: Target,
  bytes: string | Uint8Array,
  terminal: Terminal,
): Promise<boolean> {
  const { words, err, out } = terminal;
  if (target.path === toStdout) {
    out(bytes);
    return true;
  }
  try {
    await writeFile(target.path, bytes, { mode: modeOf(target) });
    return true;
  } catch (error) {
    err(`${words("cli.unwritable", { file: visible(target.path), code: codeOf(error) })}\n`);
    return false;
  }
}

const redactionSaid = (
  targets: readonly Target[],
  { snapshot, replaced }: Sent,
  words: Words,
): string | null => {
  if (targets.some(({ format }) => format === "facts.json")) return words("cli.factsWarning");
  if (replaced > 0) return words("cli.replaced", { n: replaced });
  return snapshot.shown.redaction === "none" ? words("cli.notRedacted") : null;
};

/** What one has to know of files before they are sent: a sentence in each line. */
const warnings = (written: readonly Target[], sent: Sent, words: Words): string => {
  if (written.length === 0) return "";
  const untitled = sent.untitled ? words("cli.untitled") : null;
  const said = [redactionSaid(written, sent, words), untitled];
  return said.flatMap((line) => (line === null ? [] : `${line}\n`)).join("");
};

const opensAgain = (format: Format): format is "png" | "svg" | "json" =>
  format === "png" || format === "svg" || format === "json";

/** Where nothing says where to: beside, named after the host. */
const usualTarget = (host: string, format: Format): Target => ({
  path: opensAgain(format) ? pictureName(host, format) : textName(host, format),
  format,
});

export type Written = { readonly code: ExitCode; readonly files: readonly Target[] };

/** Makes and writes every file that was asked for, and says which, and what is in them. */
export async function writeFiles(
  given: Given,
  sent: Sent,
  output: Output,
  terminal: Terminal,
): Promise<Written> {
  const { words, err } = terminal;
  const targets =
    output.targets.length === 0
      ? [usualTarget(sent.snapshot.topology.host.name, output.format)]
      : output.targets;
  const files: Target[] = [];
  for (const target of targets) {
    const bytes = await bytesOf(target, sent, given, output, words);
    if (bytes.status === "not-made") err(`${bytes.why}\n`);
    else if (await put(target, bytes.bytes, terminal)) {
      files.push(target);
      if (target.path !== toStdout) err(`${words("cli.wrote", { file: visible(target.path) })}\n`);
    }
  }
  err(warnings(files, sent, words));
  return { code: files.length === targets.length ? exitCodes.done : exitCodes.notWritten, files };
}
