const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** `web-2` before `web-10`; ties are broken by code unit, so that the order is total. */
export const naturally = (a: string, b: string): number => {
  if (a === b) return 0;
  const order = collator.compare(a, b);
  if (order !== 0) return order;
  return a < b ? -1 : 1;
};

// Interface and namespace names may hold anything but `/` and white space: an escape sequence, or a
// right-to-left override that makes one name look like another.
// Of these only the joiner between two pictographs is harmless: it makes them one.
const unprintable =
  /(?!(?<=\p{Extended_Pictographic}\u{fe0f}?)\u{200d}\p{Extended_Pictographic})[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

// Most names are: asked thousands of times for one picture.
const plain = /^[ -~]*$/;

/** What a host calls something, with every character that could not be seen written as `\u{…}`. */
export const visible = (text: string): string =>
  plain.test(text)
    ? text
    : text.replace(unprintable, (each) => `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`);

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A name among other words: written from right to left it stays in its place (FSI … PDI), and turns nothing around it. */
export const isolated = (text: string): string =>
  rightToLeft.test(text) ? `\u2068${text}\u2069` : text;

/** Cut in the middle: the ends of generated names are what tells them apart. `most` counts characters. */
export const shortened = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const letters = [...text];
  if (letters.length <= most) return text;
  const head = Math.ceil((most - 1) / 2);
  return `${letters.slice(0, head).join("")}…${letters.slice(letters.length - (most - 1 - head)).join("")}`;
};
