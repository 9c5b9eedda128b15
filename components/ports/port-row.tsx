"use client";

import { memo } from "react";
import { NamedCell } from "@/components/grid/cell";
import { columnsLook, GridRow, type Placed } from "@/components/grid/grid-row";
import { Pick } from "@/components/grid/pick";
import { exactly } from "@/components/rules/rules-words";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { type PortColumn, portColumns } from "@/components/workbench/url-state";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { PortRow } from "@/lib/ports/model";
import { portColumnLooks } from "./port-columns";
import { endText, hostText, protocolText, targetText } from "./port-text";
import { endWords, listenerWords } from "./port-words";
import { reasonWords } from "./reached-words";
import { ScopeMark } from "./scope-mark";

const Nothing = () => (
  <span aria-hidden className="text-muted">
    –
  </span>
);

type RowProps = { readonly row: PortRow };

type CellProps = RowProps & {
  readonly cell: number;
  readonly selected: Key | null;
};

function PortCell({ row, cell, selected }: CellProps) {
  const words = useWords();
  return (
    <Pick cell={cell} to={row.key} selected={selected} mono={row.host !== null}>
      {row.host === null ? (
        <span className="text-muted">{words("ports.noHostPort")}</span>
      ) : (
        <span translate="no" className="font-semibold">
          {hostText(row)}
        </span>
      )}
    </Pick>
  );
}

function TargetCell({ row, cell, selected }: CellProps) {
  const words = useWords();
  const { index } = useWorkbench();
  const containers = row.containers.flatMap((id) => index.container(id) ?? []);
  return (
    <>
      {containers.length === 0 && endWords({ words, index }, row)}
      <span className="flex flex-wrap gap-x-1">
        {containers.map((container, nth) => (
          <span key={container.id}>
            <Pick cell={cell} to={container.key} selected={selected}>
              <span translate="no" className="font-medium">
                {visible(container.name)}
              </span>
            </Pick>
            {nth + 1 < containers.length && ","}
          </span>
        ))}
      </span>
      <span translate="no" className="block font-mono text-[12px] break-all text-muted">
        {targetText(row)}
      </span>
    </>
  );
}

function ListenerCell({ row }: RowProps) {
  const words = useWords();
  const { index } = useWorkbench();
  const { status } = row.listener;
  const tone = {
    listening: "",
    several: "",
    spread: "",
    nobody: "font-semibold text-bad",
    elsewhere: "text-warn",
    "not-read": "text-muted",
  };
  return (
    <span className={`break-words ${tone[status]}`}>{listenerWords({ words, index }, row)}</span>
  );
}

function ScopeCell({ row }: RowProps) {
  const words = useWords();
  const { index } = useWorkbench();
  const why = reasonWords({ words, index }, row);
  return (
    <>
      <ScopeMark scope={row.scope} />{" "}
      <span className="font-medium">{words(`ports.scope.${row.scope}`)}</span>
      {why !== "" && (
        <span className="block text-[12px] leading-4.5 break-words text-muted">{why}</span>
      )}
    </>
  );
}

function RuleCell({ row, cell, selected }: CellProps) {
  const words = useWords();
  const locale = useReaderLocale();
  const [first] = row.rules;
  if (first === undefined) return <Nothing />;
  return (
    <>
      <Pick cell={cell} to={first.rule} selected={selected} mono>
        <span translate="no">
          {visible(first.chain)}
          {" → "}
          {endText(first.to.address ?? "", first.to.port, first.to.last)}
        </span>
      </Pick>
      <span className="block text-[12px] leading-4.5 text-muted tabular-nums">
        {first.backend}
        {first.counters !== null &&
          ` · ${words("rules.packetsOnly", { n: exactly(first.counters.packets, locale) })}`}
        {row.rules.length > 1 && ` · ${words("rules.andMore", { n: row.rules.length - 1 })}`}
      </span>
    </>
  );
}

function ProxyCell({ row }: RowProps) {
  const words = useWords();
  if (row.proxy === null) return <Nothing />;
  return (
    <span className="text-[12px] tabular-nums">
      {words("ports.pid", { n: `${row.proxy.pid}` })}
    </span>
  );
}

function CellOf({ column, ...props }: CellProps & { readonly column: PortColumn }) {
  const words = useWords();
  switch (column) {
    case "port":
      return <PortCell {...props} />;
    case "protocol":
      return (
        <span translate="no" className="font-mono text-[12px]">
          {protocolText(props.row)}
        </span>
      );
    case "target":
      return <TargetCell {...props} />;
    case "listener":
      return <ListenerCell {...props} />;
    case "scope":
      return <ScopeCell {...props} />;
    case "rule":
      return <RuleCell {...props} />;
    case "proxy":
      return <ProxyCell {...props} />;
    case "kind":
      return <span className="text-[12px]">{words(`ports.kind.${props.row.kind}`)}</span>;
  }
}

/** One port. Memoised: those around it stand still while one is chosen. */
export const PortLine = memo(function PortLine({
  row,
  selected,
  ...placed
}: RowProps &
  Placed & {
    /** null: nothing of this row is selected. */
    readonly selected: Key | null;
  }) {
  const words = useWords();
  return (
    <GridRow
      {...placed}
      id={row.key}
      data-scope={row.scope}
      aria-selected={selected !== null}
      className={columnsLook}
    >
      {portColumns.map((column, nth) => (
        <NamedCell
          key={column}
          column={column}
          name={words(portColumnLooks[column].heading)}
          title={column === "port"}
        >
          <CellOf row={row} cell={nth} selected={selected} column={column} />
        </NamedCell>
      ))}
    </GridRow>
  );
});
