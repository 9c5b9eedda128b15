import { shortened } from "@/lib/graph/names";
import { advance, type Face } from "./advance";
import type { Point, Role, TextShape } from "./model";
import type { Subject } from "./pen";

/** Cut in the middle until it is at most `most` px wide; one sign is always left. */
export const fitted = (text: string, face: Face, most: number): string => {
  const width = advance(text, face);
  if (width <= most) return text;
  const letters = [...text].length;
  // By the average letter first, then by one at a time: wide letters may be many or few.
  let keep = Math.max(2, Math.ceil((letters * most) / width));
  while (keep > 2 && advance(shortened(text, keep), face) > most) keep -= 1;
  return shortened(text, keep);
};

/** As large as it may be to fit, and no smaller than it is near by: a kernel's token is never cut, nor are most names. */
export const sizeFitting = (text: string, face: Face, most: number, largest: number): number =>
  Math.max(face.size, Math.min(largest, Math.floor((face.size * most) / advance(text, face))));

export type Lettering = Face & { readonly fill: Role; readonly anchor?: TextShape["anchor"] };

/** A text of any size, cut to `most` px. */
export const lettered = (
  { key, within }: Subject,
  { x, y }: Point,
  words: string,
  most: number,
  { fill, anchor = "start", ...face }: Lettering,
): TextShape => {
  const text = fitted(words, face, most);
  return {
    kind: "text",
    key,
    within,
    x,
    y,
    text,
    ...face,
    anchor,
    width: advance(text, face),
    fill,
  };
};
