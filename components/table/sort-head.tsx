"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { TermHint } from "@/components/learn/term-hint";
import { useWords } from "@/components/ui/words";
import type { Sort, TableColumn } from "@/components/workbench/url-state";
import type { Term } from "@/lib/learn/terms";

/** Up, down, then back to the order of the picture. */
const next = (column: TableColumn, sort: Sort | null): Sort | null => {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
};

const ariaSort = (column: TableColumn, sort: Sort | null) => {
  if (sort?.column !== column) return "none";
  return sort.descending ? "descending" : "ascending";
};

export function SortHead({
  column,
  text,
  sort,
  onSort,
  children,
}: {
  readonly column: TableColumn;
  readonly text: string;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
  readonly children: ReactNode;
}) {
  const words = useWords();
  const state = ariaSort(column, sort);
  const note = notes[column];
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div role="columnheader" tabIndex={-1} aria-sort={state} className="min-w-0">
      <div className="flex items-center pr-1 [&>[data-term]]:m-0">
        <button
          type="button"
          aria-label={words("table.sortBy", { column: text })}
          onClick={() => onSort(next(column, sort))}
          className="flex h-9 min-w-0 flex-1 cursor-pointer items-center gap-1 px-2 text-left text-[12px] font-semibold text-muted hover:text-ink"
        >
          {text}
          {state === "ascending" && <ArrowUp size={12} aria-hidden />}
          {state === "descending" && <ArrowDown size={12} aria-hidden />}
        </button>
        {note !== undefined && <TermHint term={note} />}
      </div>
      {children}
    </div>
  );
}

const notes: Readonly<Partial<Record<TableColumn, Term>>> = {
  network: "bridge",
  near: "veth",
  address: "gateway",
  ports: "dnat",
  netns: "netns",
  proof: "nsid",
};
