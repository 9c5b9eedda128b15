import { type Key, key } from "@/lib/net/ids";
import type { Backend, Family } from "./model";

/**
 * Keys of the rules of one chain: the same text again gets `~2`, in the order of the chain. Told apart by the text
 * alone, since what stands before it is the same for all.
 */
export function ruleKeys(
  backend: Backend,
  family: Family,
  table: string,
  chain: string,
): (text: string) => Key {
  const before = `rule:${backend}/${family}/${table}/${chain}/`;
  const taken = new Map<string, number>();
  return (text) => {
    const times = (taken.get(text) ?? 0) + 1;
    taken.set(text, times);
    return key(times === 1 ? `${before}${text}` : `${before}${text}~${times}`);
  };
}
