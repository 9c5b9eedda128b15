import type { z } from "zod";
import type { Reading, Unread } from "./define";
import { excerpt } from "./lines";

const parsed = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

/**
 * Reads a JSON array element by element, so that one strange element costs only itself.
 * `row` is given the element and its index. iproute2 prints nothing at all for an empty list and,
 * between 4.15 and 5.0, `{}` and null in place of what was filtered out: both hold nothing.
 */
export function readJsonArray<Element, Row>(
  text: string,
  element: z.ZodType<Element>,
  row: (element: Element, at: number) => Row,
): Reading<Row> {
  if (text.trim() === "") return { rows: [], unread: [] };
  const json = parsed(text);
  if (json === null || !Array.isArray(json.value)) {
    return { rows: [], unread: [{ at: 0, excerpt: excerpt(text) }] };
  }
  const rows: Row[] = [];
  const unread: Unread[] = [];
  for (const [at, each] of json.value.entries()) {
    if (isPlaceholder(each)) continue;
    const read = element.safeParse(each);
    if (read.success) rows.push(row(read.data, at));
    else unread.push({ at, excerpt: excerpt(JSON.stringify(each)) });
  }
  return { rows, unread };
}

/** As {@link readJsonArray}, for an answer that is one object. */
export function readJsonObject<Value>(text: string, shape: z.ZodType<Value>): Reading<Value> {
  const read = shape.safeParse(parsed(text)?.value);
  return read.success
    ? { rows: [read.data], unread: [] }
    : { rows: [], unread: [{ at: 0, excerpt: excerpt(text) }] };
}

/** Whether an answer is JSON, or nothing: iproute2 before 4.14 and BusyBox print text only. */
export const isJson = (text: string): boolean => /^\s*(?:[[{]|$)/.test(text);

const isPlaceholder = (each: unknown): boolean =>
  each === null || (typeof each === "object" && Object.keys(each).length === 0);
