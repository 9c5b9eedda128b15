"use client";

import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import type { Value } from "@/lib/find/entries";
import type { Match } from "@/lib/find/find";

/** The name stands there already; what else was found tells why it is here. */
const reasons = ({ thing, by }: Match): readonly Value[] => {
  const others = by.filter(({ text }) => text !== thing.name);
  return others.length === 0 ? by.slice(0, 1) : others.slice(0, 2);
};

/** Something that was found: what it is called, whose it is, and by which field. */
export function MatchLine({ match }: { readonly match: Match }) {
  const words = useWords();
  const { thing, of } = match;
  const mono = thing.kind === "link" || thing.kind === "bridge";
  return (
    <span className="flex min-w-0 flex-1 items-baseline gap-3">
      <bdi translate="no" className="min-w-0 truncate">
        {mono ? <Mono>{thing.name}</Mono> : <span className="font-medium">{thing.name}</span>}
        {of !== null && <span className="text-muted"> · {of.name}</span>}
      </bdi>
      <span className="ml-auto flex min-w-0 shrink-0 items-baseline gap-2 text-[12px] text-muted">
        {reasons(match).map(({ tag, text }) => (
          <span key={`${tag} ${text}`} className="flex min-w-0 items-baseline gap-1">
            {words(`find.tag.${tag}`)}
            {text !== thing.name && (
              <bdi translate="no" className="max-w-36 truncate font-mono text-ink">
                {text}
              </bdi>
            )}
          </span>
        ))}
      </span>
    </span>
  );
}
