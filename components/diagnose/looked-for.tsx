"use client";

import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { countsOf } from "@/components/workbench/counts";
import { GapList } from "@/components/workbench/gap-list";
import type { Coverage } from "@/lib/diagnosis/diagnose";
import type { Words } from "@/lib/messages/words";

/** What is wanting, in words. */
const lackOf = (words: Words, missing: Coverage["missing"]): string => {
  const needs = missing.filter((need) => need !== "in-file");
  if (needs.length < missing.length) return words("diagnose.looked.notInFile");
  const names = needs.map((need) => words(`diagnose.need.${need}`));
  return words("diagnose.looked.partly", { needs: names.join(words("gap.comma")) });
};

function Looked({ coverage: { id, missing } }: { readonly coverage: Coverage }) {
  const words = useWords();
  const whole = missing.length === 0;
  return (
    <li className="flex gap-2">
      <span aria-hidden className={`w-3.5 shrink-0 text-center ${whole ? "text-ok" : "text-warn"}`}>
        {whole ? "✓" : "?"}
      </span>
      <span className="min-w-0">
        {words(`finding.${id}.name`)}
        {whole ? (
          <span className="sr-only">: {words("diagnose.looked.whole")}</span>
        ) : (
          <span className="text-muted">: {lackOf(words, missing)}</span>
        )}
      </span>
    </li>
  );
}

/** Every fault that is looked for, and how far the facts of this host reach for it: no finding is not always none. */
export function LookedFor({
  coverage,
  open,
}: {
  readonly coverage: readonly Coverage[];
  readonly open: boolean;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const { topology } = index;
  const counts = countsOf(topology);
  return (
    <div className="flex flex-col gap-4 text-[13px] leading-5">
      <Section title={words("diagnose.looked.title")} count={coverage.length} open={open}>
        <p className="mb-2">
          {words("diagnose.looked.at", {
            bridges: counts.bridges,
            pairs: counts.pairs,
            containers: counts.running,
            networks: topology.networks.length,
            read: counts.readNamespaces,
            all: counts.namespaces,
          })}
        </p>
        <ul className="grid gap-x-6 gap-y-0.5 sm:grid-cols-2">
          {coverage.map((each) => (
            <Looked key={each.id} coverage={each} />
          ))}
        </ul>
        <p className="mt-2 text-muted">{words("diagnose.looked.beyond")}</p>
      </Section>
      {topology.gaps.length > 0 && (
        <Section title={words("summary.gaps")} count={topology.gaps.length} open={open}>
          <GapList gaps={topology.gaps} />
        </Section>
      )}
    </div>
  );
}
