"use client";

import { Check, Columns3, Copy, Download, Filter } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useFind } from "@/components/find/find-context";
import { Button } from "@/components/ui/button";
import { keepFile } from "@/components/ui/keep-file";
import { useCopy } from "@/components/ui/use-copy";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { type TableColumn, tableColumns } from "@/components/workbench/url-state";
import { csv, tsv } from "@/lib/share/csv";
import type { AttachmentRow } from "./attachment-rows";
import { asText, columns } from "./columns";

const menu =
  "z-50 min-w-44 rounded-lg border border-edge bg-panel p-1 text-[13px] text-ink shadow-float";
const item =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-md py-1 pr-3 pl-2 outline-none select-none data-[disabled]:cursor-default data-[disabled]:text-muted data-[highlighted]:bg-inset";

function ColumnMenu({
  shown,
  onColumns,
}: {
  readonly shown: readonly TableColumn[];
  readonly onColumns: (columns: readonly TableColumn[]) => void;
}) {
  const words = useWords();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button label={words("table.columns")}>
          <Columns3 size={15} aria-hidden />
          <span className="max-sm:sr-only">{words("table.columns")}</span>
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={6} collisionPadding={8} className={menu}>
          {tableColumns.map((column) => (
            <DropdownMenu.CheckboxItem
              key={column}
              checked={shown.includes(column)}
              // A table without columns says nothing.
              disabled={shown.length === 1 && shown.includes(column)}
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={(wanted) =>
                onColumns(
                  tableColumns.filter((each) => (each === column ? wanted : shown.includes(each))),
                )
              }
              className={item}
            >
              <span className="w-4 text-accent">
                <DropdownMenu.ItemIndicator>
                  <Check size={14} aria-hidden />
                </DropdownMenu.ItemIndicator>
              </span>
              {words(columns[column].heading)}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function CopyMenu({
  rows,
  picked,
  shown,
}: {
  readonly rows: readonly AttachmentRow[];
  readonly picked: readonly AttachmentRow[];
  readonly shown: readonly TableColumn[];
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const { copy, copied, byHand } = useCopy(words("table.copy"));
  const copyRows = (wanted: readonly AttachmentRow[]) =>
    void copy(tsv(asText(wanted, shown, { words, index })));
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button label={words("table.copy")}>
            {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
            <span className="max-sm:sr-only">{words(copied ? "table.copied" : "table.copy")}</span>
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content align="end" sideOffset={6} collisionPadding={8} className={menu}>
            <DropdownMenu.Item
              disabled={picked.length === 0}
              className={item}
              onSelect={() => copyRows(picked)}
            >
              {words("table.copyRows", { n: Math.max(1, picked.length) })}
            </DropdownMenu.Item>
            <DropdownMenu.Item className={item} onSelect={() => copyRows(rows)}>
              {words("table.copyTable")}
            </DropdownMenu.Item>
            <p className="max-w-60 px-2 py-1.5 text-[12px] text-muted">{words("table.copyHint")}</p>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <span aria-live="polite" className="sr-only">
        {copied && words("table.copied")}
      </span>
      {byHand}
    </>
  );
}

// Without it Excel takes UTF-8 for the code page of the country, and Chinese names for noise.
const byteOrderMark = "\uFEFF";

const fileName = (host: string): string =>
  `${host.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "host"}.csv`;

/** What can be done with the table as a whole. */
export function TableTools({
  rows,
  picked,
  shown,
  onColumns,
  filters,
  onFilters,
  children,
}: {
  /** As they are shown, all of them. */
  readonly rows: readonly AttachmentRow[];
  readonly picked: readonly AttachmentRow[];
  readonly shown: readonly TableColumn[];
  readonly onColumns: (columns: readonly TableColumn[]) => void;
  readonly filters: boolean;
  readonly onFilters: (filters: boolean) => void;
  readonly children: ReactNode;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const { prepare } = useFind();
  const save = () => {
    const text = `${byteOrderMark}${csv(asText(rows, shown, { words, index }))}`;
    keepFile(
      new Blob([text], { type: "text/csv;charset=utf-8" }),
      fileName(index.topology.host.name),
    );
  };
  return (
    <div
      role="toolbar"
      aria-label={words("table.tools")}
      className="flex flex-wrap items-center gap-2 border-b border-edge bg-canvas px-4 py-1.5 text-[13px]"
    >
      <span className="mr-auto text-muted tabular-nums">
        {picked.length > 1
          ? words("table.rowsChosen", { n: picked.length })
          : words("table.rows", { n: rows.length })}
      </span>
      {children}
      <span className="hidden sm:block">
        <Button
          aria-pressed={filters}
          className="aria-pressed:border-ink"
          onClick={() => {
            prepare();
            onFilters(!filters);
          }}
        >
          <Filter size={15} aria-hidden />
          {words("table.filter")}
        </Button>
      </span>
      <ColumnMenu shown={shown} onColumns={onColumns} />
      <CopyMenu rows={rows} picked={picked} shown={shown} />
      <Button label={words("table.download")} onClick={save}>
        <Download size={15} aria-hidden />
        <span aria-hidden>CSV</span>
      </Button>
    </div>
  );
}
