import type { Topology } from "@/lib/topology/model";
import { isObject } from "./codes";
import {
  type Change,
  differenceFormat,
  type FieldChange,
  moved,
  type PackedDifference,
  type Row,
  type Run,
  rowsOf,
  type TableChange,
  tableNames,
} from "./difference";

/** It is no difference from this topology. */
class Unfit extends Error {}

const isRun = (run: Run): run is readonly [number, number] => Array.isArray(run);

function assembled(before: readonly Row[], runs: readonly Run[] | undefined): Row[] {
  if (runs === undefined) return [...before];
  const rows: Row[] = [];
  for (const run of runs) {
    if (!isRun(run)) {
      rows.push(run);
      continue;
    }
    const [from, count] = run;
    if (before.length < from + count) throw new Unfit();
    for (let nth = from; nth < from + count; nth += 1) rows.push(before[nth] as Row);
  }
  return rows;
}

type Part = { [name: string]: unknown };

const copyOf = (part: unknown): Part => {
  if (!isObject(part)) throw new Unfit();
  return (Array.isArray(part) ? [...part] : { ...part }) as Part;
};

/** Rows and their parts are copied at their first change: the older topology stays as it is. */
type Copies = { readonly rows: Uint8Array; readonly parts: Set<unknown> };

function ownRow(rows: Row[], row: number, copies: Copies): Part {
  if (copies.rows[row] === 1) return rows[row] as Part;
  const copy = copyOf(rows[row]);
  copies.rows[row] = 1;
  rows[row] = copy;
  return copy;
}

function ownPart(part: Part, name: string, { parts }: Copies): Part {
  const held = part[name];
  if (parts.has(held)) return held as Part;
  if (!Object.hasOwn(part, name)) throw new Unfit();
  const copy = copyOf(held);
  parts.add(copy);
  part[name] = copy;
  return copy;
}

function changeValue(part: Part, name: string, change: Change | undefined): void {
  const old = part[name];
  const now = typeof change === "number" ? moved(old, change) : change?.[0];
  if (now === undefined || (old === undefined && !Object.hasOwn(part, name))) throw new Unfit();
  part[name] = now;
}

function changeField(rows: Row[], { path, at, by }: FieldChange, copies: Copies): void {
  const [last] = path.slice(-1);
  if (last === undefined) throw new Unfit();
  const above = path.slice(0, -1);
  const forAll = by.length === 1 ? by[0] : undefined;
  let row = -1;
  for (let nth = 0; nth < at.length; nth += 1) {
    row += at[nth] ?? 0;
    let part = ownRow(rows, row, copies);
    for (const name of above) part = ownPart(part, name, copies);
    changeValue(part, last, forAll ?? by[nth]);
  }
}

function changedTable(before: readonly Row[], { rows: runs, fields = [] }: TableChange): Row[] {
  const rows = assembled(before, runs);
  const copies: Copies = { rows: new Uint8Array(rows.length), parts: new Set() };
  for (const field of fields) changeField(rows, field, copies);
  return rows;
}

/**
 * The newer topology. What did not change is the very same object as before: tables, rows, and parts of
 * rows. null: this is no difference, or not from this topology. The values are not checked, as the
 * server's own are not elsewhere.
 */
export function applyDifference(before: Topology, packed: PackedDifference): Topology | null {
  if (packed.format !== differenceFormat) return null;
  try {
    const changed = tableNames.flatMap((name) => {
      const change = packed.tables[name];
      if (change === undefined) return [];
      const rows = changedTable(rowsOf(before, name), change);
      return [[name, Array.isArray(before[name]) ? rows : rows[0]] as const];
    });
    return { ...before, ...(Object.fromEntries(changed) as Partial<Topology>) };
  } catch (error) {
    if (error instanceof Unfit) return null;
    throw error;
  }
}
