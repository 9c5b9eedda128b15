import { readFile, stat } from "node:fs/promises";
import type { HostFacts } from "@/lib/facts/model";
import { visible } from "@/lib/graph/names";
import { understand } from "@/lib/pipeline";
import type { Bytes } from "@/lib/share/deflate";
import { openFile, tooLarge } from "@/lib/share/open-file";
import { stronger } from "@/lib/share/redact";
import { type Refused, refusalText } from "@/lib/share/refusal";
import { freeze, plainlyShown, type Shown, type Snapshot } from "@/lib/share/snapshot";
import { codeOf } from "@/server/store/data-folder";
import type { Wanted } from "./options";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";

/** What a host or a file gave; facts only where there are some. */
export type Given = { readonly snapshot: Snapshot; readonly facts: HostFacts | null };

export type GivenFile =
  | ({ readonly status: "opened" } & Given)
  /** All has been said. */
  | { readonly status: "not-opened"; readonly code: ExitCode };

export const fromFacts = (facts: HostFacts): Given => ({
  snapshot: freeze(understand(facts), plainlyShown).snapshot,
  facts,
});

const bytesOf = async (file: string, stdin: Terminal["stdin"]): Promise<Bytes | Refused> => {
  if (file === "-") return stdin();
  const { size } = await stat(file);
  return tooLarge(size) ?? new Uint8Array(await readFile(file));
};

/** A file of Vethscope, told by its bytes; `-`: standard input. What is wrong with it is said. */
export async function openGiven(file: string, { words, err, stdin }: Terminal): Promise<GivenFile> {
  const refuse = (line: string): GivenFile => {
    err(`${line}\n`);
    return { status: "not-opened", code: exitCodes.notOpened };
  };
  try {
    const bytes = await bytesOf(file, stdin);
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
};

/** As it is to be sent. What was left out of a file before stays out, and is not replaced twice. */
export function asWanted({ topology, shown }: Snapshot, wanted: Wanted): Sent {
  const redaction = wanted.redaction ?? shown.redaction;
  const looked: Shown = {
    ...shown,
    orientation: wanted.orientation ?? shown.orientation,
    group: wanted.group ?? shown.group,
    stopped: wanted.stopped ?? shown.stopped,
    title: wanted.title ?? shown.title,
  };
  if (stronger(redaction, shown.redaction) !== shown.redaction) {
    const { snapshot, replaced } = freeze(topology, { ...looked, redaction }, wanted.alias);
    return { snapshot, replaced: Object.values(replaced).reduce((sum, each) => sum + each, 0) };
  }
  const host = { ...topology.host, name: wanted.alias ?? topology.host.name };
  return { snapshot: { topology: { ...topology, host }, shown: looked }, replaced: 0 };
}
