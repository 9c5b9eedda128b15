"use client";

import { useFind } from "@/components/find/find-context";
import { useWords } from "@/components/ui/words";
import type { TableColumn } from "@/components/workbench/url-state";
import { filterOf, withFilter } from "@/lib/find/column-filter";
import { columns } from "./columns";

/** Under a heading: a condition of the same search that the box at the top holds. */
export function FilterField({ column }: { readonly column: TableColumn }) {
  const words = useWords();
  const { text, query, search } = useFind();
  const { field, heading } = columns[column];
  return (
    <span className="block px-1 pb-1.5">
      <input
        type="text"
        aria-label={words("table.filterBy", { column: words(heading) })}
        placeholder={`${field}:`}
        autoComplete="off"
        spellCheck={false}
        value={filterOf(text, query, field)}
        onChange={({ target }) => search(withFilter(text, query, field, target.value), true)}
        className="h-7 w-full rounded-sm border border-edge bg-panel px-1.5 font-mono text-[12px] placeholder:text-muted"
      />
    </span>
  );
}
