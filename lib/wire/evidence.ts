import { isJsonObject } from "@/lib/facts/json-object";
import type { Evidence } from "@/lib/facts/model";
import { isNumber } from "./columns";
import type { Lookups } from "./lookups";

const isPath = (value: unknown): value is readonly (string | number)[] =>
  Array.isArray(value) && value.every((step) => typeof step === "string" || isNumber(step));

/** Nothing else may be in it: it crosses as one value. */
export function isEvidence(value: unknown): value is Evidence {
  if (!isJsonObject(value) || Object.keys(value).length !== 2) return false;
  const { answer, at } = value;
  return (
    typeof answer === "string" &&
    isJsonObject(at) &&
    Object.keys(at).length === 1 &&
    (isNumber(at["line"]) || isPath(at["path"]))
  );
}

export const isEvidenceOrNull = (value: unknown): value is Evidence | null =>
  value === null || isEvidence(value);

/** Its line, or its path of one number. */
function numberOf({ at }: Evidence): number | undefined {
  if ("line" in at) return at.line;
  const [only, ...others] = at.path;
  return typeof only === "number" && others.length === 0 ? only : undefined;
}

const isAlike = (a: Evidence, b: Evidence): boolean =>
  a.answer === b.answer && "line" in a.at === "line" in b.at;

/** A Form: the number alone, where another place in the same answer is expected. */
export const placeInAnswer = {
  write: (value: Evidence | null, _: Lookups, expected: Evidence | null | undefined) =>
    value && expected && isAlike(value, expected) ? numberOf(value) : undefined,
  read: (place: string | number, _: Lookups, expected: Evidence | null | undefined) => {
    if (!expected || typeof place !== "number") return undefined;
    const at = "line" in expected.at ? { line: place } : { path: [place] };
    return { answer: expected.answer, at };
  },
};
