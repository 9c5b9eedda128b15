"use client";

import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import { chainId, type Home, toolName } from "./chain-id";
import type { HookLine } from "./hook-lines";

function ChainButton({
  home: { table, chain },
  onGo,
}: {
  readonly home: Home;
  readonly onGo: (chain: string) => void;
}) {
  const words = useWords();
  const { base, rules } = chain;
  const count = rules.length;
  return (
    <button
      type="button"
      onClick={() => onGo(chainId(table, chain.name))}
      className={`inline-flex min-h-7 cursor-pointer items-baseline gap-1.5 rounded-md border px-2 py-0.5 text-left text-[12px] leading-5 hover:bg-inset ${base?.policy === "drop" ? "border-bad" : "border-edge"} ${count === 0 ? "text-muted" : ""}`}
    >
      <span translate="no" className="font-mono font-semibold break-all">
        {visible(table.name)}
      </span>
      <span translate="no" className="font-mono break-all">
        {visible(chain.name)}
      </span>
      <span className="text-muted tabular-nums">{words("rules.count", { n: count })}</span>
      <span translate="no" className="font-mono text-[11px] text-muted tabular-nums">
        {base?.priority} · {toolName(table.backend, table.family)}
      </span>
      {base?.policy === "drop" && (
        <span className="text-[11px] font-semibold text-bad">{words("rules.policyDrop")}</span>
      )}
    </button>
  );
}

/** For each hook the base chains of all backends, in the order in which a packet meets them. */
export function HookBar({
  lines,
  onGo,
}: {
  readonly lines: readonly HookLine[];
  readonly onGo: (chain: string) => void;
}) {
  const words = useWords();
  if (lines.length === 0) return null;
  return (
    <section aria-label={words("rules.hooks.title")} className="px-4 pt-3 pb-4">
      <h3 className="text-[13px] font-semibold">{words("rules.hooks.title")}</h3>
      <p className="mb-2 text-[12px] leading-5 text-muted">{words("rules.hooks.what")}</p>
      <dl className="grid gap-x-3 gap-y-1.5 text-[13px] sm:grid-cols-[15rem_minmax(0,1fr)]">
        {lines.map(({ hook, chains }) => (
          <div key={hook} className="contents">
            <dt className="leading-5 max-sm:mt-1.5 sm:py-1">
              <span translate="no" className="mr-1.5 font-mono text-[12px] font-semibold">
                {hook}
              </span>
              <span className="text-[12px] text-muted">{words(`rules.hooks.${hook}`)}</span>
            </dt>
            <dd className="min-w-0">
              <ol className="flex flex-wrap items-center gap-x-1 gap-y-1">
                {chains.map((home, nth) => (
                  <li
                    key={chainId(home.table, home.chain.name)}
                    className="flex min-w-0 items-center gap-1"
                  >
                    {nth > 0 && (
                      <span aria-hidden className="text-muted">
                        →
                      </span>
                    )}
                    <ChainButton home={home} onGo={onGo} />
                  </li>
                ))}
              </ol>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
