"use client";

import type { ReactNode } from "react";
import { TermHint } from "@/components/learn/term-hint";
import type { Term } from "@/lib/learn/terms";

/** What is selected: its kind, its name, its state. */
export function PanelHead({
  kind,
  name,
  mono = false,
  state,
  term = null,
}: {
  readonly kind: string;
  readonly name: string;
  readonly mono?: boolean;
  readonly state?: ReactNode;
  /** The note on its kind. */
  readonly term?: Term | null;
}) {
  return (
    <header className="mb-4 pr-9">
      <p className="text-[13px] leading-6 wrap-anywhere text-muted">
        {kind}
        {term && <TermHint term={term} />}
      </p>
      <h2 className="mt-0.5 flex flex-wrap items-baseline gap-x-2.5 text-[17px] leading-6 font-semibold">
        <span translate="no" className={`min-w-0 break-all ${mono ? "font-mono text-[15px]" : ""}`}>
          {name}
        </span>
        {state && <span className="text-[13px] font-medium">{state}</span>}
      </h2>
    </header>
  );
}
