import type { Reading } from "./define";
import { readLines } from "./lines";

/** A namespace that the asking one has a number for; named where /run/netns has a file for it. */
export type NetnsIdRow = {
  readonly nsid: number;
  readonly name: string | null;
  readonly at: number;
  /** The line that says so, where the answer is text and not JSON. */
  readonly line?: number;
};

/** `nsid 0 (iproute2 netns name: blue)`; newer versions put `current-nsid N` between. */
export const nsidLine = (line: string): Omit<NetnsIdRow, "at"> | null => {
  const found = /^nsid (\d+)(?: current-nsid \d+)?(?: \(iproute2 netns name: (.+)\))?\s*$/.exec(
    line,
  );
  return found === null ? null : { nsid: Number(found[1]), name: found[2] ?? null };
};

/** Reads `ip netns list-id`. */
export const readNetnsIdsText = (text: string): Reading<NetnsIdRow> =>
  readLines(text, (line, at) => {
    const row = nsidLine(line);
    return row && { ...row, at, line: at };
  });
