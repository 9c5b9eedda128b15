"use client";

import { useEffect, useMemo, useRef } from "react";
import { useHydrated } from "@/components/ui/hydrated";
import { useWords } from "@/components/ui/words";
import { useSelected, useWorkbench } from "@/components/workbench/context";
import { type Sort, type SortColumn, sortColumns } from "@/components/workbench/url-state";
import { visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import { attachmentRows } from "./attachment-rows";
import { columnsClass } from "./columns";
import { useGridKeys } from "./grid-keys";
import { SortHead } from "./sort-head";
import { sortRows } from "./sort-rows";
import { isChosen, TableRow } from "./table-row";

const headings: Readonly<Record<SortColumn, MessageKey>> = {
  network: "table.network",
  near: "table.near",
  far: "table.far",
  container: "table.container",
  address: "table.address",
  proof: "table.proof",
};

/** More than fit a tall window. A thousand rows would be megabytes of HTML, with the same rows as data beside them. */
const firstRows = 60;

/** The picture as a table: one row per attachment, with the same selection and the same URL. */
export function AttachmentTable({
  stopped,
  sort,
  onSort,
}: {
  readonly stopped: boolean;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const selected = useSelected();
  const grid = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => sortRows(attachmentRows(index, { stopped }), sort),
    [index, stopped, sort],
  );
  const shown = useHydrated() ? rows : rows.slice(0, firstRows);
  const onKeyDown = useGridKeys(grid, shown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen row may be among those that come later
  useEffect(() => {
    if (selected === null) return;
    const row = grid.current?.querySelector('[data-row][aria-selected="true"]');
    row?.scrollIntoView({ block: "nearest" });
  }, [selected, shown.length]);
  const label = words("table.label", { host: visible(index.topology.host.name) });
  if (rows.length === 0) {
    return <p className="p-6 text-[13px] text-muted">{words("table.empty")}</p>;
  }
  return (
    <div className="h-full overflow-auto" data-view="table">
      {/* biome-ignore lint/a11y/useSemanticElements: content-visibility has no effect on table rows */}
      <div
        ref={grid}
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        onKeyDown={onKeyDown}
        className="min-w-fit pb-16 sm:min-w-[46rem]"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
        <div
          role="row"
          tabIndex={-1}
          aria-rowindex={1}
          className={`sticky top-0 z-10 hidden border-b border-edge bg-canvas px-3 sm:grid ${columnsClass}`}
        >
          {sortColumns.map((column) => (
            <SortHead
              key={column}
              column={column}
              text={words(headings[column])}
              sort={sort}
              onSort={onSort}
            />
          ))}
        </div>
        {shown.map((row, at) => (
          <TableRow
            key={row.key}
            row={row}
            at={at}
            selected={isChosen(row, selected) ? selected : null}
          />
        ))}
      </div>
    </div>
  );
}
