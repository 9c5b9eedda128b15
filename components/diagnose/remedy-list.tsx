"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { useWords } from "@/components/ui/words";
import { shellQuote } from "@/lib/net/shell-quote";

/** Commands to be run by hand, in their order. They are text here and nothing else. */
export function RemedyList({ commands }: { readonly commands: readonly (readonly string[])[] }) {
  const words = useWords();
  if (commands.length === 0) return null;
  return (
    <>
      <p className="mt-1 text-[12px] text-muted">{words("diagnose.byHand")}</p>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        {commands.map((argv) => {
          const command = shellQuote(argv);
          return (
            <li
              key={command}
              className="flex items-start gap-1 rounded-md border border-edge bg-inset py-1 pr-1 pl-2.5"
            >
              <code
                translate="no"
                className="min-w-0 flex-1 py-1 font-mono text-[12px] leading-4.5 break-words whitespace-pre-wrap"
              >
                <span className="text-muted select-none"># </span>
                {command}
              </code>
              <CopyButton text={command} label={words("diagnose.copy")} />
            </li>
          );
        })}
      </ul>
    </>
  );
}
