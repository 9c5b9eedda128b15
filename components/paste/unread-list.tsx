"use client";

import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { UnreadLine } from "@/lib/paste/model";

const shownAtMost = 200;

/** Lines that nobody understood, with their numbers. */
export function UnreadList({ unread }: { readonly unread: readonly UnreadLine[] }) {
  const words = useWords();
  return (
    <Section title={words("paste.unread")} count={unread.length}>
      <ol className="max-h-72 overflow-auto" aria-label={words("paste.unread")}>
        {unread.slice(0, shownAtMost).map(({ at, excerpt }) => (
          <li key={at} className="flex gap-3 text-[12px] leading-5">
            <span className="w-12 shrink-0 text-right text-muted tabular-nums">{at + 1}</span>
            <bdi className="min-w-0">
              <Mono>{visible(excerpt)}</Mono>
            </bdi>
          </li>
        ))}
      </ol>
      {unread.length > shownAtMost && (
        <p className="mt-1 text-[12px] text-muted">
          {words("paste.more", { n: unread.length - shownAtMost })}
        </p>
      )}
    </Section>
  );
}
