"use client";

import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { LinkName, NamespaceLink } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import type { Bridge, Link } from "@/lib/topology/model";
import { CounterTable } from "./counter-table";
import { LinkFields, stateText } from "./link-panel";
import { LinkState } from "./link-state";
import { NetworkFields } from "./network-panel";
import { PanelHead } from "./panel-head";
import { QuoteSection } from "./quote-section";

function PortRow({ port }: { readonly port: Link }) {
  const { index } = useWorkbench();
  const pair = port.kind === "veth" ? index.pair(port) : null;
  const namespace = pair && index.namespace(pair.far.netns);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 py-0.5 text-[13px]">
      <LinkName link={port} />
      <span className="text-right">
        {namespace && pair.far.id !== port.id && <NamespaceLink namespace={namespace} />}
      </span>
    </li>
  );
}

/** A bridge, the engine's network that it carries, and what is plugged into it. */
export function BridgePanel({ bridge }: { readonly bridge: Bridge }) {
  const words = useWords();
  const { index } = useWorkbench();
  const network = index.network(bridge.network);
  const ports = index.portsOf(bridge.id);
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
        state={<LinkState state={bridge.state} text={stateText(words, bridge)} />}
      />
      {network && <NetworkFields network={network} />}
      <div className={network === null ? "" : "mt-3 border-t border-edge pt-3"}>
        <LinkFields link={bridge} peer={null} />
      </div>
      <div className="mt-4 flex flex-col gap-4">
        <Section title={words("inspector.portsOf")} count={ports.length} open={ports.length <= 50}>
          {ports.length === 0 ? (
            <p className="text-[13px] text-muted">{words("inspector.noPorts")}</p>
          ) : (
            <ul>
              {ports.map((port) => (
                <PortRow key={port.id} port={port} />
              ))}
            </ul>
          )}
        </Section>
        <CounterTable ends={[bridge]} />
        <QuoteSection
          title={words("inspector.kernelSaid")}
          evidence={network === null ? [bridge.evidence] : [bridge.evidence, network.evidence]}
        />
      </div>
    </>
  );
}
