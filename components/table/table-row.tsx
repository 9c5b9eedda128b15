"use client";

import { memo, type ReactNode } from "react";
import { LinkState } from "@/components/inspector/link-state";
import { ProofBadge } from "@/components/inspector/proof-badge";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { namespaceName } from "@/components/workbench/place-words";
import { visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import type { Key } from "@/lib/net/ids";
import type { Link } from "@/lib/topology/model";
import type { AttachmentRow } from "./attachment-rows";
import { columnsClass } from "./columns";

/** On a phone a row is a card: its title has no name, the other cells have theirs beside them. */
function Cell({
  name,
  title = false,
  children,
}: {
  readonly name: string;
  readonly title?: boolean;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div
      role="gridcell"
      tabIndex={-1}
      className={`flex min-w-0 items-baseline gap-2 sm:block ${title ? "max-sm:order-first max-sm:text-[15px]" : ""} sm:px-2 sm:py-1`}
    >
      {!title && <span className="w-31 shrink-0 text-[12px] text-muted sm:hidden">{name}</span>}
      <div className="min-w-0 leading-6">{children}</div>
    </div>
  );
}

/** A cell's button; its number is its column, for the arrow keys. */
function Pick({
  cell,
  to,
  selected,
  mono = false,
  children,
}: {
  readonly cell: number;
  readonly to: Key;
  readonly selected: Key | null;
  readonly mono?: boolean;
  readonly children: ReactNode;
}) {
  const { select } = useWorkbench();
  return (
    <button
      type="button"
      data-cell={cell}
      tabIndex={-1}
      aria-pressed={selected === to}
      onClick={() => select(to)}
      className={`min-h-6 max-w-full cursor-pointer rounded-sm text-left underline decoration-transparent underline-offset-3 hover:decoration-current aria-pressed:font-semibold aria-pressed:text-accent ${mono ? "font-mono text-[12px] break-all" : "break-words"}`}
    >
      {children}
    </button>
  );
}

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
  if (container?.mode.kind === "host") return "table.hostNetwork";
  if (container?.mode.kind === "none") return "table.onlyLo";
  if (container && container.netns === null && container.state !== "running")
    return "table.stopped";
  return "table.noVeth";
};

function Muted({ children }: { readonly children: ReactNode }) {
  return <span className="text-[12px] text-muted">{children}</span>;
}

function NetworkCell({ row, selected }: RowProps) {
  const words = useWords();
  const { hueOf } = useWorkbench();
  const key = row.bridge?.key ?? row.network?.key ?? null;
  if (key === null) return <Muted>{words("table.noBridge")}</Muted>;
  const hue = hueOf(key);
  const name = row.network && row.network.name !== row.bridge?.name ? row.network.name : null;
  return (
    <span className="flex min-w-0 gap-2">
      <span
        aria-hidden
        className="mt-1 h-4 w-1 shrink-0 rounded-full bg-line"
        style={hue === null ? undefined : { background: `var(--color-hue-${hue.index})` }}
      />
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <Pick cell={0} to={key} selected={selected} mono={row.bridge !== null}>
          <span translate="no">{visible(row.bridge?.name ?? row.network?.name ?? "")}</span>
        </Pick>
        {row.bridge && name && <span className="text-[12px] text-muted">{visible(name)}</span>}
      </span>
    </span>
  );
}

function NearCell({ row, selected }: RowProps) {
  const words = useWords();
  const { index } = useWorkbench();
  if (row.near === null) return <Muted>{words(missing(row))}</Muted>;
  const namespace = index.namespace(row.near.netns);
  const elsewhere = namespace !== null && namespace.name.by !== "host";
  return (
    <>
      <LinkCell link={row.near} cell={1} selected={selected} />
      {elsewhere && (
        <span className="block text-[12px] leading-4 text-muted">
          {namespaceName(words, namespace)}
        </span>
      )}
    </>
  );
}

function WhoCell({ row, selected }: RowProps) {
  const words = useWords();
  if (row.containers.length > 0) {
    return (
      <span className="flex flex-wrap gap-x-2">
        {row.containers.map((container) => (
          <Pick key={container.id} cell={3} to={container.key} selected={selected}>
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
    <Pick cell={3} to={row.namespace.key} selected={selected}>
      {namespaceName(words, row.namespace)}
    </Pick>
  );
}

/** Whether the selection is this row or something on it. */
export const isChosen = (row: AttachmentRow, selected: Key | null): boolean =>
  selected !== null &&
  [row.key, row.near?.key, row.far?.key, ...row.containers.map(({ key }) => key)].includes(
    selected,
  );

/** One attachment. Memoised: a thousand of them stand still while one is chosen. */
export const TableRow = memo(function TableRow({
  row,
  selected,
  at,
}: RowProps & { readonly at: number }) {
  const words = useWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div
      role="row"
      tabIndex={-1}
      data-row={row.key}
      aria-rowindex={at + 2}
      aria-selected={selected !== null}
      className={`grid grid-cols-1 gap-y-0.5 border-b border-edge px-4 py-2.5 text-[13px] [contain-intrinsic-size:auto_2.3rem] [content-visibility:auto] hover:bg-inset aria-selected:bg-accent-soft scroll-mt-12 scroll-mb-16 max-sm:scroll-mb-[70dvh] sm:px-3 sm:py-0.5 ${columnsClass}`}
    >
      <Cell name={words("table.network")}>
        <NetworkCell row={row} selected={selected} />
      </Cell>
      <Cell name={words("table.near")}>
        <NearCell row={row} selected={selected} />
      </Cell>
      <Cell name={words("table.far")}>
        {row.far === null ? (
          <Muted>{row.near === null ? words("proof.none") : words(missing(row))}</Muted>
        ) : (
          <LinkCell link={row.far} cell={2} selected={selected} />
        )}
      </Cell>
      <Cell name={words("table.container")} title>
        <WhoCell row={row} selected={selected} />
      </Cell>
      <Cell name={words("table.address")}>
        <span translate="no" className="font-mono text-[12px] tabular-nums break-all">
          {row.address === null ? words("proof.none") : visible(row.address)}
        </span>
      </Cell>
      <Cell name={words("table.proof")}>
        {row.proof === null ? (
          <Muted>{words("proof.none")}</Muted>
        ) : (
          <Pick cell={5} to={row.key} selected={selected}>
            <span className="text-[12px]">
              <ProofBadge proof={row.proof} />
            </span>
          </Pick>
        )}
      </Cell>
    </div>
  );
});
