"use client";

import { useWords } from "@/components/ui/words";
import type { Gap } from "@/lib/facts/model";
import { useWorkbench } from "./context";
import { gapGroups } from "./gap-words";

const shownPlaces = 6;

/** What was not read: what happened, where, what to do next. */
export function GapList({ gaps }: { readonly gaps: readonly Gap[] }) {
  const words = useWords();
  const { index } = useWorkbench();
  return (
    <ul className="flex flex-col gap-3 text-[13px] leading-5">
      {gapGroups(words, index, gaps).map(({ what, where, next }) => (
        <li key={what} className="break-words">
          <p className="font-medium">{what}</p>
          {where.length > 0 && (
            <p>
              {words("gap.where", {
                places:
                  where.slice(0, shownPlaces).join(words("gap.comma")) +
                  (where.length > shownPlaces
                    ? words("gap.andMore", { n: where.length - shownPlaces })
                    : ""),
              })}
            </p>
          )}
          <p className="text-muted">{next}</p>
        </li>
      ))}
    </ul>
  );
}
