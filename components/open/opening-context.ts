"use client";

import { createContext, useContext } from "react";
import type { HostFacts } from "@/lib/facts/model";

/** Text that came otherwise than by the field: dropped, chosen, or pasted on another page. */
export type GivenText = { readonly text: string | null };

/** How a page opens a host in this browser. Nothing of it is sent anywhere. */
export type Opening = {
  /** A file that was chosen, dropped or pasted: what it is its bytes say. */
  readonly openFile: (file: File) => void;
  /** What was made of text that a person pasted. */
  readonly openFacts: (facts: HostFacts) => void;
  /** Goes to where text is pasted. `text`: what is to stand there; null: whatever does. */
  readonly goPaste: (text: string | null) => void;
  /** What somebody gave to be pasted there, until it is taken; null: nothing. */
  readonly given: GivenText | null;
  readonly takeGiven: () => void;
  /** A file is being read. */
  readonly busy: boolean;
};

const Context = createContext<Opening | null>(null);
export const OpeningProvider = Context.Provider;

/** Throws outside the root layout: that is our own bug. */
export const useOpening = (): Opening => {
  const opening = useContext(Context);
  if (opening === null) throw new Error("Something is opened outside the root layout.");
  return opening;
};
