"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import type { Pair } from "@/components/workbench/topology-index";
import { printable } from "@/lib/net/shell-quote";
import { selfChecks } from "./self-checks";

/** The commands of the articles with the names and numbers of this pair, and what they print here. */
export function SelfCheckList({ pair }: { readonly pair: Pair }) {
  const words = useWords();
  const { index } = useWorkbench();
  const recorded = index.topology.host.source === "recorded";
  return (
    <div className="mt-3 border-t border-edge pt-2.5">
      <h4 className="text-[13px] font-semibold">{words("selfCheck.title")}</h4>
      <p className="mt-1 text-[13px] text-muted">
        {words(recorded ? "selfCheck.howRecorded" : "selfCheck.how")}
      </p>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        {selfChecks(index, pair).map(({ command, prints }) => (
          <li key={command} className="flex items-start gap-1 rounded-md bg-inset py-1 pr-1 pl-2.5">
            <div
              translate="no"
              className="min-w-0 flex-1 font-mono text-[12px] leading-4.5 break-words"
            >
              <p>
                <span className="text-muted select-none"># </span>
                {command}
              </p>
              <p className="text-muted">{printable(prints)}</p>
            </div>
            <CopyButton text={command} label={words("check.copy")} />
          </li>
        ))}
      </ul>
    </div>
  );
}
