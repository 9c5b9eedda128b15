/** A file beyond that is not looked at: a host of 1,000 containers needs a tenth of it. */
export const mostFileBytes = 64_000_000;
/** UTF-16 units of one text of a topology: the longest, a label or a rule, have some thousands. */
export const mostTextLetters = 100_000;
/** Pieces of a PNG: encoders that cut finely make one of each 4 kB. */
export const mostPngChunks = 50_000;
/** What a picture may hold when it is unpacked. */
export const mostInflatedBytes = 64_000_000;
/** A link that a browser carries; what it holds when it is unpacked. */
export const mostLinkLetters = 64_000;
export const mostLinkBytes = 8_000_000;

/** Values, and how deep they lie: a few letters of JSON can make a value of fifty bytes. */
const mostValues = 4_000_000;
const deepest = 40;

const quote = 0x22;
const backslash = 0x5c;

/** Where a text that begins at `from` ends. */
function endOfText(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === quote) return at;
    at += code === backslash ? 2 : 1;
  }
  return at;
}

const opens = new Set([0x5b, 0x7b]);
const closes = new Set([0x5d, 0x7d]);
const divides = new Set([0x2c, 0x3a]);

/** Whether JSON may be parsed at all: counted before anything is made of it. */
export function isModest(json: string): boolean {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === quote) at = endOfText(json, at);
    else if (opens.has(code)) depth += 1;
    else if (closes.has(code)) depth -= 1;
    else if (!divides.has(code)) continue;
    values += 1;
    if (depth > deepest || values > 2 * mostValues) return false;
  }
  return true;
}
