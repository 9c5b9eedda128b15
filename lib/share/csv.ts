import { visible } from "@/lib/graph/names";

/**
 * A spreadsheet runs a cell that begins like this, also after spaces, and in East Asian versions with
 * full-width signs; a number may have its sign.
 */
const formula = /^\s*[=+\-@|%＝＋－＠]/u;
const number = /^[+-]?\d+(?:[.]\d+)?$/;

/** Commas of other countries too: whoever opens the file with `;` would see two cells, the second maybe a formula. */
const special = /[",;\t]|^\s|\s$|^'/u;

const safe = (text: string): string => {
  const plain = visible(text);
  return formula.test(plain) && !number.test(plain) ? `'${plain}` : plain;
};

const cell = (text: string): string => {
  const tamed = safe(text);
  return special.test(tamed) ? `"${tamed.replaceAll('"', '""')}"` : tamed;
};

/**
 * Rows as RFC 4180 has them, the last one ended too. A cell that a spreadsheet would run gets a `'` in
 * front; control and bidi characters, line ends among them, are written `\u{…}`: one row is one line.
 */
export const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

/** The same for the clipboard, as spreadsheets take it: no cell can hold a tab or a line end. */
export const tsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(safe).join("\t")).join("\n");
