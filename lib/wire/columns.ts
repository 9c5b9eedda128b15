import type { Atom, Draft, Field, Names } from "./drafts";
import type { Lookups } from "./lookups";

/** Where a value stands. What it says is the same on both sides when a column is asked. */
export type Here<T, Up = unknown> = {
  readonly row: Draft<T>;
  /** The row before in this table, also where that belongs to another parent. */
  readonly before: Draft<T> | undefined;
  /** Its place in the list of its parent. */
  readonly place: number;
  /** The row that this one is part of. */
  readonly up: Up;
  readonly world: Lookups;
};

/** A short way to write a value; undefined where there is none. `read` must lead back to the same value. */
export type Form<V> = {
  write(value: V, world: Lookups, expected: V | undefined): string | number | undefined;
  read(short: string | number, world: Lookups, expected: V | undefined): V | undefined;
};

/** Methods, not function properties: the walk knows columns without the types of their rows. */
type Leaf<V, H> = {
  is(value: unknown): value is V;
  /** What the value follows from; undefined: nothing is known here. */
  predict?(here: H): V | undefined;
  /**
   * Where nothing else is known, what the column held at the last row of which that was said, with
   * the same likeness, closest first. Without it: at the last row.
   */
  like?(here: H): readonly string[];
  readonly form?: Form<V>;
  /** The field is there only then. */
  when?(here: H): boolean;
};

/**
 * How rows are described for the wire: every field has a column, and every column says what its value
 * is expected to be, so that only what differs crosses (see ./wire). A field that the model gains does
 * not compile until it has a column. They are read in this order: a column may look at those above it.
 */
export type Fields<T, H> = { readonly [K in Names<T>]-?: Column<Field<T, K>, H> };

/** What may be null says first whether it is given. */
type Given<V, H> = {
  /** The field is there only then. */
  when?(here: H): boolean;
} & (null extends V ? { readonly given: Leaf<boolean, H> } : { readonly given?: never });

/** An object: its fields are columns of their own. */
type Group<V, H> = Given<V, H> & {
  readonly fields: Fields<NonNullable<V>, Here<NonNullable<V>, H>>;
};

/** A list: how many, then the fields of its rows, or its single values. */
type List<V, E, H> = Given<V, H> & { readonly count: Leaf<number, H> } & ([E] extends [Atom]
    ? { readonly items: Leaf<E, Here<object, H>> }
    : { readonly each: Fields<E, Here<E, H>> });

type Column<V, H> =
  | Leaf<V, H>
  | ([NonNullable<V>] extends [Atom]
      ? never
      : [NonNullable<V>] extends [readonly (infer E)[]]
        ? List<V, E, H>
        : Group<V, H>);

export const text =
  <T extends string>() =>
  (value: unknown): value is T =>
    typeof value === "string";

export const textOrNull =
  <T extends string>() =>
  (value: unknown): value is T | null =>
    value === null || typeof value === "string";

export const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

export const isNumberOrNull = (value: unknown): value is number | null =>
  value === null || isNumber(value);

export const isFlag = (value: unknown): value is boolean => typeof value === "boolean";

/** Takes all words (as names), so that one which the model gains does not compile until it is listed. */
export const oneOf =
  <T extends string>(words: Readonly<Record<T, unknown>>) =>
  (value: unknown): value is T =>
    typeof value === "string" && Object.hasOwn(words, value);

export const isFlagOrNull = (value: unknown): value is boolean | null =>
  value === null || isFlag(value);

export const isCount = (value: unknown): value is number =>
  isNumber(value) && Number.isInteger(value) && value >= 0;
