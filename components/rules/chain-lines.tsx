"use client";

import { ChevronRight } from "lucide-react";
import { Cell } from "@/components/grid/cell";
import { CellButton } from "@/components/grid/cell-button";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import { jumpLook, type RowProps } from "./row-parts";
import { exactly, makerName, priorityText, tableText } from "./rules-words";
import type { Caller } from "./targets";

const callersShown = 3;

/** The head of a table. */
export function TableLine({ row }: Pick<RowProps<"table">, "row">) {
  const words = useWords();
  const { backend, family, name, madeBy } = row.table;
  return (
    <Cell className="flex flex-wrap items-baseline gap-x-3 pt-5 pb-1">
      <h3 translate="no" className="font-mono text-[14px] font-semibold break-all">
        {tableText(backend, family, name)}
      </h3>
      <span className="text-[12px] text-muted tabular-nums">
        {words("rules.tableHolds", { chains: row.chains, rules: row.rules })}
      </span>
      {madeBy.who !== "iptables" && (
        <span className="text-[12px] text-muted">{makerName(words, madeBy.who)}</span>
      )}
    </Cell>
  );
}

function Callers({
  callers,
  row,
  deeds,
}: RowProps<"chain"> & { readonly callers: readonly Caller[] }) {
  const words = useWords();
  if (callers.length === 0) return null;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2 text-[12px] text-muted">
      {words("rules.reachedFrom")}
      {callers.slice(0, callersShown).map(({ chain, rule }, nth) => (
        <CellButton
          key={rule.key}
          cell={1 + nth}
          onClick={() => deeds.onGo(rule.key, row.id)}
          className={jumpLook}
        >
          {visible(chain.name)} {rule.place}
        </CellButton>
      ))}
      {callers.length > callersShown &&
        words("rules.andMore", { n: callers.length - callersShown })}
    </span>
  );
}

/** The head of a chain: it turns its rules out and in. */
export function ChainLine({ row, deeds }: RowProps<"chain">) {
  const words = useWords();
  const locale = useReaderLocale();
  const { chain, open, left, used } = row;
  const { base, counters } = chain;
  return (
    <Cell className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5">
      <CellButton
        cell={0}
        aria-expanded={open}
        onClick={() => deeds.onTurn(row.id, !open)}
        className="inline-flex items-center gap-1 font-mono text-[13px] font-semibold break-all"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={`shrink-0 text-muted ${open ? "rotate-90" : ""}`}
        />
        <span translate="no">{visible(chain.name)}</span>
      </CellButton>
      <span className="text-[12px] text-muted tabular-nums">
        {left === chain.rules.length
          ? words("rules.count", { n: left })
          : words("rules.someOf", { n: left, all: chain.rules.length })}
      </span>
      {base && (
        <span className="text-[12px] text-muted">
          {words("rules.baseOf", { hook: base.hook, priority: priorityText(base.priority) })}
          {" · "}
          <span className={base.policy === "drop" ? "font-semibold text-bad" : ""}>
            {words("rules.policy", { policy: base.policy })}
          </span>
          {counters && counters.packets !== "0" && (
            <span className="tabular-nums">
              {" "}
              {words("rules.packets", { n: exactly(counters.packets, locale) })}
            </span>
          )}
        </span>
      )}
      {!used && base === null && (
        <span className="text-[12px] text-muted">{words("rules.unusedChain")}</span>
      )}
      <Callers callers={row.callers} row={row} deeds={deeds} />
    </Cell>
  );
}

/** The chains of a table that nothing leads to, as one line. */
export function UnusedLine({ row, deeds }: RowProps<"unused">) {
  const words = useWords();
  return (
    <Cell className="py-1">
      <CellButton
        cell={0}
        aria-expanded={row.open}
        onClick={() => deeds.onTurn(row.id, !row.open)}
        className="inline-flex items-center gap-1 text-[12px] text-muted hover:text-ink"
      >
        <ChevronRight size={14} aria-hidden className={row.open ? "rotate-90" : ""} />
        {words("rules.unused", { n: row.chains })}
      </CellButton>
    </Cell>
  );
}
