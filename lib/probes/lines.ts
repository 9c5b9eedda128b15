import type { Reading, Unread } from "./define";

/** How much of a line that nobody understood is kept to show. */
const excerptLength = 120;

export const excerpt = (text: string): string =>
  text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text;

/**
 * Reads text line by line. `read` answers null for a line that it does not understand, which is then
 * counted, and undefined for one that holds nothing (headings).
 */
export function readLines<Row>(
  text: string,
  read: (line: string, at: number) => Row | null | undefined,
): Reading<Row> {
  const rows: Row[] = [];
  const unread: Unread[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const row = read(line, at);
    if (row === null) unread.push({ at, excerpt: excerpt(line) });
    else if (row !== undefined) rows.push(row);
  }
  return { rows, unread };
}
