"use client";

import { CircleCheck, CircleHelp } from "lucide-react";
import { useMemo } from "react";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { type Coverage, coverage, problems } from "@/lib/diagnosis/diagnose";
import { type Finding, type Severity, severities } from "@/lib/diagnosis/model";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import { nothingRead } from "@/lib/topology/nothing-read";
import { ExposureSection } from "./exposure-section";
import { FindingCard } from "./finding-card";
import { onListKey } from "./list-keys";
import { LookedFor } from "./looked-for";

/** So few are read at one glance, and open at once. */
const openUpTo = 3;

function Group({
  severity,
  findings,
  open,
  onShow,
}: {
  readonly severity: Severity;
  readonly findings: readonly Finding[];
  readonly open: boolean;
  readonly onShow: (key: Key) => void;
}) {
  const words = useWords();
  if (findings.length === 0) return null;
  return (
    <section className="mt-4">
      <h3 className="mb-1.5 flex gap-2 text-[13px] font-semibold">
        {words(`diagnose.severity.${severity}`)}
        <span className="font-normal text-muted tabular-nums">{findings.length}</span>
      </h3>
      <ul className="flex flex-col gap-2">
        {findings.map((finding) => (
          <FindingCard
            key={JSON.stringify([finding.id, finding.about, finding.values])}
            finding={finding}
            initiallyOpen={open}
            onShow={onShow}
          />
        ))}
      </ul>
    </section>
  );
}

function Nothing({ all }: { readonly all: readonly Coverage[] }) {
  const words = useWords();
  const partly = all.filter(({ missing }) => missing.length > 0).length;
  const Icon = partly === 0 ? CircleCheck : CircleHelp;
  return (
    <div className="mb-4 flex gap-2.5 rounded-lg border border-edge bg-panel px-3.5 py-3">
      <Icon
        size={17}
        aria-hidden
        className={`mt-px shrink-0 ${partly === 0 ? "text-ok" : "text-warn"}`}
      />
      <p className="min-w-0 text-[13px] leading-5">
        {partly === 0
          ? words("diagnose.none.all", { n: all.length })
          : words("diagnose.none.part", { n: all.length, partly })}
      </p>
    </div>
  );
}

/** What is wrong with the host, worst first, with what shows it; else what was looked at and what could not be. */
export function DiagnoseView({ onShow }: { readonly onShow: (key: Key) => void }) {
  const words = useWords();
  const { index, findings, ruled } = useWorkbench();
  const all = useMemo(() => coverage(index.topology, ruled), [index, ruled]);
  const bySeverity = Map.groupBy(findings, ({ severity }) => severity);
  const count = problems(findings).length;
  const notes = findings.length - count;
  const blank = nothingRead(index.topology);
  return (
    <div className="h-full overflow-auto" data-view="diagnose">
      <section
        aria-label={words("diagnose.label", { host: visible(index.topology.host.name) })}
        onKeyDown={onListKey}
        className="mx-auto max-w-[56rem] px-3 py-4 sm:px-6 sm:py-5"
      >
        <h2 className="text-[17px] leading-6 font-semibold">
          {blank ? words("diagnose.nothingRead") : words("diagnose.problems", { n: count })}
          {notes > 0 && (
            <span className="ml-2 text-[13px] font-normal text-muted">
              {words("diagnose.notes", { n: notes })}
            </span>
          )}
        </h2>
        <div className="mt-3 mb-6">
          {blank && <p className="text-[13px] leading-5">{words("states.nothingRead")}</p>}
          {!blank && findings.length === 0 && <Nothing all={all} />}
          {severities.map((severity) => (
            <Group
              key={severity}
              severity={severity}
              findings={bySeverity.get(severity) ?? []}
              open={findings.length <= openUpTo}
              onShow={onShow}
            />
          ))}
        </div>
        {ruled !== null && <ExposureSection exposure={ruled.exposure} />}
        {!blank && <LookedFor coverage={all} open={findings.length === 0} />}
      </section>
    </div>
  );
}
