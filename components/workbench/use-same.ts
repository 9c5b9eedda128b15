import { useRef } from "react";
import type { Trouble } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";

const useKept = <Value>(value: Value, isSame: (kept: Value) => boolean): Value => {
  const kept = useRef(value);
  if (!isSame(kept.current)) kept.current = value;
  return kept.current;
};

/** Every reading has findings of its own; where they are about the same things, nothing is drawn anew. */
export const useSameKeys = (keys: ReadonlySet<Key>): ReadonlySet<Key> =>
  useKept(keys, (kept) => kept.size === keys.size && [...keys].every((each) => kept.has(each)));

/** The same of their problems, each by its number. */
export const useSameTrouble = (trouble: Trouble): Trouble =>
  useKept(
    trouble,
    (kept) =>
      kept.size === trouble.size &&
      [...trouble].every(([key, numbers]) => kept.get(key)?.join() === numbers.join()),
  );
