"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useWords } from "@/components/ui/words";
import type { Evidence } from "@/lib/facts/model";
import { QuoteList } from "./quote-list";

const signs = {
  holds: { glyph: "✓", tone: "text-ok", said: "check.yes" },
  fails: { glyph: "✕", tone: "text-bad", said: "check.no" },
  beware: { glyph: "!", tone: "text-warn", said: "check.beware" },
} as const;

/** One thing that was looked at, which opens to the command and the line that it printed. */
export function CheckLine({
  sign,
  evidence,
  children,
}: {
  readonly sign: keyof typeof signs;
  readonly evidence: readonly Evidence[];
  readonly children: ReactNode;
}) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const { glyph, tone, said } = signs[sign];
  return (
    <li>
      <details
        open={open}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        className="group/check"
      >
        <summary
          title={words("check.open")}
          className="flex min-h-6 cursor-pointer list-none gap-2 rounded-sm py-0.5 text-[13px] leading-5 [&::-webkit-details-marker]:hidden"
        >
          <span className={`w-3.5 shrink-0 text-center font-semibold ${tone}`} aria-hidden>
            {glyph}
          </span>
          <span className="min-w-0 flex-1 break-words">
            <span className="sr-only">{words(said)}: </span>
            {children}
          </span>
          <ChevronRight
            size={14}
            aria-hidden
            className="mt-0.75 shrink-0 text-muted transition-transform group-open/check:rotate-90"
          />
        </summary>
        <div className="my-2 ml-5.5">
          {open && evidence.length === 0 && (
            <p className="text-[12px] text-muted">{words("check.noLine")}</p>
          )}
          {open && evidence.length > 0 && <QuoteList evidence={evidence} />}
        </div>
      </details>
    </li>
  );
}
