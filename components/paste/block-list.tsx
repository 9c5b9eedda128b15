"use client";

import { useId, useState } from "react";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import { type Choice, choiceOf } from "@/lib/paste/facts";
import type { Block } from "@/lib/paste/model";
import { commandOfKind, isOfNetns, type OwnerOption, ofMachineWords } from "./block-words";

const another = "+ another";
const own = "+ own";

function linesWords({ lines }: Block, words: Words): string {
  const from = (lines[0]?.at ?? 0) + 1;
  const to = (lines.at(-1)?.at ?? 0) + 1;
  return words("paste.lines", { n: to - from + 1, from, to });
}

const excerpt = (text: string): string => visible(text.trim().slice(0, 100));

function OwnerChoice({
  block,
  options,
  choice,
  onChoose,
}: {
  readonly block: Block;
  readonly options: readonly OwnerOption[];
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice | null) => void;
}) {
  const words = useWords();
  const [naming, setNaming] = useState(false);
  const id = useId();
  const place = choice?.place ?? block.place;
  const known = options.some(({ value }) => value === place);
  const pick = (value: string) => {
    setNaming(value === another);
    if (value === own) onChoose({ owner: { kind: "unnamed" }, place: `own ${block.id}` });
    const picked = options.find((each) => each.value === value);
    if (picked !== undefined) onChoose(value === block.place ? null : picked.choice);
  };
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <label className="sr-only" htmlFor={id}>
        {words("paste.whose", { line: (block.lines[0]?.at ?? 0) + 1 })}
      </label>
      <select
        id={id}
        value={naming ? another : known ? place : own}
        onChange={({ currentTarget }) => pick(currentTarget.value)}
        className="h-8 max-w-56 rounded-md border border-edge bg-panel px-2 text-[13px] text-ink"
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
        <option value={own}>{words("paste.owner.own")}</option>
        <option value={another}>{words("paste.owner.another")}</option>
      </select>
      {naming && (
        <input
          aria-label={words("paste.name")}
          placeholder={words("paste.name")}
          maxLength={128}
          className="h-8 w-36 rounded-md border border-edge bg-panel px-2 text-[13px]"
          onChange={({ currentTarget }) => {
            const name = currentTarget.value.trim();
            onChoose(name === "" ? null : choiceOf({ kind: "container", name }, ""));
          }}
        />
      )}
    </span>
  );
}

const shownAtMost = 100;

/** What was recognised, part by part: its lines, its command, and whose namespace it is about. */
export function BlockList({
  blocks,
  options,
  choices,
  onChoose,
}: {
  readonly blocks: readonly Block[];
  readonly options: readonly OwnerOption[];
  readonly choices: ReadonlyMap<number, Choice>;
  readonly onChoose: (block: number, choice: Choice | null) => void;
}) {
  const words = useWords();
  return (
    <>
      <ul className="mt-2 divide-y divide-edge rounded-lg border border-edge bg-panel">
        {blocks.slice(0, shownAtMost).map((block) => (
          <li key={block.id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-3 py-2">
            <span className="w-24 shrink-0 text-[12px] text-muted tabular-nums">
              {linesWords(block, words)}
            </span>
            <span className="min-w-0 flex-1 basis-56">
              <Mono className="font-semibold">{commandOfKind[block.kind]}</Mono>
              <Mono className="block truncate text-muted">
                {excerpt(block.prompt ?? block.lines[0]?.text ?? "")}
              </Mono>
            </span>
            {isOfNetns(block) ? (
              <OwnerChoice
                block={block}
                options={options}
                choice={choices.get(block.id)}
                onChoose={(choice) => onChoose(block.id, choice)}
              />
            ) : (
              <span className="text-[13px] text-muted">{ofMachineWords(block, words)}</span>
            )}
          </li>
        ))}
      </ul>
      {blocks.length > shownAtMost && (
        <p className="mt-1 text-[12px] text-muted">
          {words("paste.more", { n: blocks.length - shownAtMost })}
        </p>
      )}
    </>
  );
}
