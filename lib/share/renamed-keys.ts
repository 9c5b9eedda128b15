import type { Key } from "@/lib/net/ids";
import type { Redacted } from "./redact";

/** What is known of things, by what they are called after redaction; of what is no longer called anything nothing is. */
export const renamedKeys = <T>(
  known: ReadonlyMap<Key, T>,
  keyOf: Redacted["keyOf"],
): ReadonlyMap<Key, T> =>
  new Map(
    [...known].flatMap(([key, value]) => {
      const now = keyOf(key);
      return now === null ? [] : [[now, value] as const];
    }),
  );
