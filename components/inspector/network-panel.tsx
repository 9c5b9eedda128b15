"use client";

import { TermHint } from "@/components/learn/term-hint";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ContainerName } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import { termOfDriver } from "@/lib/learn/term-of";
import type { Container, Link, Network } from "@/lib/topology/model";
import { PanelHead } from "./panel-head";
import { QuoteSection } from "./quote-section";

/** An engine that made a network without naming a gateway gives the bridge the first address (moby: /networks leaves it out). */
const ownAddress = (bridge: Link | null, subnet: string): string | null => {
  const [, length] = subnet.split("/");
  const fitting = (bridge?.addresses ?? []).filter(
    ({ family, prefix, scope }) =>
      `${prefix}` === length && scope === "global" && (family === "inet6") === subnet.includes(":"),
  );
  // With two that fit, only their digits would tell.
  return fitting.length === 1 ? (fitting[0]?.address ?? null) : null;
};

function Gateway({ told, own }: { readonly told: string | null; readonly own: string | null }) {
  const words = useWords();
  const address = told ?? own;
  if (address === null) return null;
  return (
    <span className="block text-muted">
      {words("inspector.gateway")} <Mono>{visible(address)}</Mono>
      {told === null && (
        <span className="block text-[12px] leading-4.5">{words("inspector.gatewayOwn")}</span>
      )}
    </span>
  );
}

const iccWords = ({ icc }: Network) => {
  if (icc === null) return "inspector.iccDefault" as const;
  return icc ? ("inspector.iccYes" as const) : ("inspector.iccNo" as const);
};

/** What the engine says of one of its networks. */
export function NetworkFields({ network }: { readonly network: Network }) {
  const words = useWords();
  const { index } = useWorkbench();
  return (
    <FieldList>
      <Field name={words("inspector.network")}>{visible(network.name)}</Field>
      <Field
        name={words("inspector.driver")}
        hint={<TermHint term={termOfDriver(network.driver)} />}
      >
        <Mono>{visible(network.driver)}</Mono>
      </Field>
      {network.subnets.map(({ subnet, gateway }) => (
        <Field key={subnet} name={words("inspector.subnet")} hint={<TermHint term="gateway" />}>
          <Mono>{visible(subnet)}</Mono>
          <Gateway told={gateway} own={ownAddress(index.link(network.bridge), subnet)} />
        </Field>
      ))}
      <Field name={words("inspector.parent")}>
        {network.parent && <Mono>{visible(network.parent)}</Mono>}
      </Field>
      <Field name={words("inspector.internal")}>
        {words(network.internal ? "inspector.internalYes" : "inspector.internalNo")}
      </Field>
      <Field name={words("inspector.icc")}>
        {network.driver === "bridge" && words(iccWords(network))}
      </Field>
      <Field name={words("inspector.bridge")}>
        {network.driver === "bridge" && network.bridge === null && words("inspector.noBridge")}
      </Field>
    </FieldList>
  );
}

const addressIn = ({ attachments }: Container, { id }: Network): string | null =>
  attachments.find(({ network }) => network === id)?.address ?? null;

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
              <li key={container.id} className="flex justify-between gap-x-3">
                <ContainerName container={container} />
                <Mono className="text-right text-muted">
                  {visible(addressIn(container, network) ?? "")}
                </Mono>
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
