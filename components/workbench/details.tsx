"use client";

import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Inspector } from "@/components/inspector/inspector";
import { Button } from "@/components/ui/button";
import { usePainted } from "@/components/ui/use-painted";
import { useWords } from "@/components/ui/words";
import { SelectedProvider, useSelected, useWorkbench } from "./context";

/**
 * Beside the view, on a phone below it. It covers nothing: what was chosen, and the controls that have the focus, stay
 * in sight (WCAG 2.4.11).
 */
const place =
  "w-[21.75rem] border-l max-sm:h-[60%] max-sm:w-auto max-sm:border-t max-sm:border-l-0";

/** `open`: only in a narrow window; in a wide one it is always there. */
export function Details({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { select } = useWorkbench();
  const now = useSelected();
  // The path lights first: a panel takes longer to draw than a frame.
  const selected = usePainted(now);
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing is read from its beginning
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
  }, [selected]);
  return (
    <aside
      ref={panel}
      id="details"
      tabIndex={-1}
      aria-busy={selected !== now}
      aria-label={words("inspector.label")}
      className={`relative shrink-0 overflow-y-auto border-edge bg-panel px-4 pt-4 pb-8 wrap-break-word ${place} ${open ? "" : "max-lg:hidden"}`}
    >
      <span className={`absolute top-3 right-3 ${selected === null ? "lg:hidden" : ""}`}>
        <Button
          look="quiet"
          label={words(selected === null ? "ui.close" : "inspector.clear")}
          className="px-0 text-muted"
          onClick={() => {
            if (now !== null) select(null);
            onClose();
          }}
        >
          <X size={16} aria-hidden />
        </Button>
      </span>
      <SelectedProvider value={selected}>
        <Inspector />
      </SelectedProvider>
    </aside>
  );
}
