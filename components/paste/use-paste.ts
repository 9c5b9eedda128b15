"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { useWords } from "@/components/ui/words";
import type { HostFacts } from "@/lib/facts/model";
import { type Choice, pasteFacts } from "@/lib/paste/facts";
import { type Missing, missingFrom } from "@/lib/paste/missing";
import type { Block, Recognised } from "@/lib/paste/model";
import { recognise } from "@/lib/paste/recognise";
import { understand } from "@/lib/pipeline";
import type { Topology } from "@/lib/topology/model";

/** What was made of the text so far. */
export type Pasting = {
  readonly read: Recognised | null;
  readonly drawn: {
    readonly facts: HostFacts;
    readonly topology: Topology;
    readonly missing: readonly Missing[];
  } | null;
};

type Choices = ReadonlyMap<number, Choice>;

const none: Choices = new Map();
const noBlocks: readonly Block[] = [];

function drawnFrom(blocks: readonly Block[], choices: Choices, called: string): Pasting["drawn"] {
  if (blocks.length === 0) return null;
  const facts = pasteFacts(blocks, choices, new Date().toISOString(), called);
  const topology = understand(facts);
  return { facts, topology, missing: missingFrom(topology, blocks) };
}

/** Text that is being pasted, whose each part is, and what comes of it. Nothing of it leaves the page. */
export function usePaste() {
  const words = useWords();
  const [text, setText] = useState("");
  const [choices, setChoices] = useState<Choices>(none);
  const settled = useDeferredValue(text);
  const read = useMemo(() => (settled.trim() === "" ? null : recognise(settled)), [settled]);
  const blocks = read?.status === "read" ? read.blocks : noBlocks;
  const called = (read?.status === "read" ? read.machine : null) ?? words("paste.host");
  const drawn = useMemo(() => drawnFrom(blocks, choices, called), [blocks, choices, called]);
  const write = (next: string) => {
    setText(next);
    // The parts of another text are other parts.
    setChoices(none);
  };
  const choose = (block: number, choice: Choice | null) =>
    setChoices((old) => {
      const next = new Map(old);
      if (choice === null) next.delete(block);
      else next.set(block, choice);
      return next;
    });
  const pasting: Pasting = { read, drawn };
  return { text, write, choices, choose, pasting, busy: settled !== text };
}
