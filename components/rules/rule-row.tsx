"use client";

import { ChevronRight } from "lucide-react";
import { memo, type ReactNode } from "react";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { RuleCounters } from "@/lib/topology/firewall/model";
import { chainId } from "./chain-id";
import type { Growth } from "./growth";
import type { OutlineRow } from "./outline";
import { textOf } from "./rule-text";
import { exactly, makerName, priorityText, roughly, tableText } from "./rules-words";
import type { Caller } from "./targets";

/** What a line may ask of the list that it is in. */
export type RowDeeds = {
  readonly onTurn: (id: string, open: boolean) => void;
  readonly onSelect: (rule: Key) => void;
  /** To a chain or a rule, from the line `from`. */
  readonly onGo: (to: string, from: string) => void;
};

type RowProps<Kind extends OutlineRow["kind"]> = {
  readonly row: Extract<OutlineRow, { readonly kind: Kind }>;
  readonly deeds: RowDeeds;
};

const cellButton =
  "min-h-6 cursor-pointer rounded-sm text-left underline decoration-transparent underline-offset-3 hover:decoration-current";
const jumpButton = `${cellButton} font-mono text-[12px] break-all decoration-line`;
const callersShown = 3;

function Cell({
  className = "",
  children,
}: {
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the list
    <div role="gridcell" tabIndex={-1} className={`min-w-0 ${className}`}>
      {children}
    </div>
  );
}

function TableLine({ row }: Pick<RowProps<"table">, "row">) {
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
        <button
          key={rule.key}
          type="button"
          data-cell={1 + nth}
          tabIndex={-1}
          onClick={() => deeds.onGo(rule.key, row.id)}
          className={jumpButton}
        >
          {visible(chain.name)} {rule.place}
        </button>
      ))}
      {callers.length > callersShown &&
        words("rules.andMore", { n: callers.length - callersShown })}
    </span>
  );
}

function ChainLine({ row, deeds }: RowProps<"chain">) {
  const words = useWords();
  const locale = useReaderLocale();
  const { chain, open, left, used } = row;
  const { base, counters } = chain;
  return (
    <Cell className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5">
      <button
        type="button"
        data-cell={0}
        tabIndex={-1}
        aria-expanded={open}
        onClick={() => deeds.onTurn(row.id, !open)}
        className="inline-flex min-h-6 cursor-pointer items-center gap-1 rounded-sm text-left font-mono text-[13px] font-semibold break-all"
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={`shrink-0 text-muted ${open ? "rotate-90" : ""}`}
        />
        <span translate="no">{visible(chain.name)}</span>
      </button>
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

function Grown({ growth }: { readonly growth: Growth | null }) {
  const words = useWords();
  const locale = useReaderLocale();
  if (growth === null || growth.since === "none") return null;
  const text =
    growth.since === "more"
      ? `+${growth.packets.toLocaleString(locale)}`
      : words(growth.since === "new" ? "rules.since.new" : "rules.since.restarted");
  return (
    <span title={words("rules.since.what")} className="font-semibold text-ok tabular-nums">
      {text}
    </span>
  );
}

function Counted({
  counters,
  growth,
}: {
  readonly counters: RuleCounters | null;
  readonly growth: Growth | null;
}) {
  const words = useWords();
  const locale = useReaderLocale();
  if (counters === null)
    return <span className="text-[12px] text-muted">{words("rules.uncounted")}</span>;
  const idle = counters.packets === "0";
  return (
    <span
      className={`flex flex-wrap gap-x-2 text-[12px] leading-6 tabular-nums sm:justify-end ${idle ? "text-muted" : ""}`}
    >
      <Grown growth={growth} />
      <span>{exactly(counters.packets, locale)}</span>
      {!idle && (
        <span
          className="text-muted"
          title={words("rules.bytes", { n: exactly(counters.bytes, locale) })}
        >
          {roughly(counters.bytes, locale)}B
        </span>
      )}
    </span>
  );
}

function RuleLine({
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
        <button
          type="button"
          data-cell={0}
          tabIndex={-1}
          aria-pressed={selected}
          aria-label={words("rules.ruleAt", { chain: visible(row.chain.name), n: rule.place })}
          onClick={() => deeds.onSelect(rule.key)}
          className={`${cellButton} min-w-6 text-right text-[12px] text-muted tabular-nums aria-pressed:font-semibold aria-pressed:text-accent sm:w-full`}
        >
          {rule.place}
        </button>
      </Cell>
      <Cell className="leading-5">
        <code translate="no" className="font-mono text-[12px] leading-5 break-words">
          {textOf(table, row.chain.name, rule)}
        </code>
        {targets.map((target, nth) =>
          table.chains.some(({ name }) => name === target) ? (
            <button
              key={target}
              type="button"
              data-cell={1 + nth}
              tabIndex={-1}
              aria-label={words("rules.goTo", { chain: visible(target) })}
              onClick={() => deeds.onGo(chainId(table, target), row.id)}
              className={`${jumpButton} ml-2 text-accent`}
            >
              → {visible(target)}
            </button>
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

function UnusedLine({ row, deeds }: RowProps<"unused">) {
  const words = useWords();
  return (
    <Cell className="py-1">
      <button
        type="button"
        data-cell={0}
        tabIndex={-1}
        aria-expanded={row.open}
        onClick={() => deeds.onTurn(row.id, !row.open)}
        className="inline-flex min-h-6 cursor-pointer items-center gap-1 rounded-sm text-[12px] text-muted hover:text-ink"
      >
        <ChevronRight size={14} aria-hidden className={row.open ? "rotate-90" : ""} />
        {words("rules.unused", { n: row.chains })}
      </button>
    </Cell>
  );
}

const looks: Readonly<Record<OutlineRow["kind"], string>> = {
  table: "px-4",
  chain: "border-t border-edge bg-canvas px-4",
  rule: "grid grid-cols-[2rem_minmax(0,1fr)] gap-x-2 gap-y-0 border-t border-edge px-4 py-1 hover:bg-inset aria-selected:bg-accent-soft sm:grid-cols-[2.5rem_minmax(0,1fr)_8.5rem_7rem] max-sm:[&>:nth-child(n+3)]:col-start-2",
  unused: "border-t border-edge px-4",
};

/** One line of the list: a table, a chain, a rule. Memoised: those around it stand still while one is chosen. */
export const RuleRow = memo(function RuleRow({
  row,
  at,
  top,
  growth,
  selected,
  deeds,
  measure,
}: {
  readonly row: OutlineRow;
  readonly at: number;
  /** px from the first row. */
  readonly top: number;
  readonly growth: Growth | null;
  readonly selected: boolean;
  readonly deeds: RowDeeds;
  readonly measure: (element: HTMLElement | null) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the list
    <div
      ref={measure}
      role="row"
      tabIndex={-1}
      data-row={row.id}
      data-kind={row.kind}
      data-index={at}
      aria-rowindex={at + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)` }}
      className={`absolute inset-x-0 top-0 text-[13px] ${looks[row.kind]}`}
    >
      {row.kind === "table" && <TableLine row={row} />}
      {row.kind === "chain" && <ChainLine row={row} deeds={deeds} />}
      {row.kind === "unused" && <UnusedLine row={row} deeds={deeds} />}
      {row.kind === "rule" && (
        <RuleLine row={row} growth={growth} selected={selected} deeds={deeds} />
      )}
    </div>
  );
});
