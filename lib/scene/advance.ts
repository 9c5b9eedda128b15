// Advances of U+0020 to U+007E in hundredths of an em, measured in Chromium on DejaVu Sans: among the
// system fonts of Linux, macOS, Windows and Android none but Verdana is as wide. So text never
// turns out wider than the place that was made for it.
const regular = [
  32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
  64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79,
  61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64,
  64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
];
const bold = [
  35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70,
  70, 70, 40, 40, 84, 84, 84, 59, 100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 38, 78, 64, 100, 84, 86,
  74, 86, 78, 73, 69, 82, 78, 111, 78, 73, 73, 46, 37, 46, 84, 50, 50, 68, 72, 60, 72, 68, 44, 72,
  72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
];

const monoHundredths = 61;
const idHundredths = 100;
// Emoji and the rarer ideographs come from fonts that draw up to a third wider than an em.
const farHundredths = 135;

// Measured like the tables: of Latin, Cyrillic and Arabic these are wider than an em, in bold up to 138.
const wide = new Set("¼½¾ÆæŒœŴЉЊЖШЩЫЮшщюسشصضطظفکگ");
const wideHundredths = 138;
const hebrewHundredths = 80;

const letterHundredths = (code: number): number => {
  if (code >= 0x590 && code <= 0x5ff) return hebrewHundredths;
  return wide.has(String.fromCharCode(code)) ? wideHundredths : idHundredths;
};

// Isolates of a text that runs the other way: seen by what they do, not by themselves.
const isIsolate = (code: number): boolean => code >= 0x2066 && code <= 0x2069;

const hundredths = (code: number, table: readonly number[] | null): number => {
  if (isIsolate(code)) return 0;
  if (code > 0xffff) return farHundredths;
  if (code < 0x20 || code > 0x7e) return letterHundredths(code);
  return table === null ? monoHundredths : (table[code - 0x20] ?? idHundredths);
};

export type Face = {
  readonly font: "sans" | "mono";
  readonly size: number;
  readonly bold: boolean;
};

/** How wide a text may be at most, in px; computed, since lib/ has no canvas to measure on. */
export const advance = (text: string, { font, size, bold: heavy }: Face): number => {
  const table = font === "mono" ? null : heavy ? bold : regular;
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at += 1;
    sum += hundredths(code, table);
  }
  return (sum * size) / 100;
};
