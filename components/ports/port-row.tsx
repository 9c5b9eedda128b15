"use client";

import { memo, type ReactNode } from "react";
import { exactly } from "@/components/rules/rules-words";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { type PortColumn, portColumns } from "@/components/workbench/url-state";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { PortRow } from "@/lib/ports/model";
import { portColumnLooks } from "./port-columns";
import { hostText, protocolText } from "./port-text";
import { listenerWords, reasonWords, targetText } from "./port-words";
import { ScopeMark } from "./scope-mark";

/** On a phone a row is a card: its title has no name, the other cells have theirs beside them. */
function Cell({
  name,
  title,
  children,
}: {
  readonly name: string;
  readonly title: boolean;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div
      role="gridcell"
      tabIndex={-1}
      className={`flex min-w-0 items-baseline gap-2 sm:block ${title ? "max-sm:text-[15px]" : ""} sm:px-2 sm:py-1`}
    >
      {!title && <span className="w-24 shrink-0 text-[12px] text-muted sm:hidden">{name}</span>}
      <div className="min-w-0 leading-5.5">{children}</div>
    </div>
  );
}

function Pick({
  cell,
  to,
  pressed,
  mono = false,
  children,
}: {
  readonly cell: number;
  readonly to: Key;
  readonly pressed: boolean;
  readonly mono?: boolean;
  readonly children: ReactNode;
}) {
  const { select } = useWorkbench();
  return (
    <button
      type="button"
      data-cell={cell}
      tabIndex={-1}
      aria-pressed={pressed}
      onClick={() => select(to)}
      className={`min-h-6 max-w-full cursor-pointer rounded-sm text-left underline decoration-transparent underline-offset-3 hover:decoration-current aria-pressed:text-accent ${mono ? "font-mono text-[12px] wrap-anywhere" : "break-words"}`}
    >
      {children}
    </button>
  );
}

const Nothing = () => (
  <span aria-hidden className="text-muted">
    –
  </span>
);

type CellProps = {
  readonly row: PortRow;
  readonly cell: number;
  readonly selected: Key | null;
};

function PortCell({ row, cell, selected }: CellProps) {
  const words = useWords();
  return (
    <Pick cell={cell} to={row.key} pressed={selected === row.key} mono={row.host !== null}>
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
      {containers.length === 0 && words("place.theHost")}
      <span className="flex flex-wrap gap-x-2">
        {containers.map((container) => (
          <Pick
            key={container.id}
            cell={cell}
            to={container.key}
            pressed={selected === container.key}
          >
            <span translate="no" className="font-medium">
              {visible(container.name)}
            </span>
          </Pick>
        ))}
      </span>
      <span translate="no" className="block font-mono text-[12px] break-all text-muted">
        {targetText(row)}
      </span>
    </>
  );
}

function ListenerCell({ row }: Pick<CellProps, "row">) {
  const words = useWords();
  const { index } = useWorkbench();
  const { status } = row.listener;
  const tone = {
    listening: "",
    nobody: "font-semibold text-bad",
    elsewhere: "text-warn",
    "not-read": "text-muted",
  };
  return (
    <span className={`break-words ${tone[status]}`}>{listenerWords({ words, index }, row)}</span>
  );
}

function ScopeCell({ row }: Pick<CellProps, "row">) {
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
      <Pick cell={cell} to={first.rule} pressed={selected === first.rule} mono>
        <span translate="no">
          {visible(first.chain)}
          {" → "}
          {visible(first.to.address)}:{first.to.port}
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

function ProxyCell({ row }: Pick<CellProps, "row">) {
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
  at,
  top,
  selected,
  measure,
}: {
  readonly row: PortRow;
  readonly at: number;
  /** px from the first row. */
  readonly top: number;
  /** null: nothing of this row is selected. */
  readonly selected: Key | null;
  readonly measure: (element: HTMLElement | null) => void;
}) {
  const words = useWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div
      ref={measure}
      role="row"
      tabIndex={-1}
      data-row={row.key}
      data-index={at}
      data-scope={row.scope}
      aria-rowindex={at + 2}
      aria-selected={selected !== null}
      style={{ transform: `translateY(${top}px)` }}
      className="absolute inset-x-0 top-0 grid grid-cols-1 gap-y-0.5 border-b border-edge px-4 py-2.5 text-[13px] hover:bg-inset aria-selected:bg-accent-soft sm:grid-cols-(--columns) sm:px-3 sm:py-0.5"
    >
      {portColumns.map((column, nth) => (
        <Cell key={column} name={words(portColumnLooks[column].heading)} title={column === "port"}>
          <CellOf row={row} cell={nth} selected={selected} column={column} />
        </Cell>
      ))}
    </div>
  );
});
