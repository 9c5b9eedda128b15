"use client";

import { useEffect } from "react";
import { useNow } from "@/components/ui/clock";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { Refused } from "./reading";

const secondsTo = (moment: string | undefined, now: number | null): number | null =>
  moment === undefined || now === null ? null : Math.ceil((Date.parse(moment) - now) / 1000);

/** Why what one sees is from before, what to do, and when it is tried again: by itself, or now. */
export function RefusedLine({
  refused,
  busy,
  onRetry,
  action,
}: {
  readonly refused: Refused;
  readonly busy: boolean;
  readonly onRetry: () => void;
  /** How a button in a notice looks. */
  readonly action: string;
}) {
  const words = useWords();
  const left = secondsTo(refused.retryAt, useNow());
  const due = left !== null && left < 0 && !busy;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that it is due
  useEffect(() => {
    if (due) onRetry();
  }, [due]);
  const values = Object.fromEntries(
    Object.entries(refused.values).map(([name, value]) => [name, visible(value)]),
  );
  return (
    <>
      <span>
        {words("notice.refreshFailed", { why: words(refused.error, values) })}
        {refused.next && <span className="text-muted"> · {words(refused.next, values)}</span>}
      </span>
      {/* What counts down each second is not read out each second. */}
      <span role="timer" className="text-muted tabular-nums">
        {busy && words("hosts.unreachable.trying")}
        {!busy &&
          left !== null &&
          left >= 0 &&
          words("hosts.unreachable.retryAt", { seconds: left })}
      </span>
      <button type="button" className={action} disabled={busy} onClick={onRetry}>
        {words("hosts.unreachable.again")}
      </button>
    </>
  );
}
