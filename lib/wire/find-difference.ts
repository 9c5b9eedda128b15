import type { Topology } from "@/lib/topology/model";
import { isObject } from "./codes";
import {
  type Change,
  differenceFormat,
  endingOf,
  type FieldChange,
  moved,
  type PackedDifference,
  type Row,
  type Run,
  rowsOf,
  type TableChange,
  type TableName,
  tableNames,
} from "./difference";

/** The same thing in both: by its key where it has one; else a row that says the same. */
const nameOf = (row: Row): string =>
  typeof row["key"] === "string" ? row["key"] : JSON.stringify(row);

/** For each row of the newer table its place in the older one; -1: it is new. */
function originsOf(before: readonly Row[], after: readonly Row[]): readonly number[] {
  const names = before.map(nameOf);
  const places = new Map(names.map((name, place) => [name, place]));
  let last = -1;
  return after.map((row) => {
    const name = nameOf(row);
    // Of rows that say the same, the one that goes on where the row before came from.
    const place = names[last + 1] === name ? last + 1 : (places.get(name) ?? -1);
    if (place >= 0) last = place;
    return place;
  });
}

function runsOf(after: readonly Row[], origins: readonly number[]): readonly Run[] {
  const runs: (Row | [number, number])[] = [];
  after.forEach((row, nth) => {
    const place = origins[nth] ?? -1;
    const open = runs.at(-1);
    if (place < 0) runs.push(row);
    else if (Array.isArray(open) && open[0] + open[1] === place) open[1] += 1;
    else runs.push([place, 1]);
  });
  return runs;
}

function changeOf(old: unknown, now: unknown): Change {
  if (typeof old === "number" && typeof now === "number") {
    return old + (now - old) === now ? now - old : [now];
  }
  if (typeof old !== "string" || typeof now !== "string") return [now];
  const by = Number(endingOf(now)) - Number(endingOf(old));
  return moved(old, by) === now ? by : [now];
}

const isAlike = (a: Row, b: Row): boolean => {
  const names = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name))
  );
};

type Found = (path: readonly string[], change: Change) => void;

function compare(old: unknown, now: unknown, path: readonly string[], found: Found): void {
  if (old === now) return;
  if (!isObject(old) || !isObject(now) || !isAlike(old, now)) {
    found(path, changeOf(old, now));
    return;
  }
  for (const name of Object.keys(now)) compare(old[name], now[name], [...path, name], found);
}

type Changes = {
  readonly path: readonly string[];
  readonly at: number[];
  readonly by: Change[];
  last: number;
};

const isSameForAll = ([first, ...others]: readonly Change[]): boolean =>
  typeof first === "number" && others.every((each) => each === first);

function fieldChanges(
  before: readonly Row[],
  after: readonly Row[],
  origins: readonly number[],
): readonly FieldChange[] {
  const fields = new Map<string, Changes>();
  after.forEach((row, nth) => {
    const old = before[origins[nth] ?? -1];
    if (old === undefined) return;
    compare(old, row, [], (path, change) => {
      const name = path.join("\n");
      const field = fields.get(name) ?? { path, at: [], by: [], last: -1 };
      fields.set(name, field);
      field.at.push(nth - field.last);
      field.by.push(change);
      field.last = nth;
    });
  });
  return [...fields.values()].map(({ path, at, by }) => ({
    path,
    at,
    by: isSameForAll(by) ? by.slice(0, 1) : by,
  }));
}

function tableChange(before: readonly Row[], after: readonly Row[]): TableChange | null {
  const origins = originsOf(before, after);
  const inPlace = before.length === after.length && origins.every((place, nth) => place === nth);
  const fields = fieldChanges(before, after, origins);
  if (inPlace && fields.length === 0) return null;
  return {
    ...(!inPlace && { rows: runsOf(after, origins) }),
    ...(fields.length > 0 && { fields }),
  };
}

/** More new rows than others: packed as a whole, it is shorter. */
const isMostlyNew = ({ rows = [] }: TableChange, of: number): boolean =>
  2 * rows.filter((run) => !Array.isArray(run)).length > of;

/**
 * What makes `after` of `before`: `applyDifference(before, difference(before, after))` equals `after`.
 * null: they have too little in common.
 */
export function difference(before: Topology, after: Topology): PackedDifference | null {
  const tables: Partial<Record<TableName, TableChange>> = {};
  for (const name of tableNames) {
    const rows = rowsOf(after, name);
    const change = tableChange(rowsOf(before, name), rows);
    if (change === null) continue;
    if (name === "links" && isMostlyNew(change, rows.length)) return null;
    tables[name] = change;
  }
  return { format: differenceFormat, tables };
}
