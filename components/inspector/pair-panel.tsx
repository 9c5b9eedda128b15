"use client";

import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import type { Pair } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";
import { CounterTable } from "./counter-table";
import { EvidenceCard } from "./evidence-card";
import { PanelHead } from "./panel-head";
import { QuoteSection } from "./quote-section";

/** The wire itself: how it is known, and what ran through it, seen from both ends. */
export function PairPanel({ pair }: { readonly pair: Pair }) {
  const words = useWords();
  const { near, far } = pair;
  return (
    <>
      <PanelHead
        kind={words("inspector.kind.pair")}
        name={`${visible(near.label)} ═ ${visible(far.label)}`}
        mono
        term="veth"
      />
      <div className="flex flex-col gap-4">
        <EvidenceCard veth={near} />
        <FieldList>
          {[near, far].map((end) => (
            <Field key={end.id} name={`MTU ${visible(end.name)}`}>
              {end.mtu !== null && (
                <Mono className={near.mtu === far.mtu ? "" : "text-warn"}>{end.mtu}</Mono>
              )}
            </Field>
          ))}
        </FieldList>
        <CounterTable ends={[near, far]} />
        <QuoteSection
          title={words("inspector.kernelSaid")}
          evidence={[near.evidence, far.evidence]}
        />
      </div>
    </>
  );
}
