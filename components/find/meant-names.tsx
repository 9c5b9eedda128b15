"use client";

import { useMemo } from "react";
import { useWords } from "@/components/ui/words";
import { printTerm, replaced } from "@/lib/find/print";
import { suggestions } from "@/lib/find/suggest";
import { visible } from "@/lib/graph/names";
import { useFind } from "./find-context";

/** Where nothing fits: that, and what was meant perhaps. */
export function MeantNames() {
  const words = useWords();
  const { text, setText, query, index, found } = useFind();
  const meant = useMemo(
    () => (index === null || found.matches.length > 0 ? [] : suggestions(index, query)),
    [index, query, found],
  );
  return (
    <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 break-words">
      {words("find.nothing", { text: visible(query.terms.map(printTerm).join(" ")) })}
      {meant.length > 0 && (
        <span className="flex flex-wrap items-baseline gap-x-2">
          {words("find.didYouMean")}
          {meant.map(({ term, name }) => (
            <button
              key={`${term.from} ${name}`}
              type="button"
              aria-label={words("find.use", { name })}
              onClick={() => setText(replaced(text, term, printTerm({ ...term, values: [name] })))}
              className="min-h-6 cursor-pointer rounded-sm font-medium text-accent underline underline-offset-3"
            >
              <bdi translate="no">{name}</bdi>
            </button>
          ))}
          ?
        </span>
      )}
    </p>
  );
}
