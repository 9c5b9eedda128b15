"use client";

import { Field, FieldList } from "@/components/ui/field-list";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { LinkName } from "@/components/workbench/thing-link";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import type { LinkDetail } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";
import { termOfLink } from "@/lib/learn/term-of";
import type { Bridge, Link, Route, Stacked, Veth } from "@/lib/topology/model";
import { CounterTable } from "./counter-table";
import { DeviceSection } from "./device-section";
import { EvidenceCard } from "./evidence-card";
import { LinkFields } from "./link-fields";
import { LinkState } from "./link-state";
import { kindWords, stateText } from "./link-words";
import { PanelHead } from "./panel-head";
import { PortFields } from "./port-fields";
import { ProofBadge } from "./proof-badge";
import { proofOf } from "./proof-words";
import { QuoteSection } from "./quote-section";
import { RouteSection } from "./route-section";
import { useDetails } from "./use-details";

function LowerCard({ link }: { readonly link: Stacked }) {
  const words = useWords();
  const { index } = useWorkbench();
  const { lower } = link;
  const device = lower.status === "found" ? index.link(lower.link) : null;
  return (
    <section className="rounded-lg border border-edge bg-panel p-3.5 text-[13px] leading-5">
      <h3 className="mb-1 flex justify-between font-semibold">
        {words("inspector.lower")}
        <ProofBadge proof={proofOf(lower)} />
      </h3>
      {device === null ? words("inspector.lowerUnseen") : <LinkName link={device} />}
      <p className="mt-1 text-muted">{words("inspector.notAPeer")}</p>
    </section>
  );
}

function Uppers({ link }: { readonly link: Link }) {
  const words = useWords();
  const { index } = useWorkbench();
  const uppers = index.topology.links.filter(
    (each) => "lower" in each && each.lower.status === "found" && each.lower.link === link.id,
  );
  if (uppers.length === 0) return null;
  return (
    <FieldList>
      <Field name={words("inspector.upper")}>
        <ul>
          {uppers.map((upper) => (
            <li key={upper.id}>
              <LinkName link={upper} />
            </li>
          ))}
        </ul>
      </Field>
    </FieldList>
  );
}

/** Those of a bond or team: a bridge lists its own. */
function Members({ link }: { readonly link: Link }) {
  const words = useWords();
  const { index } = useWorkbench();
  const members = index.portsOf(link.id);
  if (members.length === 0) return null;
  return (
    <FieldList>
      <Field name={words("inspector.portsOf")}>
        <ul>
          {members.map((member) => (
            <li key={member.id}>
              <LinkName link={member} />
            </li>
          ))}
        </ul>
      </Field>
    </FieldList>
  );
}

const waysOut = ({ topology }: TopologyIndex, link: Link): readonly Route[] =>
  topology.routes.filter(
    ({ netns, to, dev, table }) =>
      netns === link.netns && to === "default" && dev === link.name && table === "main",
  );

/** Whether the namespace's packets leave by this interface where no other route fits. */
function DefaultRoute({ ways }: { readonly ways: readonly Route[] }) {
  const words = useWords();
  return (
    <FieldList>
      <Field name={words("inspector.leadsOut")}>
        {ways.length === 0 && words("inspector.leadsOutNo")}
        {ways.map(({ family, via }) => (
          <span key={`${family} ${via}`} className="block">
            {via === null
              ? words("inspector.leadsOutDirect")
              : words("inspector.leadsOutYes", { via: visible(via) })}
          </span>
        ))}
      </Field>
    </FieldList>
  );
}

const peerOf = (index: TopologyIndex, link: Link): Veth | null => {
  const pair = link.kind === "veth" ? index.pair(link) : null;
  if (pair === null) return null;
  return pair.near.id === link.id ? pair.far : pair.near;
};

type PartsProps = {
  readonly link: Exclude<Link, Bridge>;
  readonly peer: Veth | null;
  readonly detail: LinkDetail | null;
};

/** Below the fields: how it is wired, and what ran through it. */
function LinkParts({ link, peer, detail }: PartsProps) {
  const words = useWords();
  const { index } = useWorkbench();
  const isHosts = link.netns === index.topology.host.netns;
  return (
    <div className="mt-4 flex flex-col gap-4">
      {link.kind === "veth" && <EvidenceCard veth={link} />}
      {"lower" in link && <LowerCard link={link} />}
      <Uppers link={link} />
      <Members link={link} />
      {detail?.port && <PortFields link={link} port={detail.port} />}
      <CounterTable ends={peer === null ? [link] : [link, peer]} losses={detail?.losses ?? null} />
      {isHosts && peer === null && <DeviceSection of={link.key} />}
      {link.kind === "nic" && <RouteSection netns={link.netns} />}
      <QuoteSection title={words("inspector.kernelSaid")} evidence={[link.evidence]} />
    </div>
  );
}

/** One interface of any kind but bridge. A veth names its peer and proves it. */
export function LinkPanel({ link }: { readonly link: Exclude<Link, Bridge> }) {
  const words = useWords();
  const { index } = useWorkbench();
  const peer = peerOf(index, link);
  const details = useDetails(link.key);
  const ways = waysOut(index, link);
  return (
    <>
      <PanelHead
        kind={kindWords(words, link)}
        name={visible(link.label)}
        mono
        term={termOfLink(link)}
        state={<LinkState state={link.state} text={stateText(words, link)} />}
      />
      <LinkFields link={link} peer={peer} details={details} />
      {(link.kind === "nic" || ways.length > 0) && <DefaultRoute ways={ways} />}
      {peer && (
        <p className="mt-3 text-[13px]">
          <span className="text-muted">{words("inspector.peer")} </span>
          <LinkName link={peer} />
        </p>
      )}
      <LinkParts
        link={link}
        peer={peer}
        detail={details.status === "read" ? details.value.link : null}
      />
    </>
  );
}
