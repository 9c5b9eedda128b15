"use client";

import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { LinkName, ThingLink } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import type { Attachment } from "@/lib/topology/model";
import { EvidenceCard } from "./evidence-card";

/** One network of a container as the engine tells it, and the interface that carries it. */
export function AttachmentCard({ attachment }: { readonly attachment: Attachment }) {
  const words = useWords();
  const { index } = useWorkbench();
  const network = index.network(attachment.network);
  const link = index.link(attachment.link);
  const name = visible(attachment.networkName);
  return (
    <section aria-label={name} className="border-t border-edge pt-3">
      <h3 className="mb-1.5 text-[13px] font-semibold">
        {network === null ? name : <ThingLink to={network.key}>{name}</ThingLink>}
      </h3>
      <FieldList>
        <Field name={words("inspector.ip")}>
          {attachment.address && <Mono>{visible(attachment.address)}</Mono>}
        </Field>
        <Field name={words("inspector.gateway")}>
          {attachment.gateway && <Mono>{visible(attachment.gateway)}</Mono>}
        </Field>
        <Field name={words("inspector.mac")}>
          {attachment.mac && <Mono>{visible(attachment.mac)}</Mono>}
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
