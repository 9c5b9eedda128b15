"use client";

import { type KeyboardEvent, type RefObject, useEffect } from "react";

const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

const cellsOf = (row: Element): readonly HTMLButtonElement[] => [
  ...row.querySelectorAll<HTMLButtonElement>("button[data-cell]"),
];

const rowsOf = (grid: HTMLElement): readonly Element[] => [...grid.querySelectorAll("[data-row]")];

/** The cell that stands nearest to the wanted column: rows leave out what they do not have. */
const cellNear = (row: Element | undefined, column: number): HTMLButtonElement | null => {
  if (row === undefined) return null;
  const distance = (cell: HTMLButtonElement) => Math.abs(Number(cell.dataset["cell"]) - column);
  return (
    cellsOf(row)
      .toSorted((a, b) => distance(a) - distance(b) || Number(a.dataset["cell"]))
      .at(0) ?? null
  );
};

const wanted = (grid: HTMLElement, from: HTMLElement, pressed: string) => {
  const rows = rowsOf(grid);
  const row = from.closest("[data-row]");
  if (row === null) return null;
  const column = Number(from.dataset["cell"]);
  if (pressed === "Home") return cellNear(rows.at(0), column);
  if (pressed === "End") return cellNear(rows.at(-1), column);
  const step = steps[pressed];
  if (step === undefined) return null;
  const [down, right] = step;
  if (down !== 0) return cellNear(rows[rows.indexOf(row) + down], column);
  const cells = cellsOf(row);
  return cells[cells.indexOf(from as HTMLButtonElement) + right] ?? null;
};

const makeReachable = (grid: HTMLElement, cell: HTMLButtonElement): void => {
  for (const other of grid.querySelectorAll<HTMLButtonElement>('button[data-cell][tabindex="0"]')) {
    other.tabIndex = -1;
  }
  cell.tabIndex = 0;
};

/**
 * One tab stop for the whole grid, arrows inside it (roving tabindex). `rows` tells when cells are
 * new, so that one of them can be reached.
 */
export const useGridKeys = (grid: RefObject<HTMLElement | null>, rows: unknown) => {
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
  }, [grid, rows]);

  return (event: KeyboardEvent<HTMLElement>) => {
    const from = event.target;
    if (!(from instanceof HTMLElement) || from.dataset["cell"] === undefined) return;
    const to = wanted(event.currentTarget, from, event.key);
    if (to === null) return;
    event.preventDefault();
    to.focus();
  };
};
