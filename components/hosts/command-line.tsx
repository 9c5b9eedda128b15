"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { useWords } from "@/components/ui/words";

/** A command that a person runs by hand. */
export function CommandLine({ command }: { readonly command: string }) {
  const words = useWords();
  return (
    <div className="mb-4 flex items-start gap-2 rounded-md border border-edge bg-inset py-1 pr-1 pl-3">
      <code
        translate="no"
        className="min-w-0 flex-1 py-1 font-mono text-[12px] leading-5 break-all"
      >
        {command}
      </code>
      <CopyButton text={command} label={words("hosts.key.copy")} />
    </div>
  );
}
