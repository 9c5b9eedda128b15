import { type Term, termOf } from "./terms";

/** A piece of a note's text. code: a kernel's or a tool's own word; link: another note. */
export type Span =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly term: Term; readonly text: string };

const piece = /`([^`]+)`|\[\[([a-z0-9-]+)\|([^\]]+)\]\]/g;

const marked = ([whole, code, term, text]: RegExpMatchArray): Span => {
  if (code !== undefined) return { kind: "code", text: code };
  const to = termOf(term ?? "");
  // A link to no note is a slip of whoever wrote it: a test reads all notes.
  return to === null || text === undefined
    ? { kind: "text", text: whole }
    : { kind: "link", term: to, text };
};

/** Text with its marks taken apart, in order; nothing of it is lost. */
export const spansOf = (text: string): readonly Span[] => {
  const spans: Span[] = [];
  let from = 0;
  for (const match of text.matchAll(piece)) {
    if (match.index > from) spans.push({ kind: "text", text: text.slice(from, match.index) });
    spans.push(marked(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) spans.push({ kind: "text", text: text.slice(from) });
  return spans;
};
