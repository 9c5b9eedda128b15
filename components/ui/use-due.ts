"use client";

import { useEffect } from "react";
import { useNow } from "./clock";

/**
 * Whole seconds until what is tried again by itself, for which `again` is called once when its moment is past.
 * `moment`: ISO 8601. null: nothing is to come, or it is under way (`busy`) or past.
 */
export function useDue(moment: string | null, busy: boolean, again: () => void): number | null {
  const now = useNow();
  const left =
    moment === null || now === null ? null : Math.ceil((Date.parse(moment) - now) / 1000);
  const due = left !== null && left < 0 && !busy;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that it is due
  useEffect(() => {
    if (due) again();
  }, [due]);
  return busy || left === null || left < 0 ? null : left;
}
