import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { HostFacts } from "@/lib/facts/model";
import type { Trouble } from "@/lib/graph/model";
import { visible } from "@/lib/graph/names";
import { survey } from "@/lib/pipeline";
import type { Bytes } from "@/lib/share/deflate";
import { mostFileBytes } from "@/lib/share/limits";
import { openFile, tooLarge } from "@/lib/share/open-file";
import { stronger } from "@/lib/share/redact";
import { type Refused, refusalText } from "@/lib/share/refusal";
import { renamedKeys } from "@/lib/share/renamed-keys";
import { freeze, plainlyShown, type Shown, type Snapshot } from "@/lib/share/snapshot";
import { troubleIn } from "@/server/picture/drawn-host";
import { codeOf } from "@/server/store/data-folder";
import { boundedBytes } from "./bounded-bytes";
import type { Wanted } from "./options";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";

/** What a host or a file gave; facts only where there are some. */
export type Given = { readonly snapshot: Snapshot; readonly facts: HostFacts | null };

export type GivenFile =
  | ({ readonly status: "opened" } & Given)
  /** All has been said. */
  | { readonly status: "not-opened"; readonly code: ExitCode };

export function fromFacts(facts: HostFacts): Given {
  const { topology, ruling } = survey(facts);
  return { snapshot: freeze(topology, plainlyShown, null, ruling).snapshot, facts };
}

/** null: there is more of it than any file of ours has, and nobody knows how much. */
const bytesOf = async (file: string, stdin: Terminal["stdin"]): Promise<Bytes | Refused | null> => {
  if (file === "-") return boundedBytes(stdin(), mostFileBytes);
  const { size } = await stat(file);
  return tooLarge(size) ?? boundedBytes(createReadStream(file), mostFileBytes);
};

/** A file of Vethscope, told by its bytes; `-`: standard input. What is wrong with it is said. */
export async function openGiven(file: string, { words, err, stdin }: Terminal): Promise<GivenFile> {
  const refuse = (line: string): GivenFile => {
    err(`${line}\n`);
    return { status: "not-opened", code: exitCodes.notOpened };
  };
  try {
    const bytes = await bytesOf(file, stdin);
    if (bytes === null) {
      const megabytes = mostFileBytes / 1_000_000;
      return refuse(words("cli.tooMuch", { file: visible(file), megabytes }));
    }
    const opened = "kind" in bytes ? bytes : await openFile(bytes);
    switch (opened.kind) {
      case "refused":
        return refuse(refusalText(opened.refusal, words));
      case "facts":
        return { status: "opened", ...fromFacts(opened.facts) };
      case "topology":
        return { status: "opened", snapshot: opened.snapshot, facts: null };
    }
  } catch (error) {
    return refuse(words("cli.unreadableFile", { file: visible(file), code: codeOf(error) }));
  }
}

export type Sent = Pick<ReturnType<typeof freeze>, "snapshot"> & {
  /** How many different texts were replaced, in all. */
  readonly replaced: number;
  /** Its old title was left out: it was written for readers who were to see what is replaced now. */
  readonly untitled: boolean;
  /** What is wrong with the host, by what things are called now. */
  readonly trouble: () => Trouble;
};

const titleOf = (was: string | null, wanted: string | null, grows: boolean): string | null => {
  if (wanted !== null) return wanted === "" ? null : wanted;
  return grows ? null : was;
};

/** As it is to be sent. What was left out of a file before stays out, and is not replaced twice. */
export function asWanted(given: Snapshot, wanted: Wanted): Sent {
  const { topology, ruling, shown } = given;
  const redaction = wanted.redaction ?? shown.redaction;
  const grows = stronger(redaction, shown.redaction) !== shown.redaction;
  const untitled = grows && shown.title !== null && wanted.title === null;
  const looked: Shown = {
    ...shown,
    orientation: wanted.orientation ?? shown.orientation,
    group: wanted.group ?? shown.group,
    stopped: wanted.stopped ?? shown.stopped,
    title: titleOf(shown.title, wanted.title, grows),
  };
  if (grows) {
    const frozen = freeze(topology, { ...looked, redaction }, wanted.alias, ruling);
    const { snapshot, replaced, keyOf } = frozen;
    const sum = Object.values(replaced).reduce((all, each) => all + each, 0);
    const trouble = () => renamedKeys(troubleIn(given), keyOf);
    return { snapshot, replaced: sum, untitled, trouble };
  }
  const host = { ...topology.host, name: wanted.alias ?? topology.host.name };
  const snapshot = { topology: { ...topology, host }, ruling, shown: looked };
  return { snapshot, replaced: 0, untitled, trouble: () => troubleIn(given) };
}
