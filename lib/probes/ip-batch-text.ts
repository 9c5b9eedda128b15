import { netDevLine } from "./proc-net-dev";

/** The lines of `ip -batch` (or what stands for them) as one text, told apart by what they look like. */
export type BatchText = {
  /** /proc/net/dev, which BusyBox's counters are taken from, goes with the links. */
  readonly addr: string;
  readonly netnsIds: string;
  readonly routes: string;
};

type Part = keyof BatchText | "dev";

const isDev = (line: string): boolean =>
  /^(Inter-\||\s+face \|)/.test(line) || netDevLine(line) !== null;

/** Links begin with a number or are indented; iproute2 of 2018 prints them as JSON, and the rest as text. */
function partOf(line: string, before: Part): Part {
  if (isDev(line)) return "dev";
  if (line.startsWith("nsid ")) return "netnsIds";
  return before === "addr" && /^(\d+: |\s|\[)/.test(line) ? "addr" : "routes";
}

/**
 * Splits what `addr show`, `netns list-id`, `route show table all` and `cat /proc/net/dev` print: text has
 * no separators. Links come first; nsids and counters are told by their look; the rest is routes.
 */
export function splitBatchText(text: string): BatchText {
  const parts: Record<Part, string> = { addr: "", dev: "", netnsIds: "", routes: "" };
  let before: Part = "addr";
  for (const line of text.split(/(?<=\n)/)) {
    before = partOf(line, before);
    parts[before] += line;
  }
  const { addr, dev, netnsIds, routes } = parts;
  return { addr: addr + dev, netnsIds, routes };
}
