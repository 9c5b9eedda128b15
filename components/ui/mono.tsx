import type { ReactNode } from "react";

/** What the kernel or a command prints: monospaced, never translated, never hyphenated. */
export function Mono({
  children,
  className = "",
}: {
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <span translate="no" className={`font-mono text-[12px] tabular-nums break-all ${className}`}>
      {children}
    </span>
  );
}
