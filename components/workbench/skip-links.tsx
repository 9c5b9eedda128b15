"use client";

import { useWords } from "@/components/ui/words";

const skip =
  "sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-ink focus:px-3 focus:py-2 focus:text-[13px] focus:text-panel";

/** The table holds all that the picture shows, in a form that can be heard. */
export function SkipLinks({ onTable }: { readonly onTable: () => void }) {
  const words = useWords();
  return (
    <>
      <button type="button" className={skip} onClick={onTable}>
        {words("page.skipToTable")}
      </button>
      <a href="#details" className={skip}>
        {words("page.skipToDetails")}
      </a>
    </>
  );
}
