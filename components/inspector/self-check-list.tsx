"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { printable } from "@/lib/net/shell-quote";
import type { SelfCheck } from "./self-checks";
import { useOpened } from "./use-details";

/** What the host has of the tools; null: that is not known. */
function useTools(): readonly string[] | null {
  const { index } = useWorkbench();
  const { host } = index.topology;
  const fetched = useOpened("tools", host.key, host.source === "live");
  if (fetched.status !== "read" || fetched.value.status !== "read") return null;
  const { value } = fetched.value;
  return value.question === "tools" ? value.tools : null;
}

/** `cat` is everywhere, and not asked about. */
const missingOf = (tools: readonly string[] | null, check: SelfCheck): string | undefined =>
  tools === null
    ? undefined
    : check.tools.find((tool) => tool !== "cat" && tool !== "grep" && !tools.includes(tool));

function CheckRow({
  check,
  missing,
}: {
  readonly check: SelfCheck;
  readonly missing: string | undefined;
}) {
  const words = useWords();
  const { command, prints, note } = check;
  return (
    <li className="flex items-start gap-1 rounded-md bg-inset py-1 pr-1 pl-2.5">
      <div className="min-w-0 flex-1">
        <div translate="no" className="font-mono text-[12px] leading-4.5 break-words">
          <p className={missing === undefined ? "" : "text-muted line-through"}>
            <span className="text-muted select-none"># </span>
            {command}
          </p>
          {prints !== null && <p className="text-muted">{printable(prints)}</p>}
        </div>
        {missing !== undefined && (
          <p className="text-[12px] leading-4.5 text-warn">
            {words("selfCheck.missing", { tool: missing })}
          </p>
        )}
        {missing === undefined && note !== null && (
          <p className="text-[12px] leading-4.5 text-muted">{words(note)}</p>
        )}
      </div>
      <CopyButton text={command} label={words("check.copy")} />
    </li>
  );
}

/** The commands of the articles with the names and numbers of this host, and what they print here. */
export function SelfCheckList({ checks }: { readonly checks: readonly SelfCheck[] }) {
  const words = useWords();
  const { index } = useWorkbench();
  const tools = useTools();
  // Of a recording the answers are shown; where none is, the commands are for a host like it.
  const answered =
    index.topology.host.source === "recorded" && checks.some(({ prints }) => prints !== null);
  if (checks.length === 0) return null;
  return (
    <div className="mt-3 border-t border-edge pt-2.5">
      <h4 className="text-[13px] font-semibold">{words("selfCheck.title")}</h4>
      <p className="mt-1 text-[13px] text-muted">
        {words(answered ? "selfCheck.howRecorded" : "selfCheck.how")}
      </p>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        {checks.map((check) => (
          <CheckRow key={check.command} check={check} missing={missingOf(tools, check)} />
        ))}
      </ul>
    </div>
  );
}
