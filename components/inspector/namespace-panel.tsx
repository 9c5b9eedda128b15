"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { namespaceName } from "@/components/workbench/place-words";
import { ContainerName, LinkName } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import { shellQuote } from "@/lib/net/shell-quote";
import type { Namespace } from "@/lib/topology/model";
import { PanelHead } from "./panel-head";
import { RouteSection } from "./route-section";
import { UnreadNamespace } from "./unread-namespace";

/** The shortest-lived path stands last, so the first is the one to type. */
const enterCommand = ({ paths, name }: Namespace): string | null => {
  const path = paths[0];
  if (name.by === "host" || path === undefined) return null;
  return shellQuote(["nsenter", `--net=${path}`, "ip", "addr"]);
};

/** A network namespace: who lives in it, how to enter it, its interfaces and routes. */
export function NamespacePanel({ namespace }: { readonly namespace: Namespace }) {
  const words = useWords();
  const { index } = useWorkbench();
  const links = index.linksIn(namespace.id);
  const containers = namespace.containers.map((id) => index.container(id));
  const enter = enterCommand(namespace);
  return (
    <>
      <PanelHead kind={words("inspector.kind.namespace")} name={namespaceName(words, namespace)} />
      <FieldList>
        <Field name={words("inspector.netns")}>
          <Mono>{visible(namespace.label)}</Mono>
        </Field>
        <Field name={words("inspector.pid")}>
          {namespace.pid !== null && <Mono>{namespace.pid}</Mono>}
        </Field>
        <Field name={words("inspector.containers")}>
          {containers.length > 0 && (
            <span className="flex flex-wrap gap-x-3">
              {containers.map((each) => each && <ContainerName key={each.id} container={each} />)}
            </span>
          )}
        </Field>
        <Field name={words("inspector.enter")}>
          {enter && (
            <span className="flex items-start gap-1">
              <Mono>{enter}</Mono>
              <CopyButton text={enter} label={words("check.copy")} />
            </span>
          )}
        </Field>
      </FieldList>
      <UnreadNamespace namespace={namespace} />
      <div className="mt-4 flex flex-col gap-4">
        {links.length > 0 && (
          <Section
            title={words("inspector.interfaces")}
            count={links.length}
            open={links.length <= 50}
          >
            <ul className="text-[13px]">
              {links.map((link) => (
                <li key={link.id}>
                  <LinkName link={link} />
                </li>
              ))}
            </ul>
          </Section>
        )}
        <RouteSection netns={namespace.id} />
      </div>
    </>
  );
}
