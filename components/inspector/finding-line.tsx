"use client";

import { ChevronRight } from "lucide-react";
import { findingWords } from "@/components/diagnose/finding-words";
import { partsOfThing, problemsAbout } from "@/components/diagnose/problems-about";
import { severityLooks } from "@/components/diagnose/severity-look";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import type { Key } from "@/lib/net/ids";

/** So many stand before the thing itself; a host with a broken default has one for each of its ports. */
const mostShown = 3;

/** What is wrong with what is selected, before anything else that is said of it; the rest is in Diagnose. */
export function FindingLines({ of }: { readonly of: Key }) {
  const words = useWords();
  const workbench = useWorkbench();
  const found = problemsAbout(workbench, partsOfThing(workbench.index, of));
  if (found.length === 0) return null;
  const more = found.length - mostShown;
  return (
    <ul
      aria-label={words("diagnose.problems", { n: found.length })}
      className="mr-9 mb-4 flex flex-col overflow-hidden rounded-md border border-bad"
      data-testid="problems"
    >
      {found.slice(0, mostShown).map((finding, nth) => {
        const { title } = findingWords(words, finding);
        const { icon: Icon, tone } = severityLooks[finding.severity];
        const at = finding.about.includes(of) ? of : finding.about[0];
        return (
          <li
            key={JSON.stringify([finding.id, finding.about, finding.values])}
            className={nth > 0 ? "border-t border-edge" : ""}
          >
            <button
              type="button"
              aria-label={words("diagnose.open", { title })}
              onClick={() => workbench.show("diagnose", at)}
              className="flex w-full cursor-pointer gap-2 px-2.5 py-1.5 text-left text-[13px] leading-5 hover:bg-inset"
            >
              <Icon size={15} aria-hidden className={`mt-0.5 shrink-0 ${tone}`} />
              <span className="min-w-0 flex-1 wrap-anywhere">{title}</span>
              <ChevronRight size={14} aria-hidden className="mt-1 shrink-0 text-muted" />
            </button>
          </li>
        );
      })}
      {more > 0 && (
        <li className="border-t border-edge">
          <button
            type="button"
            onClick={() => workbench.show("diagnose", of)}
            className="w-full cursor-pointer px-2.5 py-1.5 text-left text-[13px] text-muted hover:bg-inset"
          >
            {words("diagnose.moreProblems", { n: more })}
          </button>
        </li>
      )}
    </ul>
  );
}
