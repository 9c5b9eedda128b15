"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import { shellQuote } from "@/lib/net/shell-quote";
import type { Missing } from "@/lib/paste/missing";

/** What the paste does not tell, and the command that would. */
export function MissingList({ missing }: { readonly missing: readonly Missing[] }) {
  const words = useWords();
  return (
    <ul className="mt-2 grid gap-2">
      {missing.map(({ what, names, argv }) => {
        const command = shellQuote(argv);
        return (
          <li
            key={`${what} ${names.join(" ")}`}
            className="rounded-lg border border-edge bg-panel px-3 py-2 text-[13px] leading-5"
          >
            <p>{words(`paste.missing.${what}`)}</p>
            {names.length > 0 && (
              <p>
                <Mono className="text-muted">{names.map(visible).join(" · ")}</Mono>
              </p>
            )}
            <p className="mt-1 flex items-center gap-1">
              <Mono className="min-w-0 rounded-sm bg-inset px-1.5 py-0.5">{command}</Mono>
              <CopyButton text={command} label={words("paste.copy", { command })} />
            </p>
          </li>
        );
      })}
    </ul>
  );
}
