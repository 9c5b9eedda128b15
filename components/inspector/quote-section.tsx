"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Evidence } from "@/lib/facts/model";
import { QuoteList } from "./quote-list";

/** A title that opens to the words of the host behind it. */
export function QuoteSection({
  title,
  evidence,
}: {
  readonly title: string;
  readonly evidence: readonly Evidence[];
}) {
  const [open, setOpen] = useState(false);
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group/quotes border-t border-edge pt-3"
    >
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-1.5 rounded-sm text-[13px] font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          aria-hidden
          className="text-muted transition-transform group-open/quotes:rotate-90"
        />
        {title}
      </summary>
      <div className="mt-2">{open && <QuoteList evidence={evidence} />}</div>
    </details>
  );
}
