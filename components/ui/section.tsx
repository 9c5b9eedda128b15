import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** A part of a panel that opens and closes; `count` is told beside its title. */
export function Section({
  title,
  count,
  open = false,
  children,
}: {
  readonly title: string;
  readonly count?: number;
  readonly open?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details open={open} className="group/section border-t border-edge pt-3">
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-1.5 rounded-sm text-[13px] font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          aria-hidden
          className="text-muted transition-transform group-open/section:rotate-90"
        />
        {title}
        {count !== undefined && (
          <span className="font-normal text-muted tabular-nums">{count}</span>
        )}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
