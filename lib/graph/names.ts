const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** `web-2` before `web-10`; ties are broken by code unit, so that the order is total. */
export const naturally = (a: string, b: string): number => {
  const order = collator.compare(a, b);
  if (order !== 0) return order;
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

// Interface and namespace names may hold anything but `/` and white space: an escape sequence, or a
// right-to-left override that makes one name look like another.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** What a host calls something, with every character that could not be seen written as `\u{…}`. */
export const visible = (text: string): string =>
  text.replace(unprintable, (each) => `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`);

/** Cut in the middle: the ends of generated names are what tells them apart. `most` counts characters. */
export const shortened = (text: string, most: number): string => {
  const letters = [...text];
  if (letters.length <= most) return text;
  const head = Math.ceil((most - 1) / 2);
  return `${letters.slice(0, head).join("")}…${letters.slice(letters.length - (most - 1 - head)).join("")}`;
};
