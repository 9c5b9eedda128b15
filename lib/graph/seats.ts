import type { Words } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import { boxOrder } from "./boxes";
import type { Lookup } from "./lookup";
import type { Grouping, Hue, ProjectSpan, Row, Uplink } from "./model";
import { naturally, shortened, visible } from "./names";
import type { Seat, SeatedRow } from "./rows";

/** What every block is made from. */
export type Places = {
  readonly known: Lookup;
  readonly words: Words;
  readonly uplinks: readonly Uplink[];
  readonly rows: ReadonlyMap<string, readonly SeatedRow[]>;
  readonly hues: ReadonlyMap<Key, Hue>;
  readonly group: Grouping;
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

/** By name alone, what has no project among those that have one. */
const nameOrder = (known: Lookup, row: Row): readonly [string, string] => {
  const [project, name] = boxOrder(known, row.box);
  return project > "\u{10fff0}" ? [project, name] : ["", name];
};

const inRowOrder = (known: Lookup, rows: readonly Row[], group: Grouping): readonly Row[] =>
  rows
    .map((row) => ({
      row,
      order: group === "none" ? nameOrder(known, row) : boxOrder(known, row.box),
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
export const rowsAt = ({ known, rows, group }: Places, seat: Seat): readonly Row[] =>
  inRowOrder(
    known,
    (rows.get(seatName(seat)) ?? []).map(({ row }) => row),
    group,
  );

const projectOf = (known: Lookup, { box }: Row): string | null => {
  const [badge] = box?.badges ?? [];
  const container = badge?.container ?? null;
  return container === null ? null : (known.container.get(container)?.project ?? null);
};

/** Rows of one compose project stand together; which and how many they are. Empty unless asked for. */
export const projectsOf = (
  { known, group }: Places,
  rows: readonly Row[],
): readonly ProjectSpan[] => {
  if (group !== "project") return [];
  const spans: { name: string; first: number; count: number }[] = [];
  let last: string | null = null;
  for (const [nth, row] of rows.entries()) {
    const project = projectOf(known, row);
    const open = spans.at(-1);
    if (project !== null && project === last && open !== undefined) open.count += 1;
    else if (project !== null) {
      spans.push({ name: project, first: nth, count: 1 });
    }
    last = project;
  }
  return spans.map((span) => ({ ...span, name: shortened(visible(span.name), 18) }));
};

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
