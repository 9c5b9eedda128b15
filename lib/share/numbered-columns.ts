import { columnPaths, type PackedTopology } from "@/lib/wire/wire";

type Columns = PackedTopology["columns"];

/**
 * The columns of a packed topology without their names, which are half of a small link: by their place in
 * the list of all; 0 where there is none. `names` is a sum over that list, so that a link of a version with
 * other columns is known for what it is.
 */
export type NumberedColumns = {
  readonly format: PackedTopology["format"];
  readonly names: string;
  readonly columns: readonly (Columns[string] | 0)[];
};

/** FNV-1a. */
const sumOf = (text: string): string => {
  let sum = 0x811c9dc5;
  for (const letter of text) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (sum >>> 0).toString(36);
};

const namesNow = (): string => sumOf(columnPaths().join(" "));

export function numbered({ format, columns }: PackedTopology): NumberedColumns {
  const all = columnPaths().map((path) => columns[path] ?? 0);
  const end = all.findLastIndex((codes) => codes !== 0) + 1;
  return { format, names: namesNow(), columns: all.slice(0, end) };
}

/** `undefined`: these columns are not those of this version. Takes anything; the codes are not looked at. */
export function named(packed: Readonly<Record<string, unknown>>): unknown {
  const { columns: given, names, ...rest } = packed;
  if (!Array.isArray(given)) return packed;
  if (names !== namesNow()) return undefined;
  const columns = columnPaths().flatMap((path, place) => {
    const codes: unknown = given[place];
    return codes === 0 || codes === undefined ? [] : [[path, codes] as const];
  });
  return { ...rest, columns: Object.fromEntries(columns) };
}
