"use client";

import { TermHint } from "@/components/learn/term-hint";
import { WithHint } from "@/components/learn/with-hint";
import { WaySection } from "@/components/ports/way-section";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ContainerName, NamespaceLink } from "@/components/workbench/thing-link";
import type { Details } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";
import { termOfMode } from "@/lib/learn/term-of";
import type { Words } from "@/lib/messages/words";
import type { Container, ContainerMode } from "@/lib/topology/model";
import { AttachmentCard } from "./attachment-card";
import { ContainerState } from "./container-state";
import { EvidenceCard } from "./evidence-card";
import type { Fetched } from "./fetched";
import { FetchedPart } from "./fetched-part";
import { ImageSection } from "./image-section";
import { MountList } from "./mount-list";
import { PanelHead } from "./panel-head";
import { PortList } from "./port-list";
import { QuoteSection } from "./quote-section";
import { RouteSection } from "./route-section";
import { UnreadNamespace } from "./unread-namespace";
import { useDetails } from "./use-details";

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

type FactsProps = {
  readonly container: Container;
  /** In the engine's words, with since when; null: not told, or not yet. */
  readonly status: string | null;
};

function EngineFields({ container, status }: FactsProps) {
  const words = useWords();
  return (
    <>
      <Field name={words("inspector.image")} hint={<TermHint term="image-layers" />}>
        {container.image && <Mono>{visible(container.image)}</Mono>}
      </Field>
      <Field name={words("inspector.status")}>{status && visible(status)}</Field>
      <Field name={words("inspector.project")}>
        {container.project && visible(container.project)}
      </Field>
      <Field name={words("inspector.service")}>
        {container.service && visible(container.service)}
      </Field>
    </>
  );
}

function Facts({ container, status }: FactsProps) {
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
      <EngineFields container={container} status={status} />
      <Field name={words("inspector.mode")} hint={<TermHint term={termOfMode(mode)} />}>
        {modeWords(words, mode, of && visible(of.name))}
      </Field>
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

/** Mounts and image, of which only the engine tells. */
function EngineParts({
  container,
  details,
}: {
  readonly container: Container;
  readonly details: Fetched<Details>;
}) {
  const words = useWords();
  return (
    <FetchedPart fetched={details}>
      {({ container: detail }) =>
        detail === null ? (
          <p className="text-[13px] text-muted">{words("inspector.mounts.unread")}</p>
        ) : (
          <>
            <MountList mounts={detail.mounts} />
            {detail.imageId === null ? (
              <p className="text-[12px] leading-4.5 text-muted">{words("inspector.layers.noId")}</p>
            ) : (
              <ImageSection of={container.key} id={detail.imageId} />
            )}
          </>
        )
      }
    </FetchedPart>
  );
}

/** A container: how it is attached to each of its networks, with the proof of each wire. */
export function ContainerPanel({ container }: { readonly container: Container }) {
  const words = useWords();
  const { index } = useWorkbench();
  const ownNetns = container.mode.kind === "host" ? null : container.netns;
  const namespace = index.namespace(container.netns);
  const links = ownNetns === null ? [] : index.linksIn(ownNetns);
  const details = useDetails(container.key);
  const detail = details.status === "read" ? details.value.container : null;
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
      <Facts container={container} status={detail?.status ?? null} />
      {namespace && <UnreadNamespace namespace={namespace} />}
      {container.netns === null && container.state !== "running" && (
        <p className="mt-3 text-[13px] leading-5 text-muted">{words("inspector.notRunning")}</p>
      )}
      <div className="mt-4 flex flex-col gap-4">
        {container.attachments.map((attachment) => (
          <AttachmentCard
            key={attachment.networkName}
            container={container}
            attachment={attachment}
            endpoint={detail?.endpoints.find(({ network }) => network === attachment.networkName)}
          />
        ))}
        {ownWires.map((veth) => (
          <EvidenceCard key={veth.id} veth={veth} />
        ))}
        {container.ports.length > 0 && (
          <WithHint term="dnat">
            <PortList container={container} />
          </WithHint>
        )}
        {ownNetns !== null && (
          <WaySection end={{ out: ownNetns }} title={words("ports.wayOut.title")} />
        )}
        {ownNetns !== null && <RouteSection netns={ownNetns} />}
        <EngineParts container={container} details={details} />
        {container.placed.length > 0 && (
          <QuoteSection title={words("inspector.placed")} evidence={container.placed} />
        )}
        {container.evidence && (
          <QuoteSection title={words("inspector.engineSaid")} evidence={[container.evidence]} />
        )}
      </div>
    </>
  );
}
