"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { TermHint } from "@/components/learn/term-hint";
import { useWords } from "@/components/ui/words";
import type { SortBy } from "@/components/workbench/url-state";
import type { Term } from "@/lib/learn/terms";

/** Up, down, then back to the usual order. */
export const nextSort = <Column extends string>(
  column: Column,
  sort: SortBy<Column> | null,
): SortBy<Column> | null => {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
};

const ariaSort = <Column extends string>(column: Column, sort: SortBy<Column> | null) => {
  if (sort?.column !== column) return "none";
  return sort.descending ? "descending" : "ascending";
};

/** The head of a column, which sorts by it; what stands under it are its children. */
export function SortHead<Column extends string>({
  column,
  text,
  note = null,
  sort,
  onSort,
  children,
}: {
  readonly column: Column;
  readonly text: string;
  /** What is explained beside it. */
  readonly note?: Term | null;
  readonly sort: SortBy<Column> | null;
  readonly onSort: (sort: SortBy<Column> | null) => void;
  readonly children?: ReactNode;
}) {
  const words = useWords();
  const state = ariaSort(column, sort);
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div role="columnheader" tabIndex={-1} aria-sort={state} className="min-w-0">
      <div className="flex items-center pr-1 [&>[data-term]]:m-0">
        <button
          type="button"
          aria-label={words("table.sortBy", { column: text })}
          onClick={() => onSort(nextSort(column, sort))}
          className="flex h-9 min-w-0 flex-1 cursor-pointer items-center gap-1 px-2 text-left text-[12px] font-semibold text-muted hover:text-ink"
        >
          {text}
          {state === "ascending" && <ArrowUp size={12} aria-hidden />}
          {state === "descending" && <ArrowDown size={12} aria-hidden />}
        </button>
        {note !== null && <TermHint term={note} />}
      </div>
      {children}
    </div>
  );
}
