"use client";

import { Cell } from "@/components/grid/cell";
import { CellButton, linkLook } from "@/components/grid/cell-button";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import { chainId } from "./chain-id";
import type { Growth } from "./growth";
import { jumpLook, type RowProps } from "./row-parts";
import { Counted } from "./rule-counters";
import { textOf } from "./rule-text";
import { makerName } from "./rules-words";

/** One rule, with the chains that it leads to. */
export function RuleLine({
  row,
  growth,
  selected,
  deeds,
}: RowProps<"rule"> & { readonly growth: Growth | null; readonly selected: boolean }) {
  const words = useWords();
  const { rule, table, targets } = row;
  return (
    <>
      <Cell>
        <CellButton
          cell={0}
          aria-pressed={selected}
          aria-label={words("rules.ruleAt", { chain: visible(row.chain.name), n: rule.place })}
          onClick={() => deeds.onSelect(rule.key)}
          className={`${linkLook} min-w-6 text-right text-[12px] text-muted tabular-nums aria-pressed:font-semibold aria-pressed:text-accent sm:w-full`}
        >
          {rule.place}
        </CellButton>
      </Cell>
      <Cell className="leading-5">
        <code translate="no" className="font-mono text-[12px] leading-5 break-words">
          {textOf(table, row.chain.name, rule)}
        </code>
        {targets.map((target, nth) =>
          table.chains.some(({ name }) => name === target) ? (
            <CellButton
              key={target}
              cell={1 + nth}
              aria-label={words("rules.goTo", { chain: visible(target) })}
              onClick={() => deeds.onGo(chainId(table, target), row.id)}
              className={`${jumpLook} ml-2 text-accent`}
            >
              → {visible(target)}
            </CellButton>
          ) : (
            <span key={target} className="ml-2 text-[12px] text-bad">
              {words("rules.missingChain", { chain: visible(target) })}
            </span>
          ),
        )}
      </Cell>
      <Cell>
        <Counted counters={rule.counters} growth={growth} />
      </Cell>
      <Cell className="text-[12px] leading-6 text-muted">
        {rule.madeBy.because !== "table" && makerName(words, rule.madeBy.who)}
      </Cell>
    </>
  );
}
