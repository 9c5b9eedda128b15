"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useGridKeys } from "@/components/table/grid-keys";
import type { Key } from "@/lib/net/ids";
import { growthOf, type Tally } from "./growth";
import type { OutlineRow } from "./outline";
import type { RowDeeds } from "./row-parts";
import { RuleRow } from "./rule-row";

/** px; what a line really takes is measured when it is drawn. */
const heights: Readonly<Record<OutlineRow["kind"], number>> = {
  table: 45,
  chain: 37,
  rule: 33,
  unused: 33,
};
const around = 8;
/** Of the window, until it is known. */
const firstHeight = 900;

export type RuleListHandle = {
  /** Brings a line into view and the focus to it; `false`: it is not in the list. */
  readonly goTo: (id: string) => boolean;
};

/** px from the top of the scroller to the list: what stands above it scrolls away with it. */
function useOffset(lead: ReactNode) {
  const above = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands above is measured when it is another
  useLayoutEffect(() => {
    const element = above.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setOffset(element.offsetHeight));
    watch.observe(element);
    return () => watch.disconnect();
  }, [lead === null]);
  return { above, offset };
}

/** All rules as one list of which only what is seen is drawn: twenty thousand scroll as a hundred do. */
export function RuleList({
  label,
  rows,
  before,
  selected,
  deeds,
  lead,
  ref,
}: {
  readonly label: string;
  readonly rows: readonly OutlineRow[];
  readonly before: Tally | null;
  readonly selected: Key | null;
  readonly deeds: RowDeeds;
  /** Stands above the list and scrolls with it. */
  readonly lead: ReactNode;
  readonly ref: Ref<RuleListHandle>;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { above, offset } = useOffset(lead);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => heights[rows[place]?.kind ?? "rule"],
    getItemKey: (place) => rows[place]?.id ?? place,
    overscan: around,
    initialRect: { width: 0, height: firstHeight },
    scrollMargin: offset,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 64,
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const onKeyDown = useGridKeys(grid, items, {
    count: rows.length,
    bring: (place) => virtual.scrollToIndex(place, { align: "auto" }),
    onMove: () => undefined,
  });

  const goTo = (id: string): boolean => {
    const place = rows.findIndex((row) => row.id === id);
    if (place < 0) return false;
    virtual.scrollToIndex(place, { align: "start" });
    focusLine(grid.current, place, 12);
    return true;
  };
  useImperativeHandle(ref, () => ({ goTo }));

  // What was chosen elsewhere is brought into view; what is chosen here is there already.
  const brought = useRef<Key | null>(null);
  useEffect(() => {
    // Until what stands above is measured, every line is believed to be higher up than it is.
    if (offset === 0 || selected === brought.current || rows.length === 0) return;
    const place = rows.findIndex((row) => row.id === selected);
    if (selected !== null && place < 0) return;
    brought.current = selected;
    if (place >= 0) virtual.scrollToIndex(place, { align: "auto" });
  }, [selected, rows, virtual, offset]);

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto" data-testid="rules">
      <div ref={above}>{lead}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: rows that are not drawn have no place in a table */}
      <div
        ref={grid}
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        onKeyDown={onKeyDown}
        className="pb-16"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index: place, start }) => {
            const row = rows[place];
            if (row === undefined) return null;
            return (
              <RuleRow
                key={row.id}
                row={row}
                at={place}
                top={start - offset}
                growth={
                  row.kind === "rule" ? growthOf(row.rule.key, row.rule.counters, before) : null
                }
                selected={row.id === selected}
                deeds={deeds}
                measure={virtual.measureElement}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** A line that is far off is drawn some frames after it was scrolled to. */
function focusLine(grid: HTMLElement | null, place: number, frames: number): void {
  const line = grid?.querySelector(`[data-row][aria-rowindex="${place + 2}"]`) ?? null;
  const button = line?.querySelector<HTMLButtonElement>("button[data-cell]") ?? null;
  if (button !== null) button.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusLine(grid, place, frames - 1));
}
