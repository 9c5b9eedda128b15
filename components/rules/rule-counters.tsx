"use client";

import { useReaderLocale, useWords } from "@/components/ui/words";
import type { RuleCounters } from "@/lib/topology/firewall/model";
import type { Growth } from "./growth";
import { exactly, roughly } from "./rules-words";

function Grown({ growth }: { readonly growth: Growth | null }) {
  const words = useWords();
  const locale = useReaderLocale();
  if (growth === null || growth.since === "none") return null;
  const text =
    growth.since === "more"
      ? `+${growth.packets.toLocaleString(locale)}`
      : words(growth.since === "new" ? "rules.since.new" : "rules.since.restarted");
  return (
    <span title={words("rules.since.what")} className="font-semibold text-ok tabular-nums">
      {text}
    </span>
  );
}

/** How often a rule was met, and how much more since the last reading. */
export function Counted({
  counters,
  growth,
}: {
  readonly counters: RuleCounters | null;
  readonly growth: Growth | null;
}) {
  const words = useWords();
  const locale = useReaderLocale();
  if (counters === null)
    return <span className="text-[12px] text-muted">{words("rules.uncounted")}</span>;
  const idle = counters.packets === "0";
  return (
    <span
      className={`flex flex-wrap gap-x-2 text-[12px] leading-6 tabular-nums sm:justify-end ${idle ? "text-muted" : ""}`}
    >
      <Grown growth={growth} />
      <span>{exactly(counters.packets, locale)}</span>
      {!idle && (
        <span
          className="text-muted"
          title={words("rules.bytes", { n: exactly(counters.bytes, locale) })}
        >
          {roughly(counters.bytes, locale)}B
        </span>
      )}
    </span>
  );
}
