import { isJsonObject } from "@/lib/facts/json-object";
import { type AnyForm, asItself } from "./codes";
import type { Lookups } from "./lookups";

type Row = { [name: string]: unknown };

/** Where a value stands: a Here of ./wire-columns without the types of its rows. */
type AnyHere = {
  readonly row: object;
  readonly before: object | undefined;
  readonly place: number;
  readonly up: unknown;
  readonly world: Lookups;
};

/** A row under way. */
export type Slot = AnyHere & {
  /** What it becomes: all that predictions see. */
  readonly row: Row;
  /** What it is made from; empty when unpacking. */
  readonly from: Readonly<Row>;
};

/** The columns of ./wire-columns without the types of their rows. */
type AnyLeaf = {
  is(value: unknown): boolean;
  predict?(here: AnyHere): unknown;
  like?(here: AnyHere): readonly string[];
  when?(here: AnyHere): boolean;
  readonly form?: AnyForm;
};
type AnyGroup = {
  readonly fields: AnyFields;
  readonly given?: AnyLeaf | undefined;
  when?(here: AnyHere): boolean;
};
type AnyList = {
  readonly count: AnyLeaf;
  readonly each?: AnyFields;
  readonly items?: AnyLeaf;
  readonly given?: AnyLeaf | undefined;
  when?(here: AnyHere): boolean;
};
export type AnyFields = { readonly [name: string]: AnyLeaf | AnyGroup | AnyList };

/** What packing and unpacking do differently. */
export type Scribe = {
  /** How the values of a column of so many rows are had, in order; null: there are not that many. */
  readonly column: (
    name: string,
    rows: number,
    form: AnyForm,
  ) => ((row: number, given: unknown, expected: unknown, world: Lookups) => unknown) | null;
  /** Asked before that many rows are made. */
  readonly mayAdd: (rows: number) => boolean;
  /** Asked when all fields of a row are there. */
  readonly isWhole: (slot: Slot) => boolean;
};

/** A column that is being walked: where it stands, its rows, and what reads or writes it. */
type Place = {
  readonly name: string;
  readonly path: string;
  readonly slots: readonly Slot[];
  readonly scribe: Scribe;
};

const noFields: Row = Object.freeze({});

/** What a column held before, in all and at the last row of each likeness. */
type Memory = { latest: unknown; readonly alike: Map<string, unknown> };

function recall({ latest, alike }: Memory, likeness: readonly string[] | undefined): unknown {
  if (likeness === undefined) return latest;
  for (const each of likeness) {
    const value = alike.get(each);
    if (value !== undefined) return value;
  }
  return undefined;
}

function remember(memory: Memory, likeness: readonly string[] | undefined, value: unknown): void {
  memory.latest = value;
  for (const each of likeness ?? []) memory.alike.set(each, value);
}

/** One value for each row, in order; false: one of them is not what the column holds. */
function walkLeaf(
  leaf: AnyLeaf,
  { path, slots, scribe }: Place,
  given: (slot: Slot, row: number) => unknown,
  take: (slot: Slot, value: unknown, row: number) => void,
): boolean {
  const valueAt = scribe.column(path, slots.length, leaf.form ?? asItself);
  if (valueAt === null) return false;
  const memory: Memory = { latest: undefined, alike: new Map() };
  return slots.every((slot, row) => {
    const ruled = leaf.predict?.(slot);
    const isRuled = ruled !== undefined;
    const likeness = isRuled ? undefined : leaf.like?.(slot);
    const expected = isRuled ? ruled : recall(memory, likeness);
    const value = valueAt(row, given(slot, row), expected, slot.world);
    // What was expected is of the column's type, or nothing.
    const isFit = value === expected ? value !== undefined : leaf.is(value);
    if (!isFit) return false;
    if (!isRuled) remember(memory, likeness, value);
    take(slot, value, row);
    return true;
  });
}

/** The rows of all parents make one table, so that a column runs through all of them. */
function addRow(table: Slot[], up: Slot, given: unknown, place: number): Row {
  const from = isJsonObject(given) ? given : noFields;
  const row = {};
  table.push({ row, before: table.at(-1)?.row, place, up, world: up.world, from });
  return row;
}

/** The rows in which a field that may be null is not; null: that could not be read. */
function withField(given: AnyLeaf | undefined, at: Place): readonly Slot[] | null {
  if (given === undefined) return at.slots;
  const { name } = at;
  const there: Slot[] = [];
  const isThere = (slot: Slot) => slot.from[name] !== null;
  const take = (slot: Slot, is: unknown) => {
    if (is === true) there.push(slot);
    else slot.row[name] = null;
  };
  return walkLeaf(given, { ...at, path: `${at.path}?` }, isThere, take) ? there : null;
}

function walkGroup({ fields }: AnyGroup, { name, path, slots, scribe }: Place): boolean {
  const table: Slot[] = [];
  for (const slot of slots) slot.row[name] = addRow(table, slot, slot.from[name], 0);
  return walk(fields, `${path}.`, table, scribe);
}

const listIn = (slot: Slot, name: string): readonly unknown[] => {
  const given = slot.from[name];
  return Array.isArray(given) ? given : [];
};

/** Lists of single values: each has a place and a parent, but no row of its own. */
function walkItems(leaf: AnyLeaf, at: Place, counts: readonly number[]): boolean {
  const items: { readonly given: unknown; readonly list: unknown[] }[] = [];
  const slots: Slot[] = [];
  at.slots.forEach((up, parent) => {
    const given = listIn(up, at.name);
    const list: unknown[] = [];
    up.row[at.name] = list;
    for (let place = 0; place < (counts[parent] ?? 0); place++) {
      items.push({ given: given[place], list });
      slots.push({ row: noFields, before: undefined, place, up, world: up.world, from: noFields });
    }
  });
  return walkLeaf(
    leaf,
    { ...at, slots },
    (_, row) => items[row]?.given,
    (_, value, row) => items[row]?.list.push(value),
  );
}

/** How many each parent has, then what they are. */
function walkList({ count, each, items }: AnyList, at: Place): boolean {
  const { name, path, scribe } = at;
  const counts: number[] = [];
  const length = ({ from }: Slot) => (Array.isArray(from[name]) ? from[name].length : undefined);
  const take = (_: Slot, value: unknown) => counts.push(Number(value));
  if (!walkLeaf(count, { ...at, path: `${path}#` }, length, take)) return false;
  if (!scribe.mayAdd(counts.reduce((sum, more) => sum + more, 0))) return false;
  if (items !== undefined) return walkItems(items, at, counts);
  const table: Slot[] = [];
  at.slots.forEach((slot, parent) => {
    const given = listIn(slot, name);
    slot.row[name] = Array.from({ length: counts[parent] ?? 0 }, (_, place) =>
      addRow(table, slot, given[place], place),
    );
  });
  return walk(each ?? {}, `${path}.`, table, scribe);
}

function walkColumn(column: AnyFields[string], at: Place): boolean {
  const { name } = at;
  if ("is" in column) {
    const take = ({ row }: Slot, value: unknown) => {
      row[name] = value;
    };
    return walkLeaf(column, at, ({ from }) => from[name], take);
  }
  const slots = withField(column.given, at);
  if (slots === null) return false;
  return "fields" in column
    ? walkGroup(column, { ...at, slots })
    : walkList(column, { ...at, slots });
}

/**
 * Goes through all columns in their order, each through all its rows, and fills the rows. Whatever a
 * prediction looks at was there in the same state on both sides. false: it ended at a corrupt value.
 */
export function walk(
  fields: AnyFields,
  under: string,
  slots: readonly Slot[],
  scribe: Scribe,
): boolean {
  const isRead = Object.entries(fields).every(([name, column]) => {
    const holding = column.when ? slots.filter((slot) => column.when?.(slot)) : slots;
    return walkColumn(column, { name, path: `${under}${name}`, slots: holding, scribe });
  });
  return isRead && slots.every(scribe.isWhole);
}
