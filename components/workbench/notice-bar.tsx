"use client";

import { Info, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "./context";
import { noticesOf } from "./notices";
import type { Refused } from "./reading";
import { RefusedLine } from "./refused-line";

const action =
  "min-h-6 cursor-pointer rounded-sm whitespace-nowrap underline underline-offset-3 hover:text-ink disabled:cursor-default disabled:opacity-60";

function Line({
  tone,
  children,
}: {
  readonly tone: "info" | "warn";
  readonly children: ReactNode;
}) {
  const Icon = tone === "warn" ? TriangleAlert : Info;
  return (
    <li className="flex items-start gap-2.5 border-b border-edge bg-panel px-4 py-1.5 text-[13px] leading-6">
      <Icon
        size={15}
        aria-hidden
        className={`mt-1 shrink-0 ${tone === "warn" ? "text-warn" : "text-muted"}`}
      />
      <span className="flex min-w-0 flex-wrap gap-x-3">{children}</span>
    </li>
  );
}

/** What one must know before reading the picture; gaps of one namespace are told at that namespace. */
export function NoticeBar({
  file,
  stopped,
  refused,
  busy,
  onRetry,
  onGaps,
  onStopped,
}: {
  /** What there is to say of the file that is open; null: none is. */
  readonly file: ReactNode;
  readonly stopped: boolean;
  readonly refused: Refused | null;
  readonly busy: boolean;
  readonly onRetry: () => void;
  readonly onGaps: () => void;
  readonly onStopped: () => void;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  // Where it was recorded the file itself says.
  const notices = noticesOf(words, index, { stopped }).filter(
    ({ id }) => file === null || id !== "recorded",
  );
  return (
    <div role="status">
      <ul aria-label={words("notice.label")}>
        {refused && (
          <Line tone="warn">
            <RefusedLine refused={refused} busy={busy} onRetry={onRetry} action={action} />
          </Line>
        )}
        {file !== null && <Line tone="info">{file}</Line>}
        {notices.map((notice) => (
          <Line key={notice.id} tone={notice.tone}>
            {notice.text}
            {notice.action === "gaps" && (
              <button type="button" className={action} onClick={onGaps}>
                {words("notice.more")}
              </button>
            )}
            {notice.action === "stopped" && (
              <button type="button" className={action} onClick={onStopped}>
                {words("notice.showStopped")}
              </button>
            )}
            {notice.action === "sample" && (
              <>
                <Link className={action} href="/hosts/sample" prefetch={false}>
                  {words("notice.sample")}
                </Link>
                <Link className={action} href="/start" prefetch={false}>
                  {words("notice.start")}
                </Link>
              </>
            )}
          </Line>
        ))}
      </ul>
    </div>
  );
}
