"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { namespaceName } from "@/components/workbench/place-words";
import { ContainerName, LinkName } from "@/components/workbench/thing-link";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";
import type { NetnsId } from "@/lib/net/ids";
import { printable, shellQuote } from "@/lib/net/shell-quote";
import type { Namespace } from "@/lib/topology/model";
import { LinkState } from "./link-state";
import { otherOf, stateText } from "./link-words";
import { PanelHead } from "./panel-head";
import { RouteSection } from "./route-section";
import { UnreadNamespace } from "./unread-namespace";

/** The shortest-lived path stands last, so the first is the one to type. */
const enterCommand = ({ paths, name }: Namespace): string | null => {
  const path = paths[0];
  if (name.by === "host" || path === undefined) return null;
  return shellQuote(["nsenter", `--net=${path}`, "ip", "addr"]);
};

/** Which number each observer gives it: a number is the observer's, not the namespace's. */
const nsidsOf = (index: TopologyIndex, { id }: Namespace): ReadonlyMap<NetnsId, number> =>
  new Map(
    index.topology.links.flatMap((link) => {
      if (!("nsid" in link) || link.nsid === null) return [];
      return otherOf(index, link)?.netns === id ? [[link.netns, link.nsid] as const] : [];
    }),
  );

const mostObservers = 20;

function SeenAs({ namespace }: { readonly namespace: Namespace }) {
  const words = useWords();
  const { index } = useWorkbench();
  const nsids = [...nsidsOf(index, namespace)];
  if (nsids.length === 0) return words("inspector.seenAsNobody");
  return (
    <ul>
      {nsids.slice(0, mostObservers).map(([netns, nsid]) => {
        const observer = index.namespace(netns);
        return (
          <li key={netns}>
            {words("inspector.seenAsIn", {
              nsid: `${nsid}`,
              observer: observer === null ? "" : namespaceName(words, observer),
            })}
          </li>
        );
      })}
      {nsids.length > mostObservers && (
        <li className="text-muted">
          {words("inspector.macs.more", { n: nsids.length - mostObservers })}
        </li>
      )}
    </ul>
  );
}

/** A network namespace: who lives in it, how to enter it, its interfaces and routes. */
export function NamespacePanel({ namespace }: { readonly namespace: Namespace }) {
  const words = useWords();
  const { index } = useWorkbench();
  const links = index.linksIn(namespace.id);
  const containers = namespace.containers.map((id) => index.container(id));
  const enter = enterCommand(namespace);
  return (
    <>
      <PanelHead
        kind={words("inspector.kind.namespace")}
        name={namespaceName(words, namespace)}
        term="netns"
      />
      <FieldList>
        <Field name={words("inspector.netns")}>
          <Mono>{visible(namespace.label)}</Mono>
        </Field>
        <Field name={words("inspector.inode")}>
          {namespace.inode !== null && `${namespace.inode}` !== namespace.label && (
            <Mono>{namespace.inode}</Mono>
          )}
        </Field>
        <Field name={words("inspector.seenAs")}>
          <SeenAs namespace={namespace} />
        </Field>
        <Field name={words("inspector.lives")}>
          {namespace.pid === null ? (
            words("inspector.livesNobody")
          ) : (
            <Mono>{`pid ${namespace.pid}`}</Mono>
          )}
        </Field>
        <Field name={words("inspector.paths")}>
          {namespace.paths.length === 0
            ? words("inspector.pathsNone")
            : namespace.paths.map((path) => (
                <Mono key={path} className="block">
                  {printable(path)}
                </Mono>
              ))}
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
                <li key={link.id} className="flex items-baseline justify-between gap-x-3">
                  <LinkName link={link} />
                  <span className="text-right">
                    <Mono className="text-muted">
                      {visible(link.addresses.map(({ address }) => address)[0] ?? "")}
                    </Mono>{" "}
                    <LinkState state={link.state} text={stateText(words, link)} />
                  </span>
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
