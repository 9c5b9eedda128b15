"use client";

import { useEffect, useRef } from "react";
import type { Key } from "@/lib/net/ids";

/**
 * What was chosen elsewhere is brought into view, as soon as a row is it; what is chosen here is there already.
 * `ready`: places are known. `isChosen` and `bring` are the same functions at every call.
 */
export const useChosenInView = <Row>({
  rows,
  chosen,
  isChosen,
  ready,
  bring,
}: {
  readonly rows: readonly Row[];
  readonly chosen: Key | null;
  readonly isChosen: (row: Row, chosen: Key) => boolean;
  readonly ready: boolean;
  readonly bring: (place: number) => void;
}): void => {
  const last = useRef<{ readonly of: Key | null; readonly brought: boolean }>({
    of: null,
    brought: true,
  });
  useEffect(() => {
    if (chosen !== last.current.of) last.current = { of: chosen, brought: chosen === null };
    if (!ready || chosen === null || last.current.brought) return;
    const place = rows.findIndex((row) => isChosen(row, chosen));
    if (place < 0) return;
    last.current = { of: chosen, brought: true };
    bring(place);
  }, [rows, chosen, isChosen, ready, bring]);
};
