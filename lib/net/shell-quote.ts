const bytes = new TextEncoder();

/** Control, format (bidi, zero width), private and unassigned characters, and spaces that are not " ". */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const everyUnseen = new RegExp(unseen.source, "gu");

const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;
/** `a=b` in the first place would be an assignment. */
const plainCommand = /^[A-Za-z0-9_+:,./-]+$/;

const single = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const octal = (text: string): string =>
  Array.from(bytes.encode(text), (byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");

/** POSIX has no `$'…'`, and `$(…)` strips line breaks at the end, so those stay as they are. */
function spelled(text: string): string {
  const end = /\n*$/.exec(text)?.[0] ?? "";
  const body = text
    .slice(0, text.length - end.length)
    // A format that begins with "-" would be an option of printf.
    .replace(/^-|[\\']/g, octal)
    .replaceAll("%", "%%")
    .replace(everyUnseen, octal);
  return `${body === "" ? "" : `"$(printf '${body}')"`}${end === "" ? "" : single(end)}`;
}

function quoted(word: string, place: number): string {
  if ((place === 0 ? plainCommand : plain).test(word)) return word;
  return unseen.test(word) ? spelled(word) : single(word);
}

/**
 * Prints argv as one POSIX shell command: what the shell then sees is exactly argv. Safe to look at
 * as well: control and bidi characters are spelled in octal. NUL cannot be in an argument; it is dropped.
 */
export const shellQuote = (argv: readonly string[]): string =>
  argv.map((word, place) => quoted(word.replaceAll("\0", ""), place)).join(" ");

/** Text of a host, safe to print in a terminal: what cannot be seen is written as `\u{202e}`. Line breaks stay. */
export const printable = (text: string): string =>
  text.replace(everyUnseen, (each) =>
    each === "\n" ? each : `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`,
  );
