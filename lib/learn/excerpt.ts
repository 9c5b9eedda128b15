import { isJsonObject, type JsonObject } from "@/lib/facts/json-object";
import type { Answer } from "@/lib/facts/model";
import type { Place } from "./on-host/model";

/** What of an answer is printed, and how many of its elements or lines were left out at the end. */
export type Excerpt = { readonly text: string; readonly left: number };

const most = 16;
/** What was left out of an element. */
const gap = " …";

/** A field is wanted by its name, or by its parent's and its own: `Ports.Type`. */
type Wanted = (name: string, parent: string) => boolean;

const wantedBy = (fields: readonly string[]): Wanted => {
  const all = new Set(fields);
  return (name, parent) => all.has(name) || all.has(`${parent}.${name}`);
};

/** The value with only what is wanted in it, as JSON; null: nothing of it is. */
const cut = (value: unknown, wanted: Wanted, parent: string): string | null => {
  if (Array.isArray(value)) return cutList(value, wanted, parent);
  return isJsonObject(value) ? cutObject(value, wanted, parent) : null;
};

const cutList = (list: readonly unknown[], wanted: Wanted, parent: string): string | null => {
  const kept = list.flatMap((each) => cut(each, wanted, parent) ?? []);
  return kept.length === 0 ? null : `[${kept.join(",")}]`;
};

const cutObject = (object: JsonObject, wanted: Wanted, parent: string): string | null => {
  const entries = Object.entries(object);
  const kept = entries.flatMap(([name, value]) => {
    const inner = cut(value, wanted, name);
    if (inner === null && !wanted(name, parent)) return [];
    return `${JSON.stringify(name)}:${inner ?? JSON.stringify(value)}`;
  });
  if (kept.length === 0) return null;
  return `{${[...kept, ...(kept.length < entries.length ? [gap] : [])].join(",")}}`;
};

const inShort = (value: unknown, fields: readonly string[]): string =>
  fields.length === 0 ? JSON.stringify(value) : (cut(value, wantedBy(fields), "") ?? `{${gap}}`);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const walk = (json: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (node, step) =>
      typeof node === "object" && node !== null && Object.hasOwn(node, step)
        ? (node as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    json,
  );

/** A line with those below it that belong to it: `ip addr` indents them. */
const paragraph = (lines: readonly string[], from: number): readonly string[] => {
  const after = lines.slice(from + 1);
  const end = after.findIndex((line) => !/^\s+\S/.test(line));
  return lines.slice(from, from + 1 + (end < 0 ? after.length : end));
};

const first = (pieces: readonly string[]): Excerpt => ({
  text: pieces.slice(0, most).join("\n"),
  left: Math.max(0, pieces.length - most),
});

const wholeText = (stdout: string, fields: readonly string[]): Excerpt => {
  const json = parsed(stdout);
  if (Array.isArray(json)) return first(json.map((each) => inShort(each, fields)));
  if (isJsonObject(json)) return first([inShort(json, fields)]);
  return first(stdout.replace(/\n+$/, "").split("\n"));
};

/**
 * The part of an answer that matters, word for word: of JSON the wanted fields in their order, each
 * element on a line of its own; of text the lines. null: the answer has no such part.
 */
export const excerptOf = ({ stdout }: Pick<Answer, "stdout">, place: Place): Excerpt | null => {
  if (stdout.trim() === "") return null;
  if (place.at.length === 0) return wholeText(stdout, place.fields);
  const json = parsed(stdout);
  const lines = stdout.split("\n");
  const pieces = place.at.flatMap((at): readonly string[] => {
    if ("line" in at) {
      return lines[at.line] === undefined ? [] : paragraph(lines, at.line);
    }
    const element = walk(json, at.path);
    return element === undefined ? [] : [inShort(element, place.fields)];
  });
  return pieces.length === 0 ? null : first(pieces);
};
