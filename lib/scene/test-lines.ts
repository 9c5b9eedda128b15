import type { Scene, TextShape } from "./model";

const left = ({ x, width, anchor }: TextShape): number =>
  x - width * { start: 0, middle: 0.5, end: 1 }[anchor];

/** The words of a scene where they stand: from top to bottom, what is on one height in one line. For golden views. */
export const asLines = ({ shapes }: Scene): string => {
  const heights = new Map<number, TextShape[]>();
  for (const shape of shapes) {
    if (shape.kind !== "text") continue;
    const at = Math.round(shape.y / 4);
    heights.set(at, [...(heights.get(at) ?? []), shape]);
  }
  return [...heights]
    .sort(([a], [b]) => a - b)
    .map(([, texts]) =>
      texts
        .sort((a, b) => left(a) - left(b))
        .map(({ text }) => text)
        .join(" | "),
    )
    .join("\n")
    .concat("\n");
};
