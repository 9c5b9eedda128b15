/** What one process printed and how it ended. `exit` null: it was ended by us. `cut`: only the beginning. */
export type Output = {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | null;
  readonly cut: boolean;
};

/** The share of one line of the batch. unclear: something was printed that may be its answer, or not. */
export type Share =
  | ({ readonly status: "answered" } & Output)
  | { readonly status: "unclear"; readonly printed: readonly string[] };

/** By the first key of the first element; -d makes routes begin with their type. */
const firstKeys: Readonly<Record<string, readonly string[]>> = {
  addr: ["ifindex"],
  link: ["ifindex"],
  route: ["type", "dst"],
  netns: ["nsid"],
  neigh: ["dst"],
  rule: ["priority"],
};

/** iproute2 of 2018 prints `{}` for links that it leaves out. */
const firstKey = (printed: string): string | null =>
  /^\[\s*(?:\{\s*\}\s*,\s*)*\{\s*"(\w+)"/.exec(printed.slice(0, 4096))?.[1] ?? null;

/** Whether this output can be the answer to this line; an empty list can be to any. */
function fits(printed: string, line: string): boolean {
  const key = firstKey(printed);
  if (key === null) return /^\[\s*(\{\s*\}\s*,?\s*)*\]?\s*$/.test(printed);
  const [object = ""] = line.split(" ");
  return firstKeys[object]?.includes(key) ?? true;
}

type Failures = { readonly words: ReadonlyMap<number, string>; readonly rest: string };

/** iproute2 4.14 to 4.16 answers in JSON to some lines and in text to others (netns, routes). */
export const isMixed = ({ stdout }: Output): boolean =>
  /^\[/m.test(stdout) && /^(nsid |[a-z0-9:.]+ .*\bdev )/m.test(stdout);

/** `Command failed -:2` ends the words of the second line of the batch (numbers from 1). */
export function failuresOf(stderr: string): Failures {
  const words = new Map<number, string>();
  let open = "";
  for (const line of stderr.split(/(?<=\n)/)) {
    open += line;
    const number = /^Command failed -:(\d+)\s*$/.exec(line)?.[1];
    if (number === undefined) continue;
    words.set(Number(number) - 1, open);
    open = "";
  }
  return { words, rest: open };
}

/** Line of the batch → what it printed; null: the numbers and shapes leave it open. */
type Placing = ReadonlyMap<number, string> | null;

function placeInOrder(
  printed: readonly string[],
  expected: readonly number[],
  lines: readonly string[],
): Placing {
  const placed = new Map<number, string>();
  for (const [index, text] of printed.entries()) {
    const line = expected[index];
    if (line === undefined || !fits(text, lines[line] ?? "")) return null;
    placed.set(line, text);
  }
  return placed;
}

/** Only where each output fits one line that has no other: an empty list fits too many. */
function placeByShape(
  printed: readonly string[],
  expected: readonly number[],
  lines: readonly string[],
): { readonly placed: ReadonlyMap<number, string>; readonly left: readonly string[] } {
  const placed = new Map<number, string>();
  const left: string[] = [];
  for (const text of printed) {
    const fitting = expected.filter((line) => fits(text, lines[line] ?? ""));
    const [only] = fitting;
    if (only === undefined || fitting.length > 1 || placed.has(only)) left.push(text);
    else placed.set(only, text);
  }
  return { placed, left };
}

/** Was the process ended before it came to its last line? */
export const unfinished = ({ exit, cut }: Output): boolean => exit === null || cut || exit > 125;

/** How the process as a whole ended. `torn`: an output that the cap may have cut. */
type Ending = {
  readonly rest: string;
  readonly torn: string | undefined;
  readonly exit: number | null;
  readonly cut: boolean;
};

const printedShare = (text: string, { rest, torn, exit, cut }: Ending): Share =>
  text.endsWith("\n") && text !== torn
    ? { status: "answered", stdout: text, stderr: rest, exit: 0, cut: false }
    : { status: "answered", stdout: text, stderr: rest, exit, cut };

/**
 * Gives each line of an `ip -force -batch -` its own share of what the process printed: one JSON array
 * on a line of its own for each command, nothing for one that failed, and by old versions nothing for an
 * empty list. What cannot be told apart is unclear: nothing is given to the wrong question.
 */
export function splitBatch(output: Output, lines: readonly string[]): readonly Share[] {
  const failures = failuresOf(output.stderr);
  const expected = lines.map((_, index) => index).filter((index) => !failures.words.has(index));
  const printed = output.stdout.split(/(?<=\n)/).filter((text) => text.trim() !== "");
  const early = unfinished(output);
  const inOrder =
    printed.length === expected.length || (early && printed.length < expected.length)
      ? placeInOrder(printed, expected, lines)
      : null;
  const { placed, left } =
    inOrder === null
      ? placeByShape(printed, expected, lines)
      : { placed: inOrder, left: [] as readonly string[] };
  const ending: Ending = {
    rest: failures.rest,
    torn: output.cut ? printed.at(-1) : undefined,
    // Failed before it came to any line: nsenter, or ip itself. Else each line fails by itself.
    exit: early || failures.words.size === 0 ? output.exit : 0,
    cut: output.cut,
  };
  return lines.map((_, index): Share => {
    const words = failures.words.get(index);
    if (words !== undefined)
      return { status: "answered", stdout: "", stderr: words, exit: output.exit, cut: false };
    const text = placed.get(index);
    if (text !== undefined) return printedShare(text, ending);
    if (left.length > 0 && !early) return { status: "unclear", printed: left };
    const { rest: stderr, exit, cut } = ending;
    return { status: "answered", stdout: "", stderr, exit, cut };
  });
}
