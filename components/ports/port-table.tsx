"use client";

import { type Columns, RowGrid } from "@/components/grid/row-grid";
import { SortHead } from "@/components/grid/sort-head";
import { useRowGrid } from "@/components/grid/use-row-grid";
import { useMedia } from "@/components/ui/media";
import { useWords } from "@/components/ui/words";
import { useSelected, useWorkbench } from "@/components/workbench/context";
import { type PortSort, portColumns } from "@/components/workbench/url-state";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { PortRow } from "@/lib/ports/model";
import { portColumnLooks } from "./port-columns";
import { PortLine } from "./port-row";

/** px; what a row really takes is measured when it is drawn. */
const rowHeight = 56;
const cardHeight = 240;
const headHeight = 37;
const around = 16;
const columns: Columns = {
  widths: portColumns.map((column) => portColumnLooks[column].width),
  least: "68rem",
  name: "6rem",
  line: "1.375rem",
};

const keyOf = ({ key }: PortRow) => key;
const isChosen = ({ key }: PortRow, chosen: Key) => key === chosen;

/** What of a row the selection may be: the port, its container, its rule. */
const isOn = (row: PortRow, selected: Key | null, containers: readonly Key[]): boolean =>
  selected !== null &&
  (row.key === selected ||
    row.rules.some(({ rule }) => rule === selected) ||
    containers.includes(selected));

/** The ports as a grid with one tab stop, as the table of attachments is. */
export function PortTable({
  rows,
  sort,
  onSort,
}: {
  readonly rows: readonly PortRow[];
  readonly sort: PortSort | null;
  readonly onSort: (sort: PortSort | null) => void;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const selected = useSelected();
  const narrow = useMedia("(max-width: 639px)");
  const state = useRowGrid({
    rows,
    keyOf,
    heightOf: () => (narrow ? cardHeight : rowHeight),
    around,
    head: headHeight,
    chosen: selected,
    isChosen,
  });
  const keysOf = (row: PortRow): readonly Key[] =>
    row.containers.flatMap((id) => index.container(id)?.key ?? []);

  return (
    <div ref={state.scroller} className="min-h-0 flex-1 overflow-auto" data-testid="ports">
      <RowGrid
        state={state}
        label={words("ports.label", { host: visible(index.topology.host.name) })}
        columns={columns}
        heads={portColumns.map((column) => (
          <SortHead
            key={column}
            column={column}
            text={words(portColumnLooks[column].heading)}
            sort={sort}
            onSort={onSort}
          />
        ))}
        rowOf={(row, placed) => (
          <PortLine
            key={row.key}
            {...placed}
            row={row}
            selected={isOn(row, selected, keysOf(row)) ? selected : null}
          />
        )}
      />
    </div>
  );
}
