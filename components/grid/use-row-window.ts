"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, useCallback, useRef, useState } from "react";

/** Of the window, until it is known, in px: more would be megabytes of HTML with the same rows as data beside them. */
const firstHeight = 1332;

/** The row that the keyboard is on stays drawn, however far one scrolls: its place would be lost. */
export const withFocused = (range: Range, focused: number | null): number[] => {
  const usual = defaultRangeExtractor(range);
  if (focused === null || focused >= range.count || usual.includes(focused)) return usual;
  return [...usual, focused].sort((a, b) => a - b);
};

/** Rows of which only those that are seen are drawn. Heights in px. */
export type Windowed<Row> = {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Until the row is drawn and measured. */
  readonly heightOf: (row: Row | undefined) => number;
  /** How many rows are drawn before and after those that are seen. */
  readonly around: number;
  /** What stays at the top and would cover a row. */
  readonly head: number;
  /** What stands above the first row and scrolls away with it. */
  readonly above?: number;
};

/** Which rows are drawn, and where; `focused` is the place of the one that the keyboard was on last. */
export const useRowWindow = <Row>({
  rows,
  keyOf,
  heightOf,
  around,
  head,
  above = 0,
}: Windowed<Row>) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const virtual = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => heightOf(rows[place]),
    getItemKey: (place) => {
      const row = rows[place];
      return row === undefined ? place : keyOf(row);
    },
    overscan: around,
    initialRect: { width: 0, height: firstHeight },
    scrollMargin: above,
    scrollPaddingStart: head,
    scrollPaddingEnd: 64,
    rangeExtractor: (range) => withFocused(range, focused),
    useFlushSync: false,
  });
  /** Scrolls until a row is seen; `start`: until it is the first. */
  const bring = useCallback(
    (place: number, align: "auto" | "start" = "auto") => virtual.scrollToIndex(place, { align }),
    [virtual],
  );
  const onFocus = ({ target }: FocusEvent) => {
    const row = target.closest("[data-row]");
    if (row !== null) setFocused(Number(row.getAttribute("data-index")));
  };
  return {
    scroller,
    items: virtual.getVirtualItems(),
    height: virtual.getTotalSize(),
    measure: virtual.measureElement,
    bring,
    focused,
    onFocus,
  };
};
