"use client";

import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { rightWords, sudoersWords } from "@/components/workbench/rights-words";
import { pastedHost } from "@/lib/paste/model";
import type { Topology } from "@/lib/topology/model";
import type { RightState } from "@/lib/topology/rights";
import { rights, sudoersLines } from "@/lib/topology/rights";

/** Differ in shape as well as in colour. */
const glyphs: Readonly<Record<RightState, { readonly glyph: string; readonly look: string }>> = {
  have: { glyph: "✓", look: "text-ok" },
  partly: { glyph: "◐", look: "text-warn" },
  missing: { glyph: "✗", look: "text-bad" },
};

/** Stands for the account in lines that a person edits anyway. */
const account = "USER";

/** What the reader of this picture was allowed to do; of each missing right what it costs and what would give it. */
export function RightsList({ topology }: { readonly topology: Topology }) {
  const words = useWords();
  // Of a host's user nothing is known where only its engine is asked.
  if (topology.gaps.some(({ reason }) => reason === "engine-only")) return null;
  if (topology.host.id === pastedHost) return null;
  const all = rights(topology);
  const missing = all.filter(({ state }) => state !== "have").length;
  return (
    <Section title={words("hosts.rightsList.title")} open={missing > 0}>
      <ul className="flex flex-col gap-2.5 text-[13px] leading-5">
        {all.map((right) => {
          const { name, state, why, costs, gives } = rightWords(words, right);
          const { glyph, look } = glyphs[right.state];
          return (
            <li key={right.name} className="flex gap-2 break-words">
              <span role="img" aria-label={state} title={state} className={`w-4 shrink-0 ${look}`}>
                {glyph}
              </span>
              <div className="min-w-0">
                <p className="font-medium">{name}</p>
                {costs !== null && (
                  <>
                    <p>{why}</p>
                    <p>{costs}</p>
                    <p className="text-muted">{gives}</p>
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {missing > 0 && <Sudoers />}
    </Section>
  );
}

function Sudoers() {
  const words = useWords();
  return (
    <details className="mt-3 text-[13px] leading-5">
      <summary className="min-h-6 cursor-pointer rounded-sm text-muted">
        {words("hosts.rightsList.sudoers")}
      </summary>
      <ul className="mt-2 flex flex-col gap-2">
        {sudoersLines(account).map((line) => (
          <li key={line.line}>
            <code translate="no" className="block font-mono text-[12px] break-all">
              {line.line}
            </code>
            <span className={line.equalsRoot ? "text-warn" : "text-muted"}>
              {sudoersWords(words, line)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
