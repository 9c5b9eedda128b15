"use client";

import { useNow } from "@/components/ui/clock";
import { useReaderLocale, useWords } from "@/components/ui/words";
import type { Words } from "@/lib/messages/words";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in the one unit that fits. A clock that runs ahead of ours says `now`. */
export const ageWords = (words: Words, seconds: number): string => {
  if (seconds < 2) return words("header.ago.now");
  if (seconds < minute) return words("header.ago.seconds", { n: Math.floor(seconds) });
  if (seconds < hour) return words("header.ago.minutes", { n: Math.floor(seconds / minute) });
  if (seconds < day) return words("header.ago.hours", { n: Math.floor(seconds / hour) });
  return words("header.ago.days", { n: Math.floor(seconds / day) });
};

/** When the host was read. The time is the reader's, so it appears when the browser takes over. */
export function AsOf({
  at,
  recorded,
  stale = false,
}: {
  readonly at: string;
  readonly recorded: boolean;
  /** It could not be read again since. */
  readonly stale?: boolean;
}) {
  const words = useWords();
  const locale = useReaderLocale();
  const now = useNow();
  const read = new Date(at);
  const style: Intl.DateTimeFormatOptions = recorded
    ? { dateStyle: "medium", timeStyle: "short" }
    : { timeStyle: "medium" };
  const time = now === null ? "" : new Intl.DateTimeFormat(locale, style).format(read);
  const age = now === null ? "" : ageWords(words, (now - read.getTime()) / 1000);
  return (
    <time
      dateTime={at}
      data-testid="as-of"
      className={`text-[13px] whitespace-nowrap tabular-nums ${stale ? "text-warn" : "text-muted"}`}
    >
      {now !== null && words(recorded ? "header.recordedAt" : "header.asOf", { time })}
      {now !== null && <span className={stale ? "" : "hidden md:inline"}> · {age}</span>}
    </time>
  );
}
