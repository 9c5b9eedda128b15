"use client";

import { TermHint } from "@/components/learn/term-hint";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { LinkName, ThingLink } from "@/components/workbench/thing-link";
import type { EndpointDetail } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";
import type { Attachment, Container } from "@/lib/topology/model";
import { type DnsNames, dnsNames } from "./dns-names";
import { EvidenceCard } from "./evidence-card";

function Names({ names }: { readonly names: DnsNames }) {
  const words = useWords();
  if (names.status === "none") return words("inspector.names.noneOnDefault");
  return (
    <>
      <span className="flex flex-wrap gap-x-2">
        {names.names.map((name) => (
          <Mono key={name}>{visible(name)}</Mono>
        ))}
      </span>
      <span className="block text-[12px] leading-4.5 text-muted">
        {words(names.by === "told" ? "inspector.names.told" : "inspector.names.derived")}
      </span>
    </>
  );
}

/** One network of a container as the engine tells it, and the interface that carries it. */
export function AttachmentCard({
  container,
  attachment,
  endpoint,
}: {
  readonly container: Container;
  readonly attachment: Attachment;
  /** What was fetched of it; absent: not yet, or nothing. */
  readonly endpoint: EndpointDetail | undefined;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const network = index.network(attachment.network);
  const link = index.link(attachment.link);
  const name = visible(attachment.networkName);
  const names = dnsNames(container, network, endpoint);
  const address6 = endpoint?.address6 ?? null;
  return (
    <section aria-label={name} className="border-t border-edge pt-3">
      <h3 className="mb-1.5 text-[13px] font-semibold">
        {network === null ? name : <ThingLink to={network.key}>{name}</ThingLink>}
      </h3>
      <FieldList>
        <Field name={words("inspector.ip")}>
          {attachment.address && <Mono>{visible(attachment.address)}</Mono>}
        </Field>
        <Field name={words("inspector.mac6")}>
          {address6 !== null && address6 !== attachment.address && <Mono>{visible(address6)}</Mono>}
        </Field>
        <Field name={words("inspector.gateway")} hint={<TermHint term="gateway" />}>
          {attachment.gateway && <Mono>{visible(attachment.gateway)}</Mono>}
        </Field>
        <Field name={words("inspector.gateway6")}>
          {endpoint?.gateway6 && <Mono>{visible(endpoint.gateway6)}</Mono>}
        </Field>
        <Field name={words("inspector.mac")}>
          {attachment.mac && <Mono>{visible(attachment.mac)}</Mono>}
        </Field>
        <Field name={words("inspector.names.title")} hint={<TermHint term="dns" />}>
          {names && <Names names={names} />}
        </Field>
        <Field name={words("inspector.link")}>{link && <LinkName link={link} />}</Field>
      </FieldList>
      {link?.kind === "veth" && (
        <div className="mt-3">
          <EvidenceCard veth={link} />
        </div>
      )}
    </section>
  );
}
