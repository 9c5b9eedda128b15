"use client";

import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";

const rowSteps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 20,
  PageUp: -20,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};
const columnSteps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

const cellsOf = (row: Element): readonly HTMLButtonElement[] => [
  ...row.querySelectorAll<HTMLButtonElement>("button[data-cell]"),
];

/** Where a row stands among all rows, drawn or not. */
const placeOf = (row: Element): number => Number(row.getAttribute("aria-rowindex")) - 2;

/** The cell that stands nearest to the wanted column: rows leave out what they do not have. */
const cellNear = (row: Element | null, column: number): HTMLButtonElement | null => {
  if (row === null) return null;
  const distance = (cell: HTMLButtonElement) => Math.abs(Number(cell.dataset["cell"]) - column);
  return (
    cellsOf(row)
      .toSorted((a, b) => distance(a) - distance(b) || Number(a.dataset["cell"]))
      .at(0) ?? null
  );
};

const rowAt = (grid: HTMLElement, place: number): Element | null =>
  grid.querySelector(`[data-row][aria-rowindex="${place + 2}"]`);

const makeReachable = (grid: HTMLElement, cell: HTMLButtonElement): void => {
  for (const other of grid.querySelectorAll<HTMLButtonElement>('button[data-cell][tabindex="0"]')) {
    other.tabIndex = -1;
  }
  cell.tabIndex = 0;
};

/** Rows that are far off are drawn some frames after they were scrolled to. */
const mostFrames = 12;

export type Steps = {
  readonly count: number;
  /** Brings a row into view, so that it is drawn. */
  readonly bring: (place: number, align: "auto" | "start") => void;
  /** Whether a row has no cell that the keyboard could be on. */
  readonly isPassed: (place: number) => boolean;
  /** The focus went from one row to another; `extend`: with Shift. */
  readonly onMove?: ((from: number, to: number, extend: boolean) => void) | undefined;
};

/** The row to which so many steps lead: on from there where it is passed over, and back where nothing is left. */
export const rowAfter = (
  from: number,
  steps: number,
  { count, isPassed }: Pick<Steps, "count" | "isPassed">,
): number => {
  const far = Math.max(0, Math.min(count - 1, from + steps));
  const onward = Math.sign(far - from);
  let to = far;
  while (onward !== 0 && to >= 0 && to < count && isPassed(to)) to += onward;
  if (to >= 0 && to < count) return to;
  to = far;
  while (to !== from && isPassed(to)) to -= onward;
  return to;
};

/**
 * One tab stop for the whole grid, arrows inside it (roving tabindex). Rows are told by their
 * aria-rowindex, since not all of them are drawn. `drawn` tells when cells are new. `focusOn` leads to the cell
 * of a row that is nearest to a column, wherever the row is.
 */
export const useGridKeys = (
  grid: RefObject<HTMLElement | null>,
  drawn: unknown,
  { count, bring, isPassed, onMove }: Steps,
) => {
  const waiting = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new rows bring new cells
  useEffect(() => {
    const here = grid.current;
    if (here === null) return;
    const reachable = here.querySelector('button[data-cell][tabindex="0"]');
    const first = here.querySelector<HTMLButtonElement>("button[data-cell]");
    if (reachable === null && first !== null) first.tabIndex = 0;
    const focused = (event: FocusEvent) => {
      const cell = event.target;
      if (cell instanceof HTMLButtonElement && cell.dataset["cell"] !== undefined) {
        makeReachable(here, cell);
      }
    };
    here.addEventListener("focusin", focused);
    return () => here.removeEventListener("focusin", focused);
  }, [grid, drawn]);

  const focusOn = (place: number, column: number, align: "auto" | "start" = "auto"): void => {
    cancelAnimationFrame(waiting.current);
    const attempt = (left: number) => {
      const here = grid.current;
      const cell = here === null ? null : cellNear(rowAt(here, place), column);
      if (cell !== null) {
        cell.focus({ preventScroll: true });
        // Drawn for the first time it was measured, and may have moved.
        waiting.current = requestAnimationFrame(() => bring(place, align));
        return;
      }
      if (left > 0) waiting.current = requestAnimationFrame(() => attempt(left - 1));
    };
    bring(place, align);
    attempt(mostFrames);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const from = event.target;
    if (!(from instanceof HTMLElement) || from.dataset["cell"] === undefined) return;
    const row = from.closest("[data-row]");
    if (row === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const across = columnSteps[event.key];
    if (across !== undefined) {
      const cells = cellsOf(row);
      event.preventDefault();
      cells[cells.indexOf(from as HTMLButtonElement) + across]?.focus();
      return;
    }
    const down = rowSteps[event.key];
    if (down === undefined) return;
    event.preventDefault();
    const place = placeOf(row);
    const to = rowAfter(place, down, { count, isPassed });
    if (to === place) return;
    onMove?.(place, to, event.shiftKey);
    focusOn(to, Number(from.dataset["cell"]));
  };
  return { onKeyDown, focusOn };
};
