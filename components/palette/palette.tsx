"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useFind } from "@/components/find/find-context";
import { MatchLine } from "@/components/find/match-line";
import { composes, useOptions } from "@/components/find/use-options";
import { hostName } from "@/components/hosts/host-name";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { find, type Match } from "@/lib/find/find";
import { parse } from "@/lib/find/parse";
import { visible } from "@/lib/graph/names";
import type { HostEntry } from "@/lib/hosts/entry";
import type { Words } from "@/lib/messages/words";
import { type Command, commandsOf, type Deeds, matching } from "./commands";

const mostThings = 30;

type Option =
  | { readonly kind: "thing"; readonly match: Match }
  | { readonly kind: "host"; readonly entry: HostEntry; readonly name: string }
  | { readonly kind: "command"; readonly command: Command };

const optionId = (option: Option): string => {
  switch (option.kind) {
    case "thing":
      return `thing ${option.match.thing.key}`;
    case "host":
      return `host ${option.entry.id}`;
    case "command":
      return option.command.id;
  }
};

const hostsCalled = (
  words: Words,
  hosts: readonly HostEntry[],
  typed: string,
): readonly Option[] => {
  const wanted = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  return hosts
    .map((entry) => ({ kind: "host" as const, entry, name: visible(hostName(words, entry)) }))
    .filter(({ name, entry }) =>
      wanted.every((word) => `${name} ${entry.id}`.toLowerCase().includes(word)),
    )
    .slice(0, 12);
};

function Line({ option }: { readonly option: Option }) {
  const words = useWords();
  switch (option.kind) {
    case "thing":
      return (
        <>
          <MatchLine match={option.match} />
          <Kind name={words(`palette.kind.${option.match.thing.kind}`)} />
        </>
      );
    case "host":
      return (
        <>
          <bdi translate="no" className="min-w-0 flex-1 truncate">
            {option.name}
          </bdi>
          <Kind name={words("palette.kind.host")} />
        </>
      );
    case "command":
      return (
        <>
          <span className="min-w-0 flex-1">{option.command.text}</span>
          {option.command.key !== null && (
            <kbd className="rounded-sm border border-edge bg-inset px-1.5 font-mono text-[11px] text-muted">
              {option.command.key}
            </kbd>
          )}
          <Kind name={words("palette.kind.command")} />
        </>
      );
  }
}

const Kind = ({ name }: { readonly name: string }) => (
  <span className="w-20 shrink-0 text-right text-[12px] text-muted">{name}</span>
);

export type PaletteProps = {
  readonly hosts: readonly HostEntry[];
  readonly deeds: Omit<Deeds, "onHosts" | "onOpen">;
};

/** Opens by Ctrl K or ⌘ K, wherever the focus is. */
export function Palette(props: PaletteProps) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      const wanted = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!wanted || event.altKey || event.shiftKey || event.isComposing) return;
      if (document.querySelector("dialog[open]:not([data-palette])")) return;
      event.preventDefault();
      setOpen((now) => !now);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  return open ? <Opened {...props} onClose={() => setOpen(false)} /> : null;
}

function Opened({ hosts, deeds, onClose }: PaletteProps & { readonly onClose: () => void }) {
  const words = useWords();
  const router = useRouter();
  const { select } = useWorkbench();
  const { index, prepare } = useFind();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  useEffect(() => {
    prepare();
    dialog.current?.showModal();
  }, [prepare]);

  const commands = useMemo(
    () =>
      commandsOf(words, {
        ...deeds,
        onHosts: () => router.push("/hosts"),
        onOpen: () => router.push("/open"),
      }),
    [words, deeds, router],
  );
  const shown: readonly Option[] = useMemo(() => {
    const things = index === null || typed.trim() === "" ? [] : find(index, parse(typed)).matches;
    return [
      ...things.slice(0, mostThings).map((match) => ({ kind: "thing" as const, match })),
      ...(typed.trim() === "" ? [] : hostsCalled(words, hosts, typed)),
      ...matching(commands, typed).map((command) => ({ kind: "command" as const, command })),
    ];
  }, [index, typed, commands, hosts, words]);
  const options = useOptions(shown.length, typed, "first");

  const run = (option: Option) => {
    // The focus goes back to where it was before what is chosen moves it.
    dialog.current?.close();
    switch (option.kind) {
      case "thing":
        return select(option.match.thing.key);
      case "host":
        return router.push(`/hosts/${encodeURIComponent(option.entry.id)}`);
      case "command":
        return option.command.run();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composes(event)) return;
    if (options.step(event)) return;
    const option = shown[options.at];
    if (event.key !== "Enter" || option === undefined) return;
    event.preventDefault();
    run(option);
  };
  return (
    <dialog
      ref={dialog}
      data-palette
      aria-label={words("palette.title")}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
      onKeyDown={onKeyDown}
      className="mx-auto mt-[12dvh] w-[min(40rem,calc(100vw-1.5rem))] rounded-xl border border-edge bg-panel p-0 text-[13px] text-ink shadow-float backdrop:bg-black/40"
    >
      <input
        type="text"
        role="combobox"
        aria-label={words("palette.placeholder")}
        aria-expanded={shown.length > 0}
        aria-controls={options.list}
        aria-autocomplete="list"
        aria-activedescendant={options.at >= 0 ? options.idOf(options.at) : undefined}
        placeholder={words("palette.placeholder")}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        className="h-12 w-full rounded-t-xl border-b border-edge bg-transparent px-4 text-[15px] placeholder:text-muted focus-visible:outline-none"
      />
      <div
        role="listbox"
        id={options.list}
        aria-label={words("palette.results")}
        className="max-h-[min(24rem,55dvh)] overflow-y-auto p-1.5"
      >
        {shown.map((option, nth) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field that the list belongs to has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field (aria-activedescendant)
          <div
            key={optionId(option)}
            role="option"
            id={options.idOf(nth)}
            aria-selected={nth === options.at}
            onPointerMove={() => options.at !== nth && options.point(nth)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => run(option)}
            className="flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 py-1 aria-selected:bg-inset"
          >
            <Line option={option} />
          </div>
        ))}
      </div>
      <p role="status" className="border-t border-edge px-4 py-2 text-[12px] text-muted">
        {words(shown.length === 0 ? "palette.nothing" : "palette.hint")}
      </p>
    </dialog>
  );
}
