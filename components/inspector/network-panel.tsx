"use client";

import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ContainerName } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import type { Network } from "@/lib/topology/model";
import { PanelHead } from "./panel-head";
import { QuoteSection } from "./quote-section";

/** What the engine says of one of its networks. */
export function NetworkFields({ network }: { readonly network: Network }) {
  const words = useWords();
  return (
    <FieldList>
      <Field name={words("inspector.network")}>{visible(network.name)}</Field>
      <Field name={words("inspector.driver")}>
        <Mono>{visible(network.driver)}</Mono>
      </Field>
      {network.subnets.map(({ subnet, gateway }) => (
        <Field key={subnet} name={words("inspector.subnet")}>
          <Mono>{visible(subnet)}</Mono>
          {gateway && (
            <span className="block text-muted">
              {words("inspector.gateway")} <Mono>{visible(gateway)}</Mono>
            </span>
          )}
        </Field>
      ))}
      <Field name={words("inspector.parent")}>
        {network.parent && <Mono>{visible(network.parent)}</Mono>}
      </Field>
      <Field name={words("inspector.internal")}>
        {network.internal && words("inspector.internalYes")}
      </Field>
      <Field name={words("inspector.bridge")}>
        {network.driver === "bridge" && network.bridge === null && words("inspector.noBridge")}
      </Field>
    </FieldList>
  );
}

/** A network without a bridge of its own (macvlan, host, none), or whose bridge was not seen. */
export function NetworkPanel({ network }: { readonly network: Network }) {
  const words = useWords();
  const { index } = useWorkbench();
  const containers = index.topology.containers.filter(({ attachments }) =>
    attachments.some((attachment) => attachment.network === network.id),
  );
  return (
    <>
      <PanelHead kind={words("inspector.kind.network")} name={visible(network.name)} />
      <NetworkFields network={network} />
      {containers.length > 0 && (
        <section className="mt-4 border-t border-edge pt-3">
          <h3 className="mb-1 text-[13px] font-semibold">{words("inspector.containers")}</h3>
          <ul className="text-[13px]">
            {containers.map((container) => (
              <li key={container.id}>
                <ContainerName container={container} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="mt-4">
        <QuoteSection title={words("inspector.engineSaid")} evidence={[network.evidence]} />
      </div>
    </>
  );
}
