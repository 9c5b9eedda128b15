import type { Sort, TableColumn } from "@/components/workbench/url-state";
import { naturally } from "@/lib/graph/names";
import type { AttachmentRow } from "./attachment-rows";
import { portsOf } from "./columns";

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

const textOf: Readonly<Record<TableColumn, (row: AttachmentRow) => string>> = {
  network: place,
  near: (row) => row.near?.name ?? "",
  far: (row) => row.far?.name ?? "",
  container: containerName,
  state: (row) => row.containers[0]?.state ?? "",
  image: (row) => row.containers[0]?.image ?? "",
  project: (row) => row.containers[0]?.project ?? "",
  address: (row) => sortable(row.address ?? ""),
  mac: (row) => (row.far ?? row.near)?.mac ?? "",
  ports: (row) => portsOf(row)[0] ?? "",
  netns: (row) => row.namespace?.label ?? "",
  proof: (row) => row.proof ?? "",
};

/** The order of the picture: bridge, then Compose project, then name. */
const pictureOrder = (a: Keyed, b: Keyed): number =>
  naturally(a.place, b.place) ||
  naturally(a.project, b.project) ||
  naturally(a.name, b.name) ||
  naturally(a.row.key, b.row.key);

type Keyed = {
  readonly row: AttachmentRow;
  readonly text: string;
  readonly place: string;
  readonly project: string;
  readonly name: string;
};

/** Sorted by one column, where that ties and without a column as in the picture. What has nothing there comes last. */
export const sortRows = (
  rows: readonly AttachmentRow[],
  sort: Sort | null,
): readonly AttachmentRow[] => {
  const sign = sort?.descending ? -1 : 1;
  return rows
    .map((row) => ({
      row,
      text: sort === null ? "" : textOf[sort.column](row),
      place: place(row),
      project: row.containers[0]?.project ?? "",
      name: containerName(row),
    }))
    .sort(
      (a, b) =>
        Number(a.text === "") - Number(b.text === "") ||
        sign * naturally(a.text, b.text) ||
        pictureOrder(a, b),
    )
    .map(({ row }) => row);
};
