"use client";

import { memo } from "react";
import { GridRow, type Placed } from "@/components/grid/grid-row";
import { ChainLine, TableLine, UnusedLine } from "./chain-lines";
import type { Growth } from "./growth";
import type { OutlineRow } from "./outline";
import type { RowDeeds } from "./row-parts";
import { RuleLine } from "./rule-line";

const looks: Readonly<Record<OutlineRow["kind"], string>> = {
  table: "px-4",
  chain: "border-t border-edge bg-canvas px-4",
  rule: "grid grid-cols-[2rem_minmax(0,1fr)] gap-x-2 gap-y-0 border-t border-edge px-4 py-1 hover:bg-inset aria-selected:bg-accent-soft sm:grid-cols-[2.5rem_minmax(0,1fr)_8.5rem_7rem] max-sm:[&>:nth-child(n+3)]:col-start-2",
  unused: "border-t border-edge px-4",
};

/** One line of the list: a table, a chain, a rule. Memoised: those around it stand still while one is chosen. */
export const RuleRow = memo(function RuleRow({
  row,
  growth,
  selected,
  deeds,
  ...placed
}: Placed & {
  readonly row: OutlineRow;
  readonly growth: Growth | null;
  readonly selected: boolean;
  readonly deeds: RowDeeds;
}) {
  return (
    <GridRow
      {...placed}
      id={row.id}
      data-kind={row.kind}
      aria-selected={selected}
      className={looks[row.kind]}
    >
      {row.kind === "table" && <TableLine row={row} />}
      {row.kind === "chain" && <ChainLine row={row} deeds={deeds} />}
      {row.kind === "unused" && <UnusedLine row={row} deeds={deeds} />}
      {row.kind === "rule" && (
        <RuleLine row={row} growth={growth} selected={selected} deeds={deeds} />
      )}
    </GridRow>
  );
});
