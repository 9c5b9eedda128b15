import type { PastedLine } from "./model";

/** `docker ps` prints some ten lines of forty columns for one container at most. */
const mostPieces = 10;

const heading = /^\s*CONTAINER ID\s/;
const rowStart = /^\s*[0-9a-f]{12}(?:[0-9a-f]{52})?\s+\S/;
const wholeHeading = /\sNAMES(?:\s+SIZE)?$/;
const columnName = /^(?:IMAGE|COMMAND|CREATED|STATUS|PORTS|NAMES|SIZE)\b/;
const asideOfColumns = /[\u3000-\u303f\u3400-\u9fff\uac00-\ud7af]|[.!?:]$/;

const starts = ({ text }: PastedLine): boolean => heading.test(text) || rowStart.test(text);

/** The heading, where it begins the table, in the pieces in which it stands there. */
function headingPieces(lines: readonly PastedLine[]): readonly PastedLine[] {
  if (!heading.test(lines[0]?.text ?? "")) return [];
  const end = lines.findIndex((line, nth) => nth > 0 && starts(line));
  return end === -1 ? lines : lines.slice(0, end);
}

const textOf = (pieces: readonly PastedLine[]): string => pieces.map(({ text }) => text).join("");

/** The heading is longer than most terminals that are narrower. */
const usualEdge = 80;

/** Whether the rest of a name stands behind a piece that fills the terminal: names alone are not padded to their heading. */
const isRestOfName = (piece: string, before: string, edge: number): boolean =>
  before.length >= edge && piece.length < edge && /^[\w.,/-]+$/.test(piece.trim());

/**
 * Whether the terminal's edge broke a table of `docker ps` before this line: then its heading stands in
 * as many pieces as each row, unless the name goes on in one more. `edge`: the longest line of the table.
 */
export function goesOnWithRow(lines: readonly PastedLine[], text: string, edge: number): boolean {
  const head = headingPieces(lines);
  const from = lines.findLastIndex(starts);
  const row = lines.slice(from);
  const last = row.at(-1)?.text ?? "";
  if (head.length === 0 || row.length >= mostPieces) return false;
  if (from === 0)
    return !wholeHeading.test(textOf(head)) && /^[A-Z ]+$/.test(text) && text.length <= edge + 8;
  if (asideOfColumns.test(text)) return false;
  if (row.length !== head.length) return row.length < head.length;
  return (head.length > 1 || edge >= usualEdge) && isRestOfName(text, last, edge);
}

/** Where a column begins behind the edge, every row has a space before it, which was cut off. */
const breaksBetweenColumns = (head: readonly PastedLine[]): readonly boolean[] =>
  head.slice(1).map(({ text }) => columnName.test(text));

/** The rows of a table in one line each, as they were before a terminal broke them. */
export function wholeRows(lines: readonly PastedLine[]): readonly PastedLine[] {
  const edge = lines.reduce((most, { text }) => Math.max(most, text.length), 0);
  const between = breaksBetweenColumns(headingPieces(lines));
  const rows: PastedLine[] = [];
  let piece = 0;
  for (const [nth, line] of lines.entries()) {
    const before = rows.at(-1);
    if (before === undefined || starts(line)) {
      rows.push(line);
      piece = 0;
      continue;
    }
    const cut = (lines[nth - 1]?.text.length ?? 0) < edge || between[piece];
    rows[rows.length - 1] = { ...before, text: `${before.text}${cut ? " " : ""}${line.text}` };
    piece += 1;
  }
  return rows;
}
