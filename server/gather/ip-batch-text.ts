import { splitBatchText } from "@/lib/probes/ip-batch-text";
import { failuresOf, type Output, type Share, unfinished } from "./ip-batch";

/** What of the whole text is the answer to this line of the batch. */
function partOf(line: string, parts: ReturnType<typeof splitBatchText>): string {
  if (line.startsWith("addr ")) return parts.addr;
  return line.startsWith("netns ") ? parts.netnsIds : parts.routes;
}

/**
 * As splitBatch, for an `ip` that prints text: by form 1 as a batch, by form 2 (BusyBox) as commands one
 * after the other. Text cannot say where an answer ends, so one that was cut leaves all of them cut.
 */
export function splitTextBatch(output: Output, lines: readonly string[]): readonly Share[] {
  const failures = failuresOf(output.stderr);
  const parts = splitBatchText(output.stdout);
  const early = unfinished(output);
  return lines.map((line, index): Share => {
    const words = failures.words.get(index);
    if (words !== undefined)
      return { status: "answered", stdout: "", stderr: words, exit: output.exit, cut: false };
    const stdout = partOf(line, parts);
    // Lines fail by themselves, unless it failed before it came to any.
    const exit = early || failures.words.size === 0 ? output.exit : 0;
    return { status: "answered", stdout, stderr: failures.rest, exit, cut: output.cut };
  });
}
