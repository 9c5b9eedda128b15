type Rows = { readonly before: readonly number[]; readonly last: readonly number[] };

/** One row of the table of distances: how far the letters up to here are from every beginning of `to`. */
const nextRow = (
  from: readonly string[],
  to: readonly string[],
  row: number,
  { before, last }: Rows,
): readonly number[] => {
  const next = [row + 1];
  for (const [column, other] of to.entries()) {
    const letter = from[row];
    const swapped = letter === to[column - 1] && from[row - 1] === other;
    next.push(
      Math.min(
        (last[column] ?? 0) + Number(letter !== other),
        (last[column + 1] ?? 0) + 1,
        (next[column] ?? 0) + 1,
        swapped ? (before[column - 1] ?? row) + 1 : Number.POSITIVE_INFINITY,
      ),
    );
  }
  return next;
};

/**
 * How many letters have to be changed, added, left out or swapped with their neighbour to make one word
 * of the other. null: more than `most`.
 */
export const distance = (a: string, b: string, most: number): number | null => {
  const [from, to] = [[...a], [...b]];
  if (Math.abs(from.length - to.length) > most) return null;
  let rows: Rows = { before: [], last: Array.from({ length: to.length + 1 }, (_, nth) => nth) };
  for (const row of from.keys()) {
    const next = nextRow(from, to, row, rows);
    if (Math.min(...next) > most) return null;
    rows = { before: rows.last, last: next };
  }
  const total = rows.last.at(-1) ?? 0;
  return total <= most ? total : null;
};

/** So many slips one makes in a word of that length and still means it. */
export const slips = (word: string): number => Math.min(2, Math.floor([...word].length / 3));

/** The nearest of several words, the first of those that are equally near. null: none is near. */
export const nearest = <Name extends string>(word: string, names: Iterable<Name>): Name | null => {
  let most = slips(word);
  let best: Name | null = null;
  for (const name of names) {
    if (best !== null && most === 0) break;
    const found = distance(word, name.toLowerCase(), best === null ? most : most - 1);
    if (found === null) continue;
    best = name;
    most = found;
  }
  return best;
};
