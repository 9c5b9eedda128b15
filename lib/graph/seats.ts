import type { Words } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import { boxOrder } from "./boxes";
import type { Lookup } from "./lookup";
import type { Hue, Row, Uplink } from "./model";
import { naturally } from "./names";
import type { Seat, SeatedRow } from "./rows";

/** What every block is made from. */
export type Places = {
  readonly known: Lookup;
  readonly words: Words;
  readonly uplinks: readonly Uplink[];
  readonly rows: ReadonlyMap<string, readonly SeatedRow[]>;
  readonly hues: ReadonlyMap<Key, Hue>;
};

const seatName = (seat: Seat): string => {
  switch (seat.at) {
    case "bridge":
      return `bridge ${seat.bridge}`;
    case "network":
      return `network ${seat.network}`;
    case "stacked":
      return `stacked ${seat.network ?? seat.lower ?? ""}`;
    default:
      return seat.at;
  }
};

const inRowOrder = (known: Lookup, rows: readonly Row[]): readonly Row[] =>
  rows
    .map((row) => ({
      row,
      order: boxOrder(known, row.box),
      label: (row.host ?? row.inner)?.label ?? "",
    }))
    .sort(
      (a, b) =>
        naturally(a.order[0], b.order[0]) ||
        naturally(a.order[1], b.order[1]) ||
        naturally(a.label, b.label) ||
        naturally(a.row.key, b.row.key),
    )
    .map(({ row }) => row);

/** The rows of one seat, in the order of the picture: by project, name and interface. */
export const rowsAt = ({ known, rows }: Places, seat: Seat): readonly Row[] =>
  inRowOrder(
    known,
    (rows.get(seatName(seat)) ?? []).map(({ row }) => row),
  );

/** Rows by their seat. */
export const grouped = (rows: readonly SeatedRow[]): ReadonlyMap<string, readonly SeatedRow[]> => {
  const groups = new Map<string, SeatedRow[]>();
  for (const each of rows) {
    const name = seatName(each.seat);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [each]);
    else group.push(each);
  }
  return groups;
};

/** Of a network that was given none: one that has no place in the picture. */
export const noHue: Hue = { index: 0, stripe: 0 };
