import type { PastedLine, Refusal } from "./model";

/** In UTF-16 units. A host with a thousand containers prints less. */
const mostLength = 4_000_000;
const mostLines = 30_000;

const hasControl = (text: string): boolean => {
  let found = 0;
  const sample = text.slice(0, 20_000);
  for (const letter of sample) {
    const code = letter.charCodeAt(0);
    if (code === 0) return true;
    if ((code < 32 && !"\t\n\r\u001b\b".includes(letter)) || code === 0xfffd) found += 1;
  }
  return found * 20 > sample.length;
};

/** null: it may be looked at. */
export function refusalOf(text: string): Refusal | null {
  if (text.length > mostLength)
    return {
      why: "too-long",
      megabytes: Math.ceil(text.length / 1_000_000),
      most: mostLength / 1_000_000,
    };
  if (hasControl(text)) return { why: "binary" };
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines > mostLines ? { why: "too-many-lines", lines, most: mostLines } : null;
}

const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  "#39": "'",
  nbsp: " ",
};

/** Pages show `&lt;UP&gt;` where their own text was escaped twice; names of links may hold a `&lt;` of their own. */
const unescaped = (text: string): string =>
  /&lt;[A-Z_,-]+&gt;/.test(text)
    ? text.replace(/&(lt|gt|amp|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? "")
    : text;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals colour their output with them
const colours = /\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007\n]*\u0007/g;
const invisible = /\u200b|\u200c|\u200d|\u2060|\ufeff/g;
const spaces = /[\u00a0\u2000-\u200a\u202f\u3000]/g;
const fullWidth = /[\uff01-\uff5e]/g;

const narrow = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 0xfee0);

const plain = (line: string): string =>
  line
    .replace(colours, "")
    .replace(invisible, "")
    .replace(spaces, " ")
    .replace(fullWidth, narrow)
    .trimEnd();

const numberedLine = /^ {0,6}(\d{1,5})(?:([|│.)]) ?|\t| )(.*)$/;

/** `iptables -L --line-numbers` numbers its rules itself. */
const numbersItself = /^\s*num\s+(?:pkts|target)/;

/** The number that a page or an editor put before a line; null: it begins with none. */
const numberOf = (text: string, before: string): number | null => {
  const digits = numberedLine.exec(text)?.[1];
  return digits === undefined || numbersItself.test(before) ? null : Number(digits);
};

/** Runs of lines that begin with 1, 2, 3, … as pages and editors number them; at least three of them. */
function numberedRuns(lines: readonly PastedLine[]): ReadonlySet<number> {
  const runs: number[][] = [[]];
  let next: number | null = null;
  for (const [nth, { text }] of lines.entries()) {
    if (text.trim() === "") continue;
    const number = numberOf(text, lines[nth - 1]?.text ?? "");
    if (number === null || number !== next) runs.push([]);
    if (number !== null) runs.at(-1)?.push(nth);
    next = number === null ? null : number + 1;
  }
  return new Set(runs.filter(({ length }) => length >= 3).flat());
}

function withoutNumbers(lines: readonly PastedLine[]): readonly PastedLine[] {
  const marked = numberedRuns(lines);
  return lines.map((line, nth) =>
    marked.has(nth) ? { ...line, text: numberedLine.exec(line.text)?.[3] ?? "" } : line,
  );
}

/** The lines of a paste without what pages, terminals and editors put into them. */
export const cleanLines = (text: string): readonly PastedLine[] =>
  withoutNumbers(
    unescaped(text)
      .split(/\r\n|\n|\r/)
      .map((line, at) => ({ text: plain(line), at })),
  );
