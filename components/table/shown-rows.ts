import type { Key } from "@/lib/net/ids";
import type { AttachmentRow } from "./attachment-rows";

/** By what a row is known in a search: its interfaces, or who has none. */
export const rowKeys = ({ near, far, containers, namespace }: AttachmentRow): readonly Key[] => {
  // A macvlan's lower device carries many rows: it is not this row.
  const own = far !== null && far.kind !== "veth" ? [far] : [near, far];
  const ends = own.flatMap((end) => (end === null ? [] : [end.key]));
  if (ends.length > 0) return ends;
  return [...containers.map(({ key }) => key), ...(namespace === null ? [] : [namespace.key])];
};

/** All that stands on a row and on no other: what is wrong with it is wrong with the row. */
export const ownKeys = (row: AttachmentRow): readonly Key[] => [
  row.key,
  ...rowKeys(row),
  ...row.containers.map(({ key }) => key),
];

/** Whether the selection is this row or something on it. */
export const isChosen = (row: AttachmentRow, selected: Key | null): boolean =>
  selected !== null &&
  [row.key, row.near?.key, row.far?.key, ...row.containers.map(({ key }) => key)].includes(
    selected,
  );

/** The rows that are left where the rest is hidden; what is selected stays. null: nothing is hidden. */
export const shownRows = (
  all: readonly AttachmentRow[],
  left: ReadonlySet<Key> | null,
  selected: Key | null,
): readonly AttachmentRow[] =>
  left === null
    ? all
    : all.filter((row) => rowKeys(row).some((key) => left.has(key)) || isChosen(row, selected));
