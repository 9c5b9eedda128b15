"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useWords } from "@/components/ui/words";
import type { Sort, SortColumn } from "@/components/workbench/url-state";

/** Up, down, then back to the order of the picture. */
const next = (column: SortColumn, sort: Sort | null): Sort | null => {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
};

const ariaSort = (column: SortColumn, sort: Sort | null) => {
  if (sort?.column !== column) return "none";
  return sort.descending ? "descending" : "ascending";
};

export function SortHead({
  column,
  text,
  sort,
  onSort,
}: {
  readonly column: SortColumn;
  readonly text: string;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
}) {
  const words = useWords();
  const state = ariaSort(column, sort);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div role="columnheader" tabIndex={-1} aria-sort={state} className="min-w-0">
      <button
        type="button"
        aria-label={words("table.sortBy", { column: text })}
        onClick={() => onSort(next(column, sort))}
        className="flex h-9 w-full cursor-pointer items-center gap-1 px-2 text-left text-[12px] font-semibold text-muted hover:text-ink"
      >
        {text}
        {state === "ascending" && <ArrowUp size={12} aria-hidden />}
        {state === "descending" && <ArrowDown size={12} aria-hidden />}
      </button>
    </div>
  );
}
