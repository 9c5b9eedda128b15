import { isJsonObject } from "@/lib/facts/json-object";
import { mostTextLetters } from "./limits";
import type { TextKind } from "./text-kinds";

/** What of a JSON schema (draft 2020-12) is used here. */
export type Schema = Readonly<Record<string, unknown>>;
export type Definitions = Map<string, Schema>;

/** Of one reading: what went wrong first, and how much was left out. */
export type Reading = {
  /** Where the first fault is, from the inside out: `mtu`, `3`, `links`. Told only when a reading ends. */
  readonly fault: (string | number)[];
  /** Fields that this version does not know: a newer one may have written them. */
  unknown: number;
};

/** Goes over every text of a value, each with what it is and the row that it stands in. */
export type Visitor = {
  text(kind: TextKind, text: string, row: object): string;
  /** The id of a row, where it is the row's own. */
  own(kind: TextKind, text: string, row: object): string;
  inode(inode: number): number;
};

/**
 * How a value of a file looks, said once: read strictly from any JSON, rewritten text by text, and
 * published as a schema. There is no shape for text as such: whoever adds a text says what kind it is.
 */
export type Shape<T> = {
  /** A fresh value of known fields only; undefined: it is none, and `reading.fault` says where. */
  read(value: unknown, reading: Reading): T | undefined;
  map(value: T, visitor: Visitor, row: object): T;
  schema(definitions: Definitions): Schema;
  /** What a file that does not have the field means. Without it the field has to be there. */
  readonly absent?: { readonly value: T };
  /** Absent stays absent. */
  readonly optional?: true;
};

/** Above the place where a reading ended: which field it was. */
const faultAt = ({ fault }: Reading, at: string | number): undefined => {
  fault.push(at);
  return undefined;
};

const atom = <T>(
  is: (value: unknown) => value is T,
  schema: Schema,
  map: Shape<T>["map"] = (value) => value,
): Shape<T> => ({
  read: (value) => (is(value) ? value : undefined),
  map,
  schema: () => schema,
});

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

/** Any finite number that identifies nothing: a size, an ifindex, a counter. */
export const number = atom(isNumber, { type: "number" });
export const inode = atom(isNumber, { type: "integer" }, (value, visitor) => visitor.inode(value));
export const flag = atom((value): value is boolean => typeof value === "boolean", {
  type: "boolean",
});

/** Takes all words as names, so that one which the model gains does not compile until it is listed. */
export const oneOf = <T extends string>(words: Readonly<Record<T, true>>): Shape<T> =>
  atom((value): value is T => isText(value) && Object.hasOwn(words, value), {
    enum: Object.keys(words),
  });

/** One of these numbers. */
export const literal = <T extends number>(...values: readonly T[]): Shape<T> =>
  atom((value): value is T => values.some((each) => each === value), { enum: values });

const within =
  <T extends string>(is: (value: unknown) => value is T, most: number) =>
  (value: unknown): value is T =>
    is(value) && value.length <= most;

/** `most`: how long it may be, in UTF-16 units; what is longer is none. */
export const textOf = <T extends string>(
  kind: TextKind,
  is: (value: unknown) => value is T,
  description: string,
  most = mostTextLetters,
): Shape<T> =>
  atom(within(is, most), { type: "string", description }, (value, visitor, row) => {
    const mapped = visitor.text(kind, value, row);
    return is(mapped) ? mapped : value;
  });

/** The id of a row; no two rows of one table may have the same. */
export const ownId = <T extends string>(
  kind: TextKind,
  is: (value: unknown) => value is T,
  description: string,
): Shape<T> =>
  atom(within(is, mostTextLetters), { type: "string", description }, (value, visitor, row) => {
    const mapped = visitor.own(kind, value, row);
    return is(mapped) ? mapped : value;
  });

export const nullable = <T>(shape: Shape<T>): Shape<T | null> => ({
  read: (value, reading) => (value === null ? null : shape.read(value, reading)),
  map: (value, visitor, row) => (value === null ? null : shape.map(value, visitor, row)),
  schema: (definitions) => ({ anyOf: [shape.schema(definitions), { type: "null" }] }),
});

/** For a field that the model gained after files were written: what its absence means. */
export const since = <T>(shape: Shape<T>, value: T): Shape<T> => ({ ...shape, absent: { value } });

export const optional = <T>(shape: Shape<T>): Shape<T> => ({
  ...shape,
  optional: true,
});

/** One of two that no field of both tells apart. `isFirst`: of anything at all. */
export const either = <A, B>(
  isFirst: (value: unknown) => boolean,
  first: Shape<A>,
  second: Shape<B>,
): Shape<A | B> => ({
  read: (value, reading) => (isFirst(value) ? first : second).read(value, reading),
  map: (value, visitor, row) =>
    isFirst(value) ? first.map(value as A, visitor, row) : second.map(value as B, visitor, row),
  schema: (definitions) => ({ anyOf: [first.schema(definitions), second.schema(definitions)] }),
});

export const list = <T>(shape: Shape<T>): Shape<readonly T[]> => ({
  read: (value, reading) => {
    if (!Array.isArray(value)) return undefined;
    const items: T[] = [];
    for (const [nth, item] of value.entries()) {
      const known = shape.read(item, reading);
      if (known === undefined) return faultAt(reading, nth);
      items.push(known);
    }
    return items;
  },
  map: (value, visitor, row) => value.map((item) => shape.map(item, visitor, row)),
  schema: (definitions) => ({ type: "array", items: shape.schema(definitions) }),
});

/** One shape for every field: a field that the model gains does not compile until it has one. */
export type Fields<T> = { readonly [K in keyof T]-?: Shape<T[K]> };

type Row = Readonly<Record<string, unknown>>;
type AnyFields = readonly (readonly [name: string, shape: Shape<unknown>])[];

/** What a field of a row is; undefined: refused. */
function readField(shape: Shape<unknown>, row: Row, name: string, reading: Reading) {
  const isThere = Object.hasOwn(row, name);
  if (!isThere && shape.absent) return shape.absent.value;
  return shape.read(isThere ? row[name] : undefined, reading);
}

/** undefined: refused. `known` are fields that were read before (the tag of a union). */
function readFields(
  fields: AnyFields,
  value: unknown,
  reading: Reading,
  known: Row = {},
): Row | undefined {
  if (!isJsonObject(value)) return undefined;
  const row: Record<string, unknown> = { ...known };
  for (const [name, shape] of fields) {
    if (shape.optional && !Object.hasOwn(value, name)) continue;
    const field = readField(shape, value, name, reading);
    if (field === undefined) return faultAt(reading, name);
    row[name] = field;
  }
  for (const name in value) if (!Object.hasOwn(row, name)) reading.unknown += 1;
  return row;
}

const mapFields = (fields: AnyFields, value: Row, visitor: Visitor): Row => {
  const row: Record<string, unknown> = { ...value };
  for (const [name, shape] of fields) {
    if (name in value) row[name] = shape.map(value[name], visitor, value);
  }
  return row;
};

const schemaOf = (fields: AnyFields, definitions: Definitions, tag: Row = {}): Schema => ({
  type: "object",
  properties: {
    ...tag,
    ...Object.fromEntries(fields.map(([name, shape]) => [name, shape.schema(definitions)])),
  },
  required: [
    ...Object.keys(tag),
    ...fields.filter(([, { optional, absent }]) => !optional && !absent).map(([name]) => name),
  ],
});

/** Shapes without the types of their rows: each is only ever given its own. */
const untyped = (fields: object): AnyFields => Object.entries(fields);

export const object = <T extends object>(given: Fields<T>): Shape<T> => {
  const fields = untyped(given);
  return {
    read: (value, reading) => readFields(fields, value, reading) as T | undefined,
    map: (value, visitor) => mapFields(fields, value as Row, visitor) as T,
    schema: (definitions) => schemaOf(fields, definitions),
  };
};

type Member<T, Tag extends keyof T, V> = T extends unknown
  ? V extends T[Tag]
    ? Omit<T, Tag>
    : never
  : never;

/** The members of a union, by the value of the field that tells them apart. */
export type Members<T, Tag extends keyof T> = {
  readonly [V in T[Tag] & string]: Fields<Member<T, Tag, V>>;
};

export const union = <T extends object, Tag extends keyof T & string>(
  tag: Tag,
  given: Members<T, Tag>,
): Shape<T> => {
  const members: ReadonlyMap<unknown, AnyFields> = new Map(
    Object.entries<object>(given).map(([name, fields]) => [name, untyped(fields)]),
  );
  const memberOf = (value: unknown): AnyFields | undefined =>
    isJsonObject(value) && Object.hasOwn(value, tag) ? members.get(value[tag]) : undefined;
  return {
    read: (value, reading) => {
      const fields = memberOf(value);
      if (fields === undefined || !isJsonObject(value)) return faultAt(reading, tag);
      return readFields(fields, value, reading, { [tag]: value[tag] }) as T | undefined;
    },
    map: (value, visitor) => {
      const fields = memberOf(value);
      return fields ? (mapFields(fields, value as Row, visitor) as T) : value;
    },
    schema: (definitions) => ({
      oneOf: [...members].map(([name, fields]) =>
        schemaOf(fields, definitions, { [tag]: { const: name } }),
      ),
    }),
  };
};

/** Written once in the schema, under its name. */
export const named = <T>(name: string, shape: Shape<T>): Shape<T> => ({
  ...shape,
  schema: (definitions) => {
    if (!definitions.has(name)) {
      definitions.set(name, {});
      definitions.set(name, shape.schema(definitions));
    }
    return { $ref: `#/$defs/${name}` };
  },
});
