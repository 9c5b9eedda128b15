import type { Locale } from "@/lib/messages/keys";

/**
 * The words of a note in one language; its title and first paragraph are messages (`learn.terms.TERM`),
 * since every `?` shows them. In all of them `…` is a kernel's or a tool's own word, never translated,
 * and [[term|words]] leads to another note.
 */
export type NoteText = {
  /** Why it exists. */
  readonly why: string;
  /** Where it is in the picture, and what the drawing shows. */
  readonly picture: string;
  /** What people believe, and what is so. */
  readonly wrong: readonly { readonly claim: string; readonly truth: string }[];
  /** How to see it by hand: what to look for in what the commands print. */
  readonly hand: string;
};

export type Note = Readonly<Record<Locale, NoteText>>;
