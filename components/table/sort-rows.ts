import type { Sort, SortColumn } from "@/components/workbench/url-state";
import { naturally } from "@/lib/graph/names";
import type { AttachmentRow } from "./attachment-rows";

/** An IPv4 address so that text order is number order; other addresses as they are. */
const sortable = (address: string): string =>
  address.replace(/\d+/g, (digits) => digits.padStart(3, "0"));

const containerName = (row: AttachmentRow): string =>
  row.containers[0]?.name ?? row.namespace?.name.text ?? "";

/** Bridges by name, docker0 first, then what is on none, then what is not attached at all. */
const place = (row: AttachmentRow): string => {
  if (row.near === null && row.far === null) return `3 ${row.network?.name ?? ""}`;
  if (row.bridge === null) return `2 ${row.network?.name ?? ""}`;
  return row.bridge.name === "docker0" ? "0" : `1 ${row.bridge.name}`;
};

const textOf: Readonly<Record<SortColumn, (row: AttachmentRow) => string>> = {
  network: place,
  near: (row) => row.near?.name ?? "",
  far: (row) => row.far?.name ?? "",
  container: containerName,
  address: (row) => sortable(row.address ?? ""),
  proof: (row) => row.proof ?? "",
};

/** The order of the picture: bridge, then Compose project, then name. */
const pictureOrder = (a: AttachmentRow, b: AttachmentRow): number =>
  naturally(place(a), place(b)) ||
  naturally(a.containers[0]?.project ?? "", b.containers[0]?.project ?? "") ||
  naturally(containerName(a), containerName(b)) ||
  naturally(a.key, b.key);

/** Sorted by one column, where that ties and without a column as in the picture. */
export const sortRows = (
  rows: readonly AttachmentRow[],
  sort: Sort | null,
): readonly AttachmentRow[] => {
  if (sort === null) return rows.toSorted(pictureOrder);
  const text = textOf[sort.column];
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * naturally(text(a), text(b)) || pictureOrder(a, b));
};
