"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { FilterChips } from "./filter-chips";
import { useFind } from "./find-context";
import { MeantNames } from "./meant-names";
import { troubleWords } from "./trouble-words";
import { useWalk } from "./use-walk";

/** Who hears the page is told when the typing rests, not at every letter. */
const restMs = 700;

/** A text, once it has stayed the same for a while. */
const useRested = (text: string): string => {
  const [rested, setRested] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
};

function Said({ text }: { readonly text: string }) {
  const rested = useRested(text);
  return (
    <p aria-live="polite" className="sr-only" data-testid="find-said">
      {rested}
    </p>
  );
}

function Count({ n }: { readonly n: number }) {
  const words = useWords();
  const { nth, go } = useWalk();
  const text = nth === null ? words("find.count", { n }) : words("find.place", { nth, n });
  return (
    <span className="flex items-center gap-1">
      <span data-testid="find-count" className="min-w-16 whitespace-nowrap tabular-nums">
        {text}
      </span>
      {n > 0 && (
        <>
          <Button
            look="quiet"
            label={words("find.previous")}
            className="h-6 min-w-6 px-0"
            onClick={() => go(-1)}
          >
            <ChevronUp size={15} aria-hidden />
          </Button>
          <Button
            look="quiet"
            label={words("find.next")}
            className="h-6 min-w-6 px-0"
            onClick={() => go(1)}
          >
            <ChevronDown size={15} aria-hidden />
          </Button>
        </>
      )}
      <Said text={text} />
    </span>
  );
}

function Troubles() {
  const words = useWords();
  const { query } = useFind();
  if (query.troubles.length === 0) return null;
  const told = query.troubles.map((trouble) => troubleWords(words, trouble));
  return (
    <ul className="flex basis-full flex-col text-[12px] leading-5 text-warn">
      {[...new Set(told)].slice(0, 3).map((text) => (
        <li key={text} className="break-words">
          {text}
        </li>
      ))}
    </ul>
  );
}

const example = "net:shop state:down ip:172.17.0.0/16 port:8000-9000 -name:test";

/** What is searched for: how much fits, the conditions, whether the rest is hidden. What one can write, before that. */
export function FindBar() {
  const words = useWords();
  const { open, close, text, query, found, hide, setHide, search } = useFind();
  if (!open) return null;
  const n = found.matches.length;
  return (
    <section
      aria-label={words("find.filters")}
      data-testid="find-bar"
      className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-edge bg-panel px-4 py-1.5 text-[13px]"
    >
      {query.terms.length > 0 && <Count n={n} />}
      {query.terms.length > 0 && <FilterChips />}
      {text.trim() === "" && (
        <p className="min-w-0 text-muted">
          {words("find.hint")}{" "}
          <span translate="no" className="font-mono text-[12px] break-words">
            {example}
          </span>
        </p>
      )}
      <span className="ml-auto flex items-center gap-3">
        {query.terms.length > 0 && (
          <label className="flex min-h-6 cursor-pointer items-center gap-2 whitespace-nowrap">
            <input
              type="checkbox"
              checked={hide}
              onChange={(event) => setHide(event.target.checked)}
              className="size-4 accent-accent"
            />
            {words("find.hide")}
          </label>
        )}
        <button
          type="button"
          onClick={() => {
            search("", false);
            close();
          }}
          className="min-h-6 cursor-pointer rounded-sm text-muted underline decoration-line underline-offset-3 hover:text-ink"
        >
          {words(text === "" ? "ui.close" : "find.clearAll")}
        </button>
      </span>
      {query.terms.length > 0 && n === 0 && !hide && (
        <div className="basis-full">
          <MeantNames />
        </div>
      )}
      <Troubles />
    </section>
  );
}
