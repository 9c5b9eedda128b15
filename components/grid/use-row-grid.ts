"use client";

import { useRef } from "react";
import type { Key } from "@/lib/net/ids";
import { type Steps, useGridKeys } from "./grid-keys";
import { useChosenInView } from "./use-chosen-in-view";
import { useRowWindow, type Windowed } from "./use-row-window";

/** A grid of rows: which of them are drawn, where the keyboard leads, and what was chosen elsewhere. */
export type RowGridState<Row> = ReturnType<typeof useRowGrid<Row>>;

/** `ready`: false until places of rows are known. */
export const useRowGrid = <Row>({
  chosen,
  isChosen,
  ready = true,
  onMove,
  isPassed,
  ...windowed
}: Windowed<Row> &
  Pick<Steps, "onMove"> & {
    readonly chosen: Key | null;
    /** Always the same function. */
    readonly isChosen: (row: Row, chosen: Key) => boolean;
    readonly ready?: boolean;
    /** Whether a row has nothing to press, so that the keyboard passes over it. */
    readonly isPassed?: (row: Row) => boolean;
  }) => {
  const { rows, above = 0 } = windowed;
  const grid = useRef<HTMLDivElement>(null);
  const { scroller, items, height, measure, bring, focused, onFocus } = useRowWindow(windowed);
  const { onKeyDown, focusOn } = useGridKeys(grid, items, {
    count: rows.length,
    bring,
    onMove,
    isPassed: (place) => {
      const row = rows[place];
      return row !== undefined && isPassed?.(row) === true;
    },
  });
  useChosenInView({ rows, chosen, isChosen, ready, bring });
  const drawn = items.flatMap(({ index: at, start }) => {
    const row = rows[at];
    return row === undefined ? [] : [{ row, at, top: start - above }];
  });
  const count = rows.length;
  return { scroller, grid, height, measure, drawn, count, focused, onFocus, onKeyDown, focusOn };
};
