import type { Topology } from "@/lib/topology/model";

/**
 * What changed from one reading of a host to the next, for JSON and gzip. Most of the two is the same,
 * and what differs does so alike in many rows: counters grow, places in a list move by one.
 */
export type PackedDifference = {
  readonly format: typeof differenceFormat;
  /** By name; left out where nothing changed. */
  readonly tables: Readonly<Partial<Record<TableName, TableChange>>>;
};

export const differenceFormat = "vethscope-difference/1";

export type TableChange = {
  /** Where its rows come from, in order; left out: each from its own place. */
  readonly rows?: readonly Run[];
  /** What is otherwise in rows that come from the older table. */
  readonly fields?: readonly FieldChange[];
};

/** So many rows of the older table from that place on; or a row that is new. */
export type Run = readonly [from: number, count: number] | Row;

export type FieldChange = {
  readonly path: readonly string[];
  /** Rows of the newer table: how far each is from the one before; the first from row -1. */
  readonly at: readonly number[];
  /** For each of them; a single one: for all. */
  readonly by: readonly Change[];
};

/** A number is added: to a number, or to the one that a text ends with. `[value]` takes its place. */
export type Change = number | readonly [unknown];

/** A field that the topology gains does not compile until it is listed. */
const tables: Readonly<Record<Exclude<keyof Topology, "format">, true>> = {
  host: true,
  namespaces: true,
  links: true,
  networks: true,
  containers: true,
  routes: true,
  leftovers: true,
  gaps: true,
};
export type TableName = keyof typeof tables;
export const tableNames = Object.keys(tables) as readonly TableName[];

export type Row = Readonly<Record<string, unknown>>;

/** The host is a table of one row. */
export function rowsOf(topology: Topology, table: TableName): readonly Row[] {
  const held: unknown = topology[table];
  return (Array.isArray(held) ? held : [held]) as readonly Row[];
}

/** Digits at the end of a text, as many as a number can be made of without loss. */
export const endingOf = (text: string): string => /\d{1,15}$/.exec(text)?.[0] ?? "";

/** The value that a number was added to. undefined: to this one, none can be. */
export function moved(value: unknown, by: number): unknown {
  if (typeof value === "number") return value + by;
  if (typeof value !== "string") return undefined;
  const digits = endingOf(value);
  return digits === "" ? undefined : value.slice(0, -digits.length) + (Number(digits) + by);
}
