"use client";

import { type ClipboardEvent, type MouseEvent, type ReactNode, useMemo, useState } from "react";
import { problemsAbout, problemsSaid } from "@/components/diagnose/problems-about";
import { useFind } from "@/components/find/find-context";
import { NothingLeft } from "@/components/find/nothing-left";
import { RowGrid } from "@/components/grid/row-grid";
import { SortHead } from "@/components/grid/sort-head";
import { useRowGrid } from "@/components/grid/use-row-grid";
import { useMedia } from "@/components/ui/media";
import { useWords } from "@/components/ui/words";
import { useSelected, useWorkbench } from "@/components/workbench/context";
import { HiddenStopped, stoppedAmong } from "@/components/workbench/hidden-stopped";
import type { Sort, TableColumn } from "@/components/workbench/url-state";
import { visible } from "@/lib/graph/names";
import { tsv } from "@/lib/share/csv";
import { nothingRead } from "@/lib/topology/nothing-read";
import { type AttachmentRow, attachmentRows } from "./attachment-rows";
import { asText, columns as columnLooks } from "./columns";
import { FilterField } from "./filter-field";
import { isChosen, ownKeys, rowKeys, shownRows } from "./shown-rows";
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

export type AttachmentTableProps = {
  readonly stopped: boolean;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
  readonly columns: readonly TableColumn[];
  readonly onColumns: (columns: readonly TableColumn[]) => void;
  /** What else can be done with it, among its tools. */
  readonly children: ReactNode;
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
    return (
      <p className="p-6 text-[13px] text-muted">
        {words(nothingRead(index.topology) ? "states.nothingRead" : "table.empty")}
      </p>
    );
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
      >
        {props.children}
      </TableTools>
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

const keyOf = ({ key }: AttachmentRow) => key;

function Grid(props: GridProps) {
  const { rows, picked, filters, sort, onSort, columns } = props;
  const words = useWords();
  const workbench = useWorkbench();
  const { index } = workbench;
  const { found, query, rows: left } = useFind();
  const selected = useSelected();
  const narrow = useMedia("(max-width: 639px)");
  const state = useRowGrid({
    rows,
    keyOf,
    heightOf: () => (narrow ? cardHeight : rowHeight),
    around,
    head: headHeight,
    chosen: selected,
    isChosen,
    onMove: (from, to, extend) => (extend ? picked.extend(from, to) : picked.clear()),
  });

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
    if (event.shiftKey) picked.extend(state.focused ?? place, place);
    else picked.clear();
  };
  const problemOf = (row: AttachmentRow): string =>
    problemsSaid(words, problemsAbout(workbench, ownKeys(row)));
  const label = words("table.label", { host: visible(index.topology.host.name) });
  // Where the rest is hidden, a mark tells nothing.
  const marks = query.terms.length > 0 && left === null;
  return (
    <div ref={state.scroller} className="min-h-0 flex-1 overflow-auto">
      <RowGrid
        state={state}
        label={label}
        columns={{
          widths: columns.map((column) => columnLooks[column].width),
          least: `${columns.length * 6.6}rem`,
          name: "7.75rem",
          line: "1.5rem",
        }}
        aria-multiselectable="true"
        onCopy={onCopy}
        onClick={onClick}
        heads={columns.map((column) => (
          <SortHead
            key={column}
            column={column}
            text={words(columnLooks[column].heading)}
            note={columnLooks[column].note ?? null}
            sort={sort}
            onSort={onSort}
          >
            {filters && <FilterField column={column} />}
          </SortHead>
        ))}
        rowOf={(row, placed) => (
          <TableRow
            key={row.key}
            {...placed}
            row={row}
            shown={columns}
            picked={picked.isPicked(placed.at)}
            problem={problemOf(row)}
            match={marks && rowKeys(row).some((key) => found.rows.has(key))}
            selected={isChosen(row, selected) ? selected : null}
          />
        )}
      />
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
