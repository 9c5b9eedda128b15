"use client";

import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { visible } from "@/lib/graph/names";
import { termOfLink } from "@/lib/learn/term-of";
import type { Bridge } from "@/lib/topology/model";
import { BridgePorts } from "./bridge-ports";
import { BridgeSettings } from "./bridge-settings";
import { CounterTable } from "./counter-table";
import { LinkFields } from "./link-fields";
import { LinkState } from "./link-state";
import { stateText } from "./link-words";
import { MacTable } from "./mac-table";
import { NetworkFields } from "./network-panel";
import { PanelHead } from "./panel-head";
import { QuoteSection } from "./quote-section";
import { SelfCheckList } from "./self-check-list";
import { bridgeChecks } from "./self-checks";
import { TalkSection } from "./talk-section";
import { useDetails } from "./use-details";

/** A bridge, the engine's network that it carries, what is plugged into it, and who reaches whom by it. */
export function BridgePanel({ bridge }: { readonly bridge: Bridge }) {
  const words = useWords();
  const { index } = useWorkbench();
  const network = index.network(bridge.network);
  const ports = index.portsOf(bridge.id);
  const details = useDetails(bridge.key);
  const detail = details.status === "read" ? details.value : null;
  return (
    <>
      <PanelHead
        kind={
          network === null
            ? words("inspector.kind.bridge")
            : `${words("inspector.kind.bridge")} · ${visible(network.name)}`
        }
        name={visible(bridge.label)}
        mono
        term={termOfLink(bridge)}
        state={<LinkState state={bridge.state} text={stateText(words, bridge)} />}
      />
      {network && <NetworkFields network={network} />}
      <div className={network === null ? "" : "mt-3 border-t border-edge pt-3"}>
        <LinkFields link={bridge} peer={null} details={details} />
      </div>
      <div className="mt-4 flex flex-col gap-4">
        <BridgePorts ports={ports} settings={detail?.ports ?? []} />
        <TalkSection bridge={bridge} ports={ports} network={network} />
        <MacTable of={bridge.key} />
        {detail?.link?.bridge && <BridgeSettings bridge={detail.link.bridge} />}
        <CounterTable ends={[bridge]} losses={detail?.link?.losses ?? null} />
        <SelfCheckList checks={bridgeChecks(index, bridge)} />
        <QuoteSection
          title={words("inspector.kernelSaid")}
          evidence={network === null ? [bridge.evidence] : [bridge.evidence, network.evidence]}
        />
      </div>
    </>
  );
}
