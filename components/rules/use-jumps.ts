"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { OutlineRow } from "./outline";
import type { RuleListHandle } from "./rule-list";

/** Where one was before a jump. */
type Trail = readonly string[];

/**
 * Jumps from line to line, and the way back. Where the line is not in the list (folded, or left out by a search),
 * `reveal` makes the list hold it, and the jump is done when it does.
 */
export function useJumps(
  list: RefObject<RuleListHandle | null>,
  rows: readonly OutlineRow[],
  reveal: (id: string) => void,
) {
  const [trail, setTrail] = useState<Trail>([]);
  const waiting = useRef<string | null>(null);
  const show = useCallback(
    (id: string) => {
      if (list.current?.goTo(id) === true) return;
      waiting.current = id;
      reveal(id);
    },
    [list, reveal],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows may hold what one waits for
  useEffect(() => {
    const id = waiting.current;
    if (id !== null && list.current?.goTo(id) === true) waiting.current = null;
  }, [rows, list]);
  const go = useCallback(
    (to: string, from: string | null) => {
      if (from !== null) setTrail((before) => [...before.slice(-49), from]);
      show(to);
    },
    [show],
  );
  const back = useCallback(() => {
    const last = trail.at(-1);
    if (last === undefined) return;
    setTrail(trail.slice(0, -1));
    show(last);
  }, [trail, show]);
  return { go, back, last: trail.at(-1) ?? null };
}
