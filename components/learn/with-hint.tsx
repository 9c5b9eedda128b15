import type { ReactNode } from "react";
import type { Term } from "@/lib/learn/terms";
import { TermHint } from "./term-hint";

/** A section whose title is a control already: its `?` stands at the other end of the title's line. */
export function WithHint({
  term,
  children,
}: {
  readonly term: Term;
  readonly children: ReactNode;
}) {
  return (
    <div className="relative">
      <span className="absolute top-3 right-0 z-10">
        <TermHint term={term} />
      </span>
      {children}
    </div>
  );
}
