"use client";

import { type KeyboardEvent, useEffect, useId, useState } from "react";

/** While an input method composes, its keys are its own. */
export const composes = ({ nativeEvent }: KeyboardEvent): boolean =>
  nativeEvent.isComposing || nativeEvent.keyCode === 229;

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Options under a text field: arrows go along them while the focus stays in the field (ARIA combobox).
 * `of`: when it changes, one begins anew, with none or the first of them. `at` -1: none.
 */
export const useOptions = (count: number, of: string, begin: "none" | "first") => {
  const list = useId();
  const start = begin === "first" ? 0 : -1;
  const [chosen, setChosen] = useState({ of, at: start });
  const at = chosen.of === of ? Math.min(chosen.at, count - 1) : Math.min(start, count - 1);
  const idOf = (nth: number): string => `${list}-${nth}`;
  useEffect(() => {
    if (at >= 0) document.getElementById(`${list}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [at, list]);
  return {
    list,
    at,
    idOf,
    point: (nth: number) => setChosen({ of, at: nth }),
    /** true: the key was an arrow, and was followed. */
    step: (event: KeyboardEvent): boolean => {
      const step = steps[event.key];
      if (step === undefined || count === 0 || event.altKey || event.ctrlKey || event.metaKey) {
        return false;
      }
      event.preventDefault();
      const least = begin === "first" ? 0 : -1;
      const span = count - least;
      setChosen({ of, at: ((at - least + step + span) % span) + least });
      return true;
    },
  };
};
