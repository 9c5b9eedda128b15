"use client";

import {
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { RowGrid } from "@/components/grid/row-grid";
import { useRowGrid } from "@/components/grid/use-row-grid";
import type { Key } from "@/lib/net/ids";
import { growthOf, type Tally } from "./growth";
import type { OutlineRow } from "./outline";
import type { RowDeeds } from "./row-parts";
import { RuleRow } from "./rule-row";

/** px; what a line really takes is measured when it is drawn. */
const heights: Readonly<Record<OutlineRow["kind"], number>> = {
  table: 45,
  chain: 37,
  rule: 33,
  unused: 33,
};
const around = 8;

const keyOf = ({ id }: OutlineRow) => id;
const isChosen = ({ id }: OutlineRow, chosen: Key) => id === chosen;
/** The head of a table has nothing to press. */
const isPassed = ({ kind }: OutlineRow) => kind === "table";

export type RuleListHandle = {
  /** Brings a line into view and the focus to it; `false`: it is not in the list. */
  readonly goTo: (id: string) => boolean;
};

/** px from the top of the scroller to the list: what stands above it scrolls away with it. */
function useOffset(lead: ReactNode) {
  const above = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands above is measured when it is another
  useLayoutEffect(() => {
    const element = above.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setOffset(element.offsetHeight));
    watch.observe(element);
    return () => watch.disconnect();
  }, [lead === null]);
  return { above, offset };
}

/** All rules as one list of which only what is seen is drawn: twenty thousand scroll as a hundred do. */
export function RuleList({
  label,
  rows,
  before,
  selected,
  deeds,
  lead,
  ref,
}: {
  readonly label: string;
  readonly rows: readonly OutlineRow[];
  readonly before: Tally | null;
  readonly selected: Key | null;
  readonly deeds: RowDeeds;
  /** Stands above the list and scrolls with it. */
  readonly lead: ReactNode;
  readonly ref: Ref<RuleListHandle>;
}) {
  const { above, offset } = useOffset(lead);
  const state = useRowGrid({
    rows,
    keyOf,
    heightOf: (row) => heights[row?.kind ?? "rule"],
    around,
    head: 8,
    above: offset,
    chosen: selected,
    isChosen,
    // Until what stands above is measured, every line is believed to be higher up than it is.
    ready: offset > 0,
    isPassed,
  });

  const goTo = (id: string): boolean => {
    const place = rows.findIndex((row) => row.id === id);
    if (place < 0) return false;
    state.focusOn(place, 0, "start");
    return true;
  };
  useImperativeHandle(ref, () => ({ goTo }));

  return (
    <div ref={state.scroller} className="min-h-0 flex-1 overflow-auto" data-testid="rules">
      <div ref={above}>{lead}</div>
      <RowGrid
        state={state}
        label={label}
        rowOf={(row, placed) => (
          <RuleRow
            key={row.id}
            {...placed}
            row={row}
            growth={row.kind === "rule" ? growthOf(row.rule.key, row.rule.counters, before) : null}
            selected={row.id === selected}
            deeds={deeds}
          />
        )}
      />
    </div>
  );
}
