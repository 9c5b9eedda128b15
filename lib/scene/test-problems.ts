import { extentOf } from "./extents";
import type { BoxShape, LineShape, Rect, Scene, TextShape } from "./model";

export const boxesOf = ({ shapes }: Pick<Scene, "shapes">): readonly BoxShape[] =>
  shapes.filter((each) => each.kind === "box");
export const textsOf = ({ shapes }: Pick<Scene, "shapes">): readonly TextShape[] =>
  shapes.filter((each) => each.kind === "text");

export const holds = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const apart = (a: Rect, b: Rect): boolean =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

const grown = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

type Placed<Item> = { readonly item: Item; readonly rect: Rect };

const byTop = <Item>(items: readonly Placed<Item>[]): readonly Placed<Item>[] =>
  items.toSorted((a, b) => a.rect.y - b.rect.y);

/** The first of `sorted` from which on one may reach down to `top`. */
const firstNear = <Item>(sorted: readonly Placed<Item>[], top: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.rect.y ?? 0) < top) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Pairs that touch. From the top down, since a picture of 1,000 rows has 80 million pairs. */
const meeting = <A, B>(
  first: readonly Placed<A>[],
  second: readonly Placed<B>[],
): readonly (readonly [Placed<A>, Placed<B>])[] => {
  // A frame around all of them would bring each into reach of all: those that are high are few.
  const high = second.filter(({ rect }) => rect.height > 100);
  const low = byTop(second.filter(({ rect }) => rect.height <= 100));
  return first.flatMap((a) => {
    const near = low.slice(
      firstNear(low, a.rect.y - 100),
      firstNear(low, a.rect.y + a.rect.height),
    );
    return [...near, ...high].filter((b) => !apart(a.rect, b.rect)).map((b) => [a, b] as const);
  });
};

/** Each pair once, and nothing with itself. */
const colliding = <Item extends object>(
  items: readonly Placed<Item>[],
): readonly (readonly [Placed<Item>, Placed<Item>])[] => {
  const order = new Map(items.map(({ item }, nth) => [item, nth]));
  const nth = (item: Item) => order.get(item) ?? 0;
  return meeting(items, items).filter(([a, b]) => nth(a.item) < nth(b.item));
};

/** Each stretch of a line, as thick as it is drawn. */
const stretches = (shown: Scene): readonly Placed<LineShape>[] =>
  shown.shapes.flatMap((item) =>
    item.kind !== "line"
      ? []
      : item.points.slice(1).map((to, nth) => {
          const from = item.points[nth] ?? to;
          const rect = grown(
            {
              x: Math.min(from.x, to.x),
              y: Math.min(from.y, to.y),
              width: Math.abs(to.x - from.x),
              height: Math.abs(to.y - from.y),
            },
            item.width / 2,
          );
          return { item, rect };
        }),
  );

const boxWord = ({ key }: BoxShape): string => `box ${key}`;

/** The text stands in a filled box that is drawn after the line. */
const isOver = ({ shapes }: Scene, text: TextShape, line: LineShape): boolean => {
  const words = extentOf(text);
  const after = shapes.slice(shapes.indexOf(line) + 1, shapes.indexOf(text));
  return after.some(
    (shape) => shape.kind === "box" && shape.fill !== null && holds(grown(shape, 1), words),
  );
};

/** What is wrong with where things stand: boxes that overlap, texts that run into each other or out of their box or the page. */
export const problems = (shown: Scene): readonly string[] => {
  const page: Rect = { x: 0, y: 0, width: shown.width, height: shown.height };
  // The hue of a block is a bar on its edge.
  const boxes = boxesOf(shown)
    .filter(({ width }) => width > 4)
    .map((item) => ({ item, rect: item }));
  const texts = textsOf(shown).map((item) => ({ item, rect: extentOf(item) }));
  const starts = texts.map(({ item, rect }) => ({ item, rect: { ...rect, width: 1 } }));
  return [
    ...colliding(boxes)
      .filter(([a, b]) => !(holds(a.rect, b.rect) || holds(b.rect, a.rect)))
      .map(([a, b]) => `${boxWord(a.item)} and ${boxWord(b.item)} overlap`),
    ...colliding(texts).map(([a, b]) => `texts ${a.item.text} and ${b.item.text} overlap`),
    ...meeting(starts, boxes)
      .filter(([text, around]) => !holds(grown(around.rect, 1), extentOf(text.item)))
      .map(([text, around]) => `${text.item.text} leaves the ${boxWord(around.item)}`),
    ...meeting(stretches(shown), texts)
      // A box that is drawn after the line hides it under its own words.
      .filter(([line, text]) => !isOver(shown, text.item, line.item))
      .map(([line, text]) => `line ${line.item.key} runs through ${text.item.text}`),
    ...texts
      .filter(({ rect }) => !holds(page, rect))
      .map(({ item }) => `${item.text} leaves the page`),
    ...boxes
      .filter(({ rect }) => !holds(page, rect))
      .map(({ item }) => `${boxWord(item)} leaves the page`),
  ];
};
