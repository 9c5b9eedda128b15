"use client";

import { Fragment } from "react";
import { NatPanel } from "@/components/ports/nat-panel";
import { isPortKey, PortPanel } from "@/components/ports/port-panel";
import { isRuleKey, RulePanel } from "@/components/rules/rule-panel";
import { useWords } from "@/components/ui/words";
import { useSelected, useWorkbench } from "@/components/workbench/context";
import type { Thing } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";
import { natKey } from "@/lib/graph/nat";
import { BridgePanel } from "./bridge-panel";
import { ContainerPanel } from "./container-panel";
import { FindingLines } from "./finding-line";
import { LinkPanel } from "./link-panel";
import { NamespacePanel } from "./namespace-panel";
import { NetworkPanel } from "./network-panel";
import { PairPanel } from "./pair-panel";
import { SummaryPanel } from "./summary-panel";

function ThingPanel({ thing }: { readonly thing: Thing }) {
  switch (thing.kind) {
    case "container":
      return <ContainerPanel container={thing.container} />;
    case "namespace":
      return <NamespacePanel namespace={thing.namespace} />;
    case "network":
      return <NetworkPanel network={thing.network} />;
    case "bridge":
      return <BridgePanel bridge={thing.bridge} />;
    case "pair":
      return <PairPanel pair={thing.pair} />;
    case "link":
      return <LinkPanel link={thing.link} />;
  }
}

/** What is selected, in full; the host where nothing is. */
export function Inspector() {
  const words = useWords();
  const { index } = useWorkbench();
  const selected = useSelected();
  const { host } = index.topology;
  if (selected === null || selected === host.key) return <SummaryPanel />;
  if (selected === natKey) return <NatPanel />;
  if (isPortKey(selected)) return <PortPanel key={selected} of={selected} />;
  if (isRuleKey(selected)) return <RulePanel key={selected} of={selected} />;
  const thing = index.thing(selected);
  if (thing !== null) {
    return (
      <Fragment key={selected}>
        <FindingLines of={selected} />
        <ThingPanel thing={thing} />
      </Fragment>
    );
  }
  return (
    <>
      <p className="mb-4 rounded-md border border-edge bg-inset p-3 pr-9 text-[13px] leading-5 break-words">
        {words("inspector.gone", { key: visible(selected) })}
      </p>
      <SummaryPanel />
    </>
  );
}
