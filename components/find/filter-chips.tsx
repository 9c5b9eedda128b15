"use client";

import { X } from "lucide-react";
import { useWords } from "@/components/ui/words";
import { printTerm, without } from "@/lib/find/print";
import { visible } from "@/lib/graph/names";
import { useFind } from "./find-context";

/** The conditions, each removable. */
export function FilterChips() {
  const words = useWords();
  const { query, text, setText } = useFind();
  return (
    <ul aria-label={words("find.filters")} className="flex min-w-0 flex-wrap gap-1.5">
      {query.terms.map((term) => {
        const shown = visible(printTerm(term));
        return (
          <li
            key={term.from}
            className="flex max-w-full min-w-0 items-center rounded-full border border-edge bg-inset pl-2.5"
          >
            <bdi translate="no" className="max-w-60 truncate font-mono text-[12px]" title={shown}>
              {shown}
            </bdi>
            <button
              type="button"
              aria-label={words("find.remove", { term: shown })}
              onClick={() => setText(without(text, term))}
              className="inline-flex size-6 shrink-0 cursor-pointer items-center justify-center rounded-full text-muted hover:text-ink"
            >
              <X size={13} aria-hidden />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
