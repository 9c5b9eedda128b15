"use client";

import { useDue } from "@/components/ui/use-due";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { Refused } from "./reading";

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
  const seconds = useDue(refused.retryAt ?? null, busy, onRetry);
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
        {seconds !== null && words("hosts.unreachable.retryAt", { seconds })}
      </span>
      <button type="button" className={action} disabled={busy} onClick={onRetry}>
        {words("hosts.unreachable.again")}
      </button>
    </>
  );
}
