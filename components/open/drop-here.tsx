"use client";

import { FileDown } from "lucide-react";
import { useWords } from "@/components/ui/words";

/** Over the page, while a file is held over it. */
export function DropHere() {
  const words = useWords();
  return (
    <div className="pointer-events-none fixed inset-3 z-60 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-panel/90">
      <p role="status" className="flex max-w-sm flex-col items-center gap-2 px-6 text-center">
        <FileDown size={28} aria-hidden className="text-accent" />
        <span className="text-[15px] font-semibold">{words("open.drop.here")}</span>
        <span className="text-[13px] text-muted">{words("open.private")}</span>
      </p>
    </div>
  );
}
