import { type FaceName, faces } from "./faces";
import { widthOf } from "./pen";

// Between ideographs a line may break anywhere, in other scripts at blanks.
const piece =
  /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|\s+|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+/gu;

/** What does not fit on a line of its own is broken where it must be. */
const broken = (word: string, face: FaceName, most: number): readonly string[] => {
  if (widthOf(word, face) <= most) return [word];
  const fit = Math.max(1, Math.floor(most / (1.35 * faces[face].size)));
  const letters = [...word];
  return Array.from({ length: Math.ceil(letters.length / fit) }, (_, nth) =>
    letters.slice(nth * fit, (nth + 1) * fit).join(""),
  );
};

/** A text as lines of at most `most` px. */
export const wrapped = (text: string, face: FaceName, most: number): readonly string[] => {
  const lines: string[] = [];
  let now = "";
  const words = (text.match(piece) ?? []).flatMap((each) => broken(each, face, most));
  for (const word of words) {
    if (widthOf(now + word.trimEnd(), face) <= most) now += word;
    else {
      lines.push(now.trim());
      now = word.trimStart();
    }
  }
  return [...lines, now.trim()].filter((each) => each !== "");
};
