"use client";

import { Download } from "lucide-react";
import { useCallback, useDeferredValue, useMemo } from "react";
import { SearchField } from "@/components/find/search-field";
import { useQueryText } from "@/components/find/use-query-text";
import { FetchedPart } from "@/components/inspector/fetched-part";
import { Button } from "@/components/ui/button";
import { keepFile } from "@/components/ui/keep-file";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { UnheardLine } from "@/components/workbench/unheard-line";
import type { PortSort } from "@/components/workbench/url-state";
import type { PortRow, Ports } from "@/lib/ports/model";
import { csv } from "@/lib/share/csv";
import { nothingRead } from "@/lib/topology/nothing-read";
import { PortTable } from "./port-table";
import { scopes } from "./port-words";
import { ScopeMark } from "./scope-mark";
import { fittingPorts, portsAsText, scopeAsked, sortPorts, withScope } from "./shown-ports";
import { usePorts } from "./use-ports";

/** What of the address this view shows and changes. */
type PortsState = { readonly filter: string; readonly portSort: PortSort | null };

export type PortsViewProps = {
  readonly state: PortsState;
  readonly onChange: (changes: Partial<PortsState>, how?: "push" | "replace") => void;
};

// Without it Excel takes UTF-8 for the code page of the country, and Chinese names for noise.
const byteOrderMark = "\uFEFF";

const fileName = (host: string): string =>
  `${host.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "host"}-ports.csv`;

/** How many ports are reached from how far away; each narrows the table to those. */
function ScopeChips({
  rows,
  filter,
  onFilter,
}: {
  readonly rows: readonly PortRow[];
  readonly filter: string;
  readonly onFilter: (text: string) => void;
}) {
  const words = useWords();
  const asked = scopeAsked(filter);
  const counts = Map.groupBy(rows, ({ scope }) => scope);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are toggle buttons
    <div role="group" aria-label={words("ports.column.scope")} className="flex flex-wrap gap-1.5">
      {scopes
        .filter((scope) => counts.has(scope) || scope === asked)
        .map((scope) => (
          <button
            key={scope}
            type="button"
            aria-pressed={asked === scope}
            onClick={() => onFilter(withScope(filter, asked === scope ? null : scope))}
            className="inline-flex h-7 cursor-pointer items-center gap-1.5 rounded-full border border-edge bg-panel px-2.5 text-[12px] hover:bg-inset aria-pressed:border-ink"
          >
            <ScopeMark scope={scope} />
            {words(`ports.scope.${scope}`)}
            <span className="text-muted tabular-nums">{counts.get(scope)?.length ?? 0}</span>
          </button>
        ))}
    </div>
  );
}

/** What was not read, so that the table may lack something. */
function Lacks({ lacks }: Pick<Ports, "lacks">) {
  const words = useWords();
  const { ruled } = useWorkbench();
  const isUnheard = ruled !== null && ruled.unheard > 0;
  if (lacks.length === 0 && !isUnheard) return null;
  return (
    <ul className="border-b border-edge bg-inset px-4 py-2 text-[13px] leading-5">
      {lacks.map((lack) => (
        <li key={lack}>{words(`ports.lacks.${lack}`)}</li>
      ))}
      {isUnheard && (
        <li>
          <UnheardLine />
        </li>
      )}
    </ul>
  );
}

function Listed({ ports, state, onChange }: PortsViewProps & { readonly ports: Ports }) {
  const words = useWords();
  const { index } = useWorkbench();
  const write = useCallback((filter: string) => onChange({ filter }, "replace"), [onChange]);
  const [filter, setFilter] = useQueryText(state.filter, write);
  const settled = useDeferredValue(filter);
  const saying = useMemo(() => ({ words, index }), [words, index]);
  const sorted = useMemo(
    () => sortPorts(ports.rows, state.portSort, saying),
    [ports, state.portSort, saying],
  );
  const blank = nothingRead(index.topology);
  const none = blank ? "states.nothingRead" : "ports.none";
  const rows = useMemo(() => fittingPorts(sorted, settled, saying), [sorted, settled, saying]);
  const save = () =>
    keepFile(
      new Blob([`${byteOrderMark}${csv(portsAsText(rows, saying))}`], {
        type: "text/csv;charset=utf-8",
      }),
      fileName(index.topology.host.name),
    );
  return (
    <>
      <div
        role="toolbar"
        aria-label={words("ports.tools")}
        className="flex flex-wrap items-center gap-2 border-b border-edge bg-canvas px-4 py-1.5 text-[13px]"
      >
        <span role="status" className="text-muted tabular-nums">
          {!blank && words("ports.count", { n: rows.length })}
        </span>
        <SearchField label={words("ports.search")} text={filter} onText={setFilter} />
        <ScopeChips rows={ports.rows} filter={filter} onFilter={setFilter} />
        <span className="ml-auto">
          <Button label={words("table.download")} onClick={save}>
            <Download size={15} aria-hidden />
            <span aria-hidden>CSV</span>
          </Button>
        </span>
      </div>
      <Lacks lacks={ports.lacks} />
      {rows.length === 0 ? (
        <p role="status" className="p-6 text-[13px] text-muted">
          {words(ports.rows.length === 0 ? none : "ports.noneLeft")}
        </p>
      ) : (
        <PortTable
          rows={rows}
          sort={state.portSort}
          onSort={(portSort) => onChange({ portSort })}
        />
      )}
    </>
  );
}

/** Each port of the host and of its containers: where it leads, who really listens, and from where it is reached. */
export function PortsView({ state, onChange }: PortsViewProps) {
  const words = useWords();
  const fetched = usePorts();
  return (
    <div className="flex h-full flex-col" data-view="ports">
      <h2 className="sr-only">{words("ports.view")}</h2>
      {fetched.status === "read" ? (
        <Listed ports={fetched.value} state={state} onChange={onChange} />
      ) : (
        <div className="p-6">
          <FetchedPart fetched={fetched}>{() => null}</FetchedPart>
        </div>
      )}
    </div>
  );
}
