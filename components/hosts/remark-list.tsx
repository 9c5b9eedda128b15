"use client";

import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { Remark } from "@/lib/hosts/entry";

/** What of the configuration is not used, with the place where it stands. */
export function RemarkList({ remarks }: { readonly remarks: readonly Remark[] }) {
  const words = useWords();
  return (
    <ul className="flex flex-col gap-2 text-[13px] leading-6">
      {remarks.map((remark) => {
        const values = Object.entries(remark.values).map(([name, text]) => [name, visible(text)]);
        return (
          <li key={JSON.stringify(remark)} className="break-words">
            {words(remark.error, Object.fromEntries(values))}
            {remark.at && <Place at={remark.at} />}
          </li>
        );
      })}
    </ul>
  );
}

function Place({ at: { file, line } }: { readonly at: NonNullable<Remark["at"]> }) {
  const words = useWords();
  return (
    <span translate="no" className="ml-2 font-mono text-[12px] break-all text-muted">
      {line === null
        ? visible(file)
        : words("hosts.config.at", { file: visible(file), line: String(line) })}
    </span>
  );
}
