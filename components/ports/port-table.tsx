"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type CSSProperties, useEffect, useRef } from "react";
import { useGridKeys } from "@/components/table/grid-keys";
import { useMedia } from "@/components/ui/media";
import { useWords } from "@/components/ui/words";
import { useSelected, useWorkbench } from "@/components/workbench/context";
import { type PortColumn, type PortSort, portColumns } from "@/components/workbench/url-state";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { PortRow } from "@/lib/ports/model";
import { portColumnLooks } from "./port-columns";
import { PortLine } from "./port-row";

/** px; what a row really takes is measured when it is drawn. */
const rowHeight = 56;
const cardHeight = 240;
const headHeight = 37;
const around = 16;
/** Of the window, until it is known. */
const firstHeight = 900;

/** Up, down, then back to the usual order. */
const next = (column: PortColumn, sort: PortSort | null): PortSort | null => {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
};

function Head({
  column,
  sort,
  onSort,
}: {
  readonly column: PortColumn;
  readonly sort: PortSort | null;
  readonly onSort: (sort: PortSort | null) => void;
}) {
  const words = useWords();
  const text = words(portColumnLooks[column].heading);
  const state = sort?.column === column ? (sort.descending ? "descending" : "ascending") : "none";
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div role="columnheader" tabIndex={-1} aria-sort={state} className="min-w-0">
      <button
        type="button"
        aria-label={words("table.sortBy", { column: text })}
        onClick={() => onSort(next(column, sort))}
        className="flex h-9 w-full min-w-0 cursor-pointer items-center gap-1 px-2 text-left text-[12px] font-semibold text-muted hover:text-ink"
      >
        {text}
        {state === "ascending" && <ArrowUp size={12} aria-hidden />}
        {state === "descending" && <ArrowDown size={12} aria-hidden />}
      </button>
    </div>
  );
}

/** What of a row the selection may be: the port, its container, its rule. */
const isOn = (row: PortRow, selected: Key | null, containers: readonly Key[]): boolean =>
  selected !== null &&
  (row.key === selected ||
    row.rules.some(({ rule }) => rule === selected) ||
    containers.includes(selected));

/** The ports as a grid with one tab stop, as the table of attachments is. */
export function PortTable({
  rows,
  sort,
  onSort,
}: {
  readonly rows: readonly PortRow[];
  readonly sort: PortSort | null;
  readonly onSort: (sort: PortSort | null) => void;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const selected = useSelected();
  const narrow = useMedia("(max-width: 639px)");
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? cardHeight : rowHeight),
    getItemKey: (place) => rows[place]?.key ?? place,
    overscan: around,
    initialRect: { width: 0, height: firstHeight },
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: 64,
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const onKeyDown = useGridKeys(grid, items, {
    count: rows.length,
    bring: (place) => virtual.scrollToIndex(place, { align: "auto" }),
    onMove: () => undefined,
  });
  const keysOf = (row: PortRow): readonly Key[] =>
    row.containers.flatMap((id) => index.container(id)?.key ?? []);

  // What was chosen elsewhere is brought into view; what is chosen here is there already.
  const brought = useRef<Key | null>(null);
  useEffect(() => {
    if (selected === brought.current) return;
    brought.current = selected;
    const place = rows.findIndex((row) => row.key === selected);
    if (place >= 0) virtual.scrollToIndex(place, { align: "auto" });
  }, [selected, rows, virtual]);

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto" data-testid="ports">
      {/* biome-ignore lint/a11y/useSemanticElements: rows that are not drawn have no place in a table */}
      <div
        ref={grid}
        role="grid"
        tabIndex={-1}
        aria-label={words("ports.label", { host: visible(index.topology.host.name) })}
        aria-rowcount={rows.length + 1}
        onKeyDown={onKeyDown}
        style={
          {
            "--columns": portColumns.map((column) => portColumnLooks[column].width).join(" "),
          } as CSSProperties
        }
        className="pb-16 sm:min-w-[68rem]"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
        <div
          role="row"
          tabIndex={-1}
          aria-rowindex={1}
          className="sticky top-0 z-10 hidden border-b border-edge bg-canvas px-3 sm:grid sm:grid-cols-(--columns)"
        >
          {portColumns.map((column) => (
            <Head key={column} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index: place, start }) => {
            const row = rows[place];
            if (row === undefined) return null;
            return (
              <PortLine
                key={row.key}
                row={row}
                at={place}
                top={start}
                selected={isOn(row, selected, keysOf(row)) ? selected : null}
                measure={virtual.measureElement}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
