"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { useShortcuts } from "@/components/workbench/use-shortcuts";
import type { Match } from "@/lib/find/find";
import { useFind } from "./find-context";
import { MatchLine } from "./match-line";
import { SearchInput } from "./search-input";
import { composes, useOptions } from "./use-options";
import { useWalk } from "./use-walk";

const mostListed = 12;

function Matches({
  matches,
  options,
  onChoose,
}: {
  readonly matches: readonly Match[];
  readonly options: ReturnType<typeof useOptions>;
  readonly onChoose: (match: Match) => void;
}) {
  const words = useWords();
  const { found } = useFind();
  const more = found.matches.length - matches.length;
  return (
    <div className="absolute top-full right-0 left-0 z-40 mt-1.5 min-w-full rounded-lg border border-edge bg-panel p-1 text-[13px] shadow-float sm:right-auto sm:w-[min(34rem,calc(100vw-2rem))]">
      <div
        role="listbox"
        id={options.list}
        aria-label={words("find.results")}
        className="max-h-[60dvh] overflow-y-auto"
      >
        {matches.map((match, nth) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field that the list belongs to has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field (aria-activedescendant)
          <div
            key={match.thing.key}
            role="option"
            id={options.idOf(nth)}
            aria-selected={nth === options.at}
            onPointerMove={() => options.at !== nth && options.point(nth)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(match)}
            className="flex min-h-8 cursor-pointer items-center rounded-md px-2.5 py-1 aria-selected:bg-inset"
          >
            <MatchLine match={match} />
          </div>
        ))}
      </div>
      {more > 0 && (
        <p className="px-2.5 py-1 text-[12px] text-muted tabular-nums">
          {words("find.more", { n: more })}
        </p>
      )}
    </div>
  );
}

/** The field at the top: what is typed is found at once. Enter goes from match to match. */
export function SearchBox() {
  const words = useWords();
  const { select } = useWorkbench();
  const { text, setText, found, begin, close } = useFind();
  const walk = useWalk();
  const field = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const listed = found.matches.slice(0, mostListed);
  const shown = open && text.trim() !== "" && listed.length > 0;
  const options = useOptions(shown ? listed.length : 0, text, "none");

  useShortcuts({
    "/": () => {
      field.current?.focus();
      field.current?.select();
    },
  });
  useEffect(() => {
    if (text === "") setOpen(false);
  }, [text]);

  const choose = (match: Match) => {
    setOpen(false);
    select(match.thing.key);
  };
  const enter = (event: KeyboardEvent) => {
    event.preventDefault();
    const match = listed[options.at];
    if (shown && match !== undefined) return choose(match);
    setOpen(false);
    walk.go(event.shiftKey ? -1 : 1);
  };
  /** Takes back one thing at a time. */
  const takeBack = () => {
    if (shown) return setOpen(false);
    if (text !== "") return setText("");
    close();
    field.current?.blur();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composes(event)) return;
    if (event.key === "Enter") return enter(event);
    if (event.key === "Escape") return takeBack();
    if (event.key === "ArrowDown" && !shown) setOpen(true);
    options.step(event);
  };
  return (
    <search className="relative min-w-0 max-sm:order-last max-sm:basis-full sm:flex-1 sm:basis-44 sm:max-w-80">
      <SearchInput
        field={field}
        text={text}
        onText={(typed) => {
          setText(typed);
          setOpen(true);
        }}
        role="combobox"
        aria-label={words("find.label")}
        aria-expanded={shown}
        aria-controls={options.list}
        aria-autocomplete="list"
        aria-activedescendant={options.at >= 0 ? options.idOf(options.at) : undefined}
        aria-keyshortcuts="/"
        placeholder={words("find.placeholder")}
        enterKeyHint="search"
        onFocus={begin}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        whenEmpty={
          <kbd
            aria-hidden
            className="pointer-events-none absolute top-1/2 right-2 hidden -translate-y-1/2 rounded-sm border border-edge px-1.5 font-mono text-[11px] text-muted sm:block"
          >
            /
          </kbd>
        }
      />
      {shown && <Matches matches={listed} options={options} onChoose={choose} />}
    </search>
  );
}
