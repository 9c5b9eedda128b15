import type { Key } from "@/lib/net/ids";
import type { Hue } from "./model";

export const hueCount = 8;

// FNV-1a: a network keeps its hue when others come and go, as long as no two want the same one.
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return value;
};

/** The first half of the hues is easier to tell apart: used up before the second. */
const firstFree = (wanted: number, taken: ReadonlySet<number>): number => {
  const half = hueCount / 2;
  for (let step = 0; step < hueCount; step += 1) {
    const index = ((wanted + step) % half) + (step < half ? 0 : half);
    if (!taken.has(index)) return index;
  }
  return wanted % hueCount;
};

/** A hue for each network. `first` gets the first hue, the others one by their key; no two share one while eight suffice. */
export const huesFor = (keys: readonly Key[], first: Key | null): ReadonlyMap<Key, Hue> => {
  const hues = new Map<Key, Hue>();
  let taken = new Set<number>();
  let stripe = 0;
  const others = [...new Set(keys)].filter((each) => each !== first).sort();
  for (const each of first === null ? others : [first, ...others]) {
    if (taken.size === hueCount) {
      taken = new Set();
      stripe += 1;
    }
    const index = firstFree(each === first ? 0 : hash(each), taken);
    taken.add(index);
    hues.set(each, { index, stripe });
  }
  return hues;
};
