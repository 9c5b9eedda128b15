"use client";

import { useNow } from "@/components/ui/clock";
import { useWords } from "@/components/ui/words";
import { ageWords } from "./as-of";

/** Across a picture that could not be read again: how old it is. As a drawing, since text under it stays what is read. */
export function StaleMark({ at }: { readonly at: string }) {
  const words = useWords();
  const now = useNow();
  if (now === null) return null;
  const age = ageWords(words, (now - Date.parse(at)) / 1000);
  return (
    <svg
      aria-hidden="true"
      data-testid="stale-mark"
      viewBox="0 0 1000 400"
      className="pointer-events-none absolute inset-0 z-10 size-full"
    >
      <text
        x="500"
        y="200"
        fontSize="72"
        fontWeight="700"
        textAnchor="middle"
        transform="rotate(-12 500 200)"
        className="fill-ink opacity-15"
      >
        {words("states.stale.mark", { age })}
      </text>
    </svg>
  );
}
