"use client";

import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Inspector } from "@/components/inspector/inspector";
import { Button } from "@/components/ui/button";
import { usePainted } from "@/components/ui/use-painted";
import { useWords } from "@/components/ui/words";
import { SelectedProvider, useSelected, useWorkbench } from "./context";

/** Beside the picture where there is room; else a drawer from the right, on a phone from below. */
const drawer =
  "max-lg:fixed max-lg:right-0 max-lg:bottom-0 max-lg:z-30 max-lg:shadow-float max-lg:transition-transform max-sm:left-0 max-sm:h-[68dvh] max-sm:rounded-t-xl max-sm:border-t sm:max-lg:top-0 sm:max-lg:w-[22rem] motion-reduce:transition-none";
const away = "max-lg:invisible max-sm:translate-y-full sm:max-lg:translate-x-full";

/** `open`: only where it is a drawer; beside the picture it is always there. */
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
      className={`relative w-[21.75rem] shrink-0 overflow-y-auto border-l border-edge bg-panel px-4 pt-4 pb-8 max-sm:w-auto ${drawer} ${open ? "" : away}`}
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
