"use client";

import { useEffect, useRef } from "react";
import { useSelected, useWorkbench } from "@/components/workbench/context";
import { useFind } from "./find-context";

/** From match to match, around at the ends. `nth`: which of them is selected; null: none. */
export const useWalk = () => {
  const { found } = useFind();
  const { select } = useWorkbench();
  const selected = useSelected();
  const { matches } = found;
  const at = selected === null ? -1 : matches.findIndex(({ thing }) => thing.key === selected);
  // The URL is told first and read back a moment later: pressed twice, Enter goes on from where it led.
  const latest = useRef(selected);
  useEffect(() => {
    latest.current = selected;
  }, [selected]);
  const go = (step: 1 | -1): void => {
    const here = matches.findIndex(({ thing }) => thing.key === latest.current);
    const from = here < 0 && step < 0 ? 0 : here;
    const next = matches[(from + step + matches.length) % matches.length];
    if (next === undefined) return;
    latest.current = next.thing.key;
    select(next.thing.key);
  };
  return { nth: at < 0 ? null : at + 1, go };
};
