import type { Lookups } from "./lookups";

/**
 * One value as it crosses: 0 as expected; a number: the difference from what was expected; a string:
 * itself; `[value]`: anything else. Numbers and strings may be the short form of a value.
 */
export type Code = number | string | readonly [unknown];

export type AnyForm = {
  write(value: unknown, world: Lookups, expected: unknown): string | number | undefined;
  read(short: string | number, world: Lookups, expected: unknown): unknown;
};

export const asItself: AnyForm = {
  write: (value) => (typeof value === "string" || typeof value === "number" ? value : undefined),
  read: (short) => short,
};

/** Lists too. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Of values as JSON has them. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]))
  );
}

/** What differences are counted from: the expected number, else nought. */
function baseOf(expected: unknown, form: AnyForm, world: Lookups): number {
  const base = expected === undefined ? undefined : form.write(expected, world, expected);
  return typeof base === "number" ? base : 0;
}

export function encode(value: unknown, expected: unknown, form: AnyForm, world: Lookups): Code {
  if (same(value, expected)) return 0;
  const short = form.write(value, world, expected);
  if (short === undefined) return [value];
  if (typeof short === "string") return short;
  const base = baseOf(expected, form, world);
  const difference = short - base;
  return difference !== 0 && base + difference === short ? difference : [value];
}

/** undefined for what {@link encode} never writes. */
export function decode(code: unknown, expected: unknown, form: AnyForm, world: Lookups): unknown {
  if (code === 0) return expected;
  if (typeof code === "number")
    return form.read(baseOf(expected, form, world) + code, world, expected);
  if (typeof code === "string") return form.read(code, world, expected);
  return Array.isArray(code) ? code[0] : undefined;
}
