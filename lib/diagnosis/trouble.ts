import type { Key } from "@/lib/net/ids";
import { problems } from "./diagnose";
import type { Finding } from "./model";

/** For each thing the problems that are about it, by their places in `problems(findings)`. */
export const troubleOf = (findings: readonly Finding[]): ReadonlyMap<Key, readonly number[]> => {
  const trouble = new Map<Key, readonly number[]>();
  for (const [number, { about }] of problems(findings).entries()) {
    for (const key of new Set(about)) trouble.set(key, [...(trouble.get(key) ?? []), number]);
  }
  return trouble;
};
