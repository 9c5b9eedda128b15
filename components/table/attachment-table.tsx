"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import {
  type ClipboardEvent,
  type CSSProperties,
  type MouseEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useFind } from "@/components/find/find-context";
import { NothingLeft } from "@/components/find/nothing-left";
import { useMedia } from "@/components/ui/media";
import { useWords } from "@/components/ui/words";
import { useSelected, useWorkbench } from "@/components/workbench/context";
import { HiddenStopped, stoppedAmong } from "@/components/workbench/hidden-stopped";
import type { Sort, TableColumn } from "@/components/workbench/url-state";
import { visible } from "@/lib/graph/names";
import { tsv } from "@/lib/share/csv";
import { type AttachmentRow, attachmentRows } from "./attachment-rows";
import { asText, columns as columnLooks } from "./columns";
import { FilterField } from "./filter-field";
import { useGridKeys } from "./grid-keys";
import { isChosen, rowKeys, shownRows } from "./shown-rows";
import { SortHead } from "./sort-head";
import { sortRows } from "./sort-rows";
import { TableRow } from "./table-row";
import { TableTools } from "./table-tools";
import { usePickedRows } from "./use-picked-rows";

/** px; what a row really takes is measured when it is drawn. */
const rowHeight = 37;
const cardHeight = 202;
const headHeight = 37;
/** Rows before and after those that are seen: few hosts have more, so most tables are there as a whole. */
const around = 24;
/** Of the window, until it is known: more rows would be megabytes of HTML with the same rows as data beside them. */
const firstHeight = 36 * rowHeight;

export type AttachmentTableProps = {
  readonly stopped: boolean;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
  readonly columns: readonly TableColumn[];
  readonly onColumns: (columns: readonly TableColumn[]) => void;
  /** Leads to the picture. */
  readonly onPicture: () => void;
  /** Shows containers that do not run. */
  readonly onStopped: () => void;
};

/** The picture as a table: one row per attachment, with the same selection, search and URL. */
export function AttachmentTable(props: AttachmentTableProps) {
  const { stopped, sort } = props;
  const words = useWords();
  const { index } = useWorkbench();
  const { rows: left } = useFind();
  const selected = useSelected();
  const [filters, setFilters] = useState(false);
  const all = useMemo(
    () => sortRows(attachmentRows(index, { stopped }), sort),
    [index, stopped, sort],
  );
  // Only a filtered table depends on what is selected: a row that would be hidden stays.
  const kept = left === null ? null : selected;
  const rows = useMemo(() => shownRows(all, left, kept), [all, left, kept]);
  const picked = usePickedRows(rows);
  if (all.length === 0 && stoppedAmong(index.topology, null) === 0) {
    return <p className="p-6 text-[13px] text-muted">{words("table.empty")}</p>;
  }
  const chosen =
    picked.rows.length > 0 ? picked.rows : rows.filter((row) => isChosen(row, selected));
  return (
    <div className="flex h-full flex-col" data-view="table">
      <TableTools
        rows={rows}
        picked={chosen}
        shown={props.columns}
        onColumns={props.onColumns}
        filters={filters}
        onFilters={setFilters}
      />
      <Grid {...props} rows={rows} picked={picked} filters={filters} />
    </div>
  );
}

type GridProps = AttachmentTableProps & {
  readonly rows: readonly AttachmentRow[];
  readonly picked: ReturnType<typeof usePickedRows>;
  readonly filters: boolean;
};

const textOfFocused = (): string | null => {
  const cell = document.activeElement?.closest("[role=gridcell]");
  return cell?.querySelector("button[data-cell]")?.textContent ?? null;
};

/** The row that the keyboard is on stays drawn, however far one scrolls: its place would be lost. */
const withFocused = (range: Range, focused: number | null): number[] => {
  const usual = defaultRangeExtractor(range);
  if (focused === null || focused >= range.count || usual.includes(focused)) return usual;
  return [...usual, focused].sort((a, b) => a - b);
};

function Grid(props: GridProps) {
  const { rows, picked, filters, sort, onSort, columns } = props;
  const words = useWords();
  const { index } = useWorkbench();
  const { found, query, rows: left } = useFind();
  const selected = useSelected();
  const narrow = useMedia("(max-width: 639px)");
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? cardHeight : rowHeight),
    getItemKey: (place) => rows[place]?.key ?? place,
    overscan: around,
    initialRect: { width: 0, height: firstHeight },
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: 64,
    rangeExtractor: (range) => withFocused(range, focused),
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const onKeyDown = useGridKeys(grid, items, {
    count: rows.length,
    bring: (place) => virtual.scrollToIndex(place, { align: "auto" }),
    onMove: (from, to, extend) => (extend ? picked.extend(from, to) : picked.clear()),
  });

  // What was chosen elsewhere is brought into view; what is chosen here is there already.
  const brought = useRef<string | null>(null);
  useEffect(() => {
    if (selected === brought.current) return;
    brought.current = selected;
    const place = rows.findIndex((row) => isChosen(row, selected));
    if (place >= 0) virtual.scrollToIndex(place, { align: "auto" });
  }, [selected, rows, virtual]);

  const onCopy = (event: ClipboardEvent) => {
    if (getSelection()?.isCollapsed === false) return;
    const text =
      picked.rows.length > 0
        ? tsv(asText(picked.rows, columns, { words, index }))
        : textOfFocused();
    if (text === null) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
  };
  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest("[data-row]") : null;
    if (row === null) return;
    const place = Number(row.getAttribute("data-index"));
    if (event.shiftKey) picked.extend(focused ?? place, place);
    else picked.clear();
  };
  const label = words("table.label", { host: visible(index.topology.host.name) });
  // Where the rest is hidden, a mark tells nothing.
  const marks = query.terms.length > 0 && left === null;
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto">
      {/* biome-ignore lint/a11y/useSemanticElements: rows that are not drawn have no place in a table */}
      <div
        ref={grid}
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-multiselectable="true"
        onKeyDown={onKeyDown}
        onCopy={onCopy}
        onClick={onClick}
        onFocus={({ target }) => {
          const row = target.closest("[data-row]");
          if (row !== null) setFocused(Number(row.getAttribute("data-index")));
        }}
        style={
          {
            "--columns": columns.map((column) => columnLooks[column].width).join(" "),
            "--least": `${columns.length * 6.6}rem`,
          } as CSSProperties
        }
        className="pb-16 sm:min-w-(--least)"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
        <div
          role="row"
          tabIndex={-1}
          aria-rowindex={1}
          className="sticky top-0 z-10 hidden border-b border-edge bg-canvas px-3 sm:grid sm:grid-cols-(--columns)"
        >
          {columns.map((column) => (
            <SortHead
              key={column}
              column={column}
              text={words(columnLooks[column].heading)}
              sort={sort}
              onSort={onSort}
            >
              {filters && <FilterField column={column} />}
            </SortHead>
          ))}
        </div>
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index: place, start }) => {
            const row = rows[place];
            if (row === undefined) return null;
            return (
              <TableRow
                key={row.key}
                row={row}
                at={place}
                top={start}
                shown={columns}
                picked={picked.isPicked(place)}
                match={marks && rowKeys(row).some((key) => found.rows.has(key))}
                selected={isChosen(row, selected) ? selected : null}
                measure={virtual.measureElement}
              />
            );
          })}
        </div>
      </div>
      {rows.length === 0 && <NoRows {...props} />}
    </div>
  );
}

/** Why there is no row. */
function NoRows({ stopped, onStopped, onPicture }: AttachmentTableProps) {
  const { index } = useWorkbench();
  const { rows } = useFind();
  const hidden = stopped ? 0 : stoppedAmong(index.topology, rows);
  return hidden > 0 ? (
    <HiddenStopped n={hidden} onShow={onStopped} />
  ) : (
    <NothingLeft onPicture={onPicture} />
  );
}
