import { matchesPattern } from "@/server/transport/ssh/known-hosts";

/** One of them fits, and no negated one (`!pattern`) does. */
export const matchesList = (patterns: readonly string[], text: string): boolean =>
  patterns.some((each) => !each.startsWith("!") && matchesPattern(each, text)) &&
  !patterns.some((each) => each.startsWith("!") && matchesPattern(each.slice(1), text));

/** A name that a person could type, not a pattern over names. */
export const isName = (pattern: string): boolean => pattern !== "" && !/[*?!]/.test(pattern);
