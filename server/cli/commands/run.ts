import { collectScript } from "@/server/gather/collect/collect-script";
import { helpText, misuseText } from "./help";
import { asWanted, fromFacts, type Given, type GivenFile, openGiven } from "./opened-snapshot";
import { type Command, type Output, readCommand, type Wanted } from "./options";
import { pairsJson, pairsText } from "./pairs-output";
import { readHost } from "./read-host";
import { gapLines, summaryOf, summaryText } from "./summary";
import { type ExitCode, exitCodes, printedJson, type Terminal } from "./terminal";
import { version } from "./version";
import { writeFiles } from "./written-files";

type Of<Kind extends Command["kind"]> = Extract<Command, { kind: Kind }>;

/** What is asked of: a host, read now, or a file. */
async function givenBy(from: Of<"pairs">["from"], terminal: Terminal): Promise<GivenFile> {
  if (from.kind === "file") return openGiven(from.file, terminal);
  const read = await readHost(from, terminal);
  return read.status === "read"
    ? { status: "opened", ...fromFacts(read.facts) }
    : { status: "not-opened", code: read.code };
}

async function write(given: Given, output: Output, terminal: Terminal): Promise<ExitCode> {
  const sent = asWanted(given.snapshot, output.wanted);
  const { code, files } = await writeFiles(given, sent, output, terminal);
  const { topology, shown } = sent.snapshot;
  terminal.err(gapLines(topology.gaps, terminal.words));
  if (output.json) {
    const { name: host, at } = topology.host;
    const { redaction } = shown;
    const { replaced } = sent;
    terminal.out(printedJson({ host, at, redaction, replaced, files, gaps: topology.gaps.length }));
  }
  return code;
}

async function snapshot(command: Of<"snapshot">, terminal: Terminal): Promise<ExitCode> {
  const given = await givenBy({ ...command, kind: "host" }, terminal);
  return given.status === "opened" ? write(given, command, terminal) : given.code;
}

async function render(command: Of<"render">, terminal: Terminal): Promise<ExitCode> {
  const given = await openGiven(command.file, terminal);
  return given.status === "opened" ? write(given, command, terminal) : given.code;
}

const asItIs: Wanted = {
  orientation: null,
  group: null,
  stopped: null,
  redaction: null,
  title: null,
  alias: null,
};

async function pairs(
  { from, redaction, json }: Of<"pairs">,
  terminal: Terminal,
): Promise<ExitCode> {
  const given = await givenBy(from, terminal);
  if (given.status !== "opened") return given.code;
  const { snapshot: sent } = asWanted(given.snapshot, { ...asItIs, redaction });
  const { words, out, err } = terminal;
  out(json ? printedJson(pairsJson(sent)) : pairsText(sent, words));
  err(gapLines(sent.topology.gaps, words));
  return exitCodes.done;
}

async function open({ file, base, json }: Of<"open">, terminal: Terminal): Promise<ExitCode> {
  const given = await openGiven(file, terminal);
  if (given.status !== "opened") return given.code;
  const { words, out, err } = terminal;
  const summary = await summaryOf(given.snapshot, base);
  out(json ? printedJson(summary) : summaryText(summary, words));
  err(gapLines(given.snapshot.topology.gaps, words));
  return exitCodes.done;
}

/** Does what was typed behind `vethscope`; resolves to the status to end with. Throws only our own bugs. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { words, out, err } = terminal;
  const command = readCommand(argv);
  switch (command.kind) {
    case "misused":
      err(`${misuseText(command, words)}\n`);
      return exitCodes.usage;
    case "help":
      out(helpText(command.of, words));
      return exitCodes.done;
    case "version":
      out(`vethscope ${version}\n`);
      return exitCodes.done;
    case "collect-script":
      out(collectScript(words));
      return exitCodes.done;
    case "snapshot":
      return snapshot(command, terminal);
    case "render":
      return render(command, terminal);
    case "pairs":
      return pairs(command, terminal);
    case "open":
      return open(command, terminal);
  }
}
