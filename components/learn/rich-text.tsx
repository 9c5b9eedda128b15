import Link from "next/link";
import { type Span, spansOf } from "@/lib/learn/spans";
import { type From, noteHref } from "./note-links";

function Piece({ span, from }: { readonly span: Span; readonly from: From }) {
  switch (span.kind) {
    case "text":
      return span.text;
    case "code":
      return (
        <code
          translate="no"
          className="rounded-sm bg-inset px-1 py-px font-mono text-[0.92em] break-words text-ink [box-decoration-break:clone]"
        >
          {span.text}
        </code>
      );
    case "link":
      return (
        <Link
          href={noteHref(span.term, from)}
          prefetch={false}
          className="rounded-sm text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-current"
        >
          {span.text}
        </Link>
      );
  }
}

/** Text of a note: kernel tokens stand out, and other notes are linked. */
export function RichText({ text, from }: { readonly text: string; readonly from: From }) {
  return spansOf(text).map((span, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece of text has no name but its place
    <Piece key={at} span={span} from={from} />
  ));
}
