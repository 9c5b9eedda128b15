"use client";

import { memo, type ReactNode } from "react";
import { NamedCell } from "@/components/grid/cell";
import { columnsLook, GridRow, type Placed } from "@/components/grid/grid-row";
import { Pick } from "@/components/grid/pick";
import { LinkState } from "@/components/inspector/link-state";
import { ProofBadge } from "@/components/inspector/proof-badge";
import { GlyphSign } from "@/components/ui/glyph-sign";
import { HueBar } from "@/components/ui/hue-bar";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { namespaceName } from "@/components/workbench/place-words";
import type { TableColumn } from "@/components/workbench/url-state";
import { runs } from "@/lib/graph/boxes";
import { visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import type { Key } from "@/lib/net/ids";
import type { Link } from "@/lib/topology/model";
import type { AttachmentRow } from "./attachment-rows";
import { columns, portsOf } from "./columns";

function LinkCell({
  link,
  cell,
  selected,
}: {
  readonly link: Link;
  readonly cell: number;
  readonly selected: Key | null;
}) {
  return (
    <>
      <Pick cell={cell} to={link.key} selected={selected} mono>
        <span translate="no">{visible(link.label)}</span>
      </Pick>{" "}
      <span className="text-[12px]">
        <LinkState state={link.state} text={link.state} />
      </span>
    </>
  );
}

type RowProps = {
  readonly row: AttachmentRow;
  /** What is selected, where that is on this row. */
  readonly selected: Key | null;
};

/** Why there is no interface to show where one could be. */
const missing = (row: AttachmentRow): MessageKey => {
  if (row.proof !== null) return "table.unseen";
  const container = row.containers[0];
  // Whatever its network will be: now it has none.
  if (container && !runs(container)) return "table.stopped";
  if (container?.mode.kind === "host") return "table.hostNetwork";
  if (container?.mode.kind === "none") {
    return row.namespace?.read.status === "read" ? "table.onlyLo" : "table.noNetwork";
  }
  return "table.noVeth";
};

function Muted({ children }: { readonly children: ReactNode }) {
  return <span className="text-[12px] text-muted">{children}</span>;
}

function NetworkCell({ row, selected, cell }: CellProps) {
  const words = useWords();
  const { hueOf } = useWorkbench();
  const key = row.bridge?.key ?? row.network?.key ?? null;
  if (key === null) return <Muted>{words("table.noBridge")}</Muted>;
  const name = row.network && row.network.name !== row.bridge?.name ? row.network.name : null;
  return (
    <span className="flex min-w-0 gap-2">
      <HueBar hue={hueOf(key)} className="mt-1" />
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <Pick cell={cell} to={key} selected={selected} mono={row.bridge !== null}>
          <span translate="no">{visible(row.bridge?.name ?? row.network?.name ?? "")}</span>
        </Pick>
        {row.bridge && name && (
          <span className="min-w-0 text-[12px] wrap-anywhere text-muted">{visible(name)}</span>
        )}
      </span>
    </span>
  );
}

function NearCell({ row, selected, cell }: CellProps) {
  const words = useWords();
  const { index } = useWorkbench();
  if (row.near === null) return <Muted>{words(missing(row))}</Muted>;
  const namespace = index.namespace(row.near.netns);
  const elsewhere = namespace !== null && namespace.name.by !== "host";
  return (
    <>
      <LinkCell link={row.near} cell={cell} selected={selected} />
      {elsewhere && (
        <span className="block text-[12px] leading-4 text-muted">
          {namespaceName(words, namespace)}
        </span>
      )}
    </>
  );
}

function WhoCell({ row, selected, cell }: CellProps) {
  const words = useWords();
  if (row.containers.length > 0) {
    return (
      <span className="flex flex-wrap gap-x-2">
        {row.containers.map((container) => (
          <Pick key={container.id} cell={cell} to={container.key} selected={selected}>
            <span translate="no" className="font-medium">
              {visible(container.name)}
            </span>
          </Pick>
        ))}
      </span>
    );
  }
  // Whose the other end would be is what was not found out.
  if (row.namespace === null || row.far === null) return <Muted>{words("ui.unknown")}</Muted>;
  return (
    <Pick cell={cell} to={row.namespace.key} selected={selected}>
      {namespaceName(words, row.namespace)}
    </Pick>
  );
}

type CellProps = RowProps & { readonly cell: number };

function Texts({ texts }: { readonly texts: readonly string[] }) {
  const words = useWords();
  if (texts.length === 0) return <Muted>{words("proof.none")}</Muted>;
  return (
    <span translate="no" className="flex flex-wrap gap-x-2.5 font-mono text-[12px] tabular-nums">
      {texts.map((text) => (
        <span key={text} className="min-w-0 break-words">
          {text}
        </span>
      ))}
    </span>
  );
}

/** Most are tcp: only another protocol is worth its room. */
const shortPort = (text: string): string => visible(text.replace(/\/tcp$/, ""));

function FarCell({ row, selected, cell }: CellProps) {
  const words = useWords();
  if (row.far !== null) return <LinkCell link={row.far} cell={cell} selected={selected} />;
  return <Muted>{row.near === null ? words("proof.none") : words(missing(row))}</Muted>;
}

function ProofCell({ row, selected, cell }: CellProps) {
  const words = useWords();
  if (row.proof === null) return <Muted>{words("proof.none")}</Muted>;
  return (
    <Pick cell={cell} to={row.key} selected={selected}>
      <span className="text-[12px]">
        <ProofBadge proof={row.proof} />
      </span>
    </Pick>
  );
}

/** What is only text stands as it is copied. */
function TextCell({ row, column }: { readonly row: AttachmentRow; readonly column: TableColumn }) {
  const words = useWords();
  const { index } = useWorkbench();
  const text = columns[column].text(row, { words, index });
  return <Texts texts={text === "" ? [] : [text]} />;
}

function CellOf({ column, ...props }: CellProps & { readonly column: TableColumn }) {
  switch (column) {
    case "network":
      return <NetworkCell {...props} />;
    case "near":
      return <NearCell {...props} />;
    case "far":
      return <FarCell {...props} />;
    case "container":
      return <WhoCell {...props} />;
    case "proof":
      return <ProofCell {...props} />;
    case "ports":
      return <Texts texts={portsOf(props.row).map(shortPort)} />;
    case "state":
    case "image":
    case "project":
    case "address":
    case "mac":
    case "netns":
      return <TextCell row={props.row} column={column} />;
  }
}

/** Where the name of the container is; where that column is not shown, at the beginning. */
const signColumn = (shown: readonly TableColumn[]): TableColumn | undefined =>
  shown.includes("container") ? "container" : shown[0];

/** What is wrong with a row, before what it is wrong with. */
function RowProblem({ said }: { readonly said: string }) {
  return (
    <span className="mt-1 mr-1.5 shrink-0" title={said} data-problem>
      <GlyphSign glyph="problem" tone="problem" size={12} />
      <span className="sr-only">{said}. </span>
    </span>
  );
}

/** One attachment. Memoised: those around it stand still while one is chosen. */
export const TableRow = memo(function TableRow({
  row,
  selected,
  shown,
  picked,
  match,
  problem,
  ...placed
}: RowProps &
  Placed & {
    readonly shown: readonly TableColumn[];
    /** Among the rows that would be copied. */
    readonly picked: boolean;
    /** It holds what is searched for. */
    readonly match: boolean;
    /** What is wrong with it, in words; empty: nothing. */
    readonly problem: string;
  }) {
  const words = useWords();
  return (
    <GridRow
      {...placed}
      id={row.key}
      data-picked={picked}
      data-match={match}
      data-trouble={problem !== ""}
      aria-selected={selected !== null || picked}
      className={`${columnsLook} data-[picked=true]:bg-inset`}
    >
      {match && (
        <span aria-hidden className="absolute inset-y-1 left-0.5 w-1 rounded-full bg-ink" />
      )}
      {shown.map((column, nth) => (
        <NamedCell
          key={column}
          column={column}
          name={words(columns[column].heading)}
          title={column === "container"}
        >
          {problem !== "" && column === signColumn(shown) ? (
            <span className="flex items-start">
              <RowProblem said={problem} />
              <CellOf row={row} selected={selected} cell={nth} column={column} />
            </span>
          ) : (
            <CellOf row={row} selected={selected} cell={nth} column={column} />
          )}
        </NamedCell>
      ))}
    </GridRow>
  );
});
