"use client";

import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ContainerName, NamespaceLink } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Container, ContainerMode } from "@/lib/topology/model";
import { AttachmentCard } from "./attachment-card";
import { ContainerState } from "./container-state";
import { EvidenceCard } from "./evidence-card";
import { PanelHead } from "./panel-head";
import { PortList } from "./port-list";
import { QuoteSection } from "./quote-section";
import { RouteSection } from "./route-section";
import { UnreadNamespace } from "./unread-namespace";

const modeWords = (words: Words, mode: ContainerMode, of: string | null): string | null => {
  switch (mode.kind) {
    case "host":
      return words("inspector.modeHost");
    case "none":
      return words("inspector.modeNone");
    case "container":
      return of === null
        ? words("inspector.modeContainerGone")
        : words("inspector.modeContainer", { name: of });
    case "own":
    case "unknown":
      return null;
  }
};

function Facts({ container }: { readonly container: Container }) {
  const words = useWords();
  const { index } = useWorkbench();
  const { mode } = container;
  const namespace = index.namespace(container.netns);
  const others = (namespace?.name.by === "host" ? [] : (namespace?.containers ?? []))
    .map((id) => index.container(id))
    .filter((other) => other !== null && other.id !== container.id);
  const of = mode.kind === "container" ? index.container(mode.of) : null;
  return (
    <FieldList>
      <Field name={words("inspector.image")}>
        {container.image && <Mono>{visible(container.image)}</Mono>}
      </Field>
      <Field name={words("inspector.project")}>
        {container.project && visible(container.project)}
      </Field>
      <Field name={words("inspector.service")}>
        {container.service && visible(container.service)}
      </Field>
      <Field name={words("inspector.mode")}>{modeWords(words, mode, of && visible(of.name))}</Field>
      <Field name={words("inspector.netns")}>
        {namespace && <Mono>{visible(namespace.label)}</Mono>}
      </Field>
      <Field name={words("inspector.sharedWith")}>
        {others.length > 0 && (
          <span className="flex flex-wrap gap-x-3">
            {others.map((other) => other && <ContainerName key={other.id} container={other} />)}
          </span>
        )}
      </Field>
      <Field name={words("inspector.pid")}>
        {container.pid !== null && <Mono>{container.pid}</Mono>}
      </Field>
      <Field name={words("inspector.id")}>
        <Mono>{container.engineId.slice(0, 12)}</Mono>
      </Field>
      <Field name={words("inspector.namedBy")}>
        {container.named === "cgroup" && words("inspector.byCgroup")}
      </Field>
      <Field name={words("inspector.in")}>
        {namespace?.name.by === "host" && <NamespaceLink namespace={namespace} />}
      </Field>
    </FieldList>
  );
}

/** A container: how it is attached to each of its networks, with the proof of each wire. */
export function ContainerPanel({ container }: { readonly container: Container }) {
  const words = useWords();
  const { index } = useWorkbench();
  const ownNetns = container.mode.kind === "host" ? null : container.netns;
  const namespace = index.namespace(container.netns);
  const links = ownNetns === null ? [] : index.linksIn(ownNetns);
  const attached = new Set(container.attachments.map(({ link }) => link));
  const ownWires = links
    .filter((link) => link.kind === "veth")
    .filter(({ id }) => !attached.has(id));
  return (
    <>
      <PanelHead
        kind={words("inspector.kind.container")}
        name={visible(container.name)}
        state={<ContainerState state={visible(container.state)} />}
      />
      <Facts container={container} />
      {namespace && <UnreadNamespace namespace={namespace} />}
      {container.netns === null && container.state !== "running" && (
        <p className="mt-3 text-[13px] leading-5 text-muted">{words("inspector.notRunning")}</p>
      )}
      <div className="mt-4 flex flex-col gap-4">
        {container.attachments.map((attachment) => (
          <AttachmentCard key={attachment.networkName} attachment={attachment} />
        ))}
        {ownWires.map((veth) => (
          <EvidenceCard key={veth.id} veth={veth} />
        ))}
        <PortList ports={container.ports} />
        {ownNetns !== null && <RouteSection netns={ownNetns} />}
        {container.placed.length > 0 && (
          <QuoteSection title={words("inspector.placed")} evidence={container.placed} />
        )}
      </div>
    </>
  );
}
