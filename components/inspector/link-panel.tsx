"use client";

import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { LinkName, NamespaceLink } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Bridge, Link, Stacked, Veth } from "@/lib/topology/model";
import { CounterTable } from "./counter-table";
import { EvidenceCard } from "./evidence-card";
import { LinkState } from "./link-state";
import { PanelHead } from "./panel-head";
import { ProofBadge } from "./proof-badge";
import { proofOf } from "./proof-words";
import { QuoteSection } from "./quote-section";
import { RouteSection } from "./route-section";

const kindWords = (words: Words, link: Link): string => {
  switch (link.kind) {
    case "veth":
      return words("inspector.kind.veth");
    case "bridge":
      return words("inspector.kind.bridge");
    case "nic":
      return words("inspector.kind.nic");
    case "loopback":
      return words("inspector.kind.loopback");
    case "vxlan":
      return link.vni === null
        ? words("kinds.vxlan.plain")
        : words("kinds.vxlan.withVni", { vni: `${link.vni}` });
    case "other":
      return link.infoKind ?? words("inspector.kind.other");
    case "macvlan":
    case "ipvlan":
    case "vlan":
      return words("inspector.kind.stacked", { kind: link.kind });
  }
};

export const stateText = (words: Words, link: Link): string =>
  !link.adminUp && link.state !== "up"
    ? words("inspector.adminDown", { state: link.state })
    : link.state;

function MtuField({ link, peer }: { readonly link: Link; readonly peer: Link | null }) {
  const words = useWords();
  if (link.mtu === null) return null;
  const differs = peer !== null && peer.mtu !== null && peer.mtu !== link.mtu;
  return (
    <Field name={words("inspector.mtu")}>
      {differs ? (
        <span className="text-warn">
          {words("inspector.mtuDiffers", { mtu: `${link.mtu}`, peer: `${peer.mtu}` })}
        </span>
      ) : (
        <Mono>{link.mtu}</Mono>
      )}
    </Field>
  );
}

/** What the kernel says of its other end; for a veth and for what is stacked on a device. */
function FarFields({ link }: { readonly link: Veth | Stacked }) {
  const words = useWords();
  return (
    <>
      <Field name={words("inspector.iflink")}>
        {link.iflink !== null && <Mono>{link.iflink}</Mono>}
      </Field>
      <Field name={words("inspector.nsid")}>
        {link.nsid === null ? words("inspector.nsidNone") : <Mono>{link.nsid}</Mono>}
      </Field>
    </>
  );
}

/** The fields that every interface has, in the order of `ip -d addr`. */
export function LinkFields({ link, peer }: { readonly link: Link; readonly peer: Link | null }) {
  const words = useWords();
  const { index } = useWorkbench();
  const namespace = index.namespace(link.netns);
  const master = index.link(link.master);
  const stacks = "nsid" in link;
  return (
    <FieldList>
      <Field name={words("inspector.in")}>
        {namespace && <NamespaceLink namespace={namespace} />}
      </Field>
      <Field name={words("inspector.ifindex")}>
        <Mono>{link.ifindex}</Mono>
      </Field>
      {stacks && <FarFields link={link} />}
      <Field name={words("inspector.mac")}>{link.mac && <Mono>{visible(link.mac)}</Mono>}</Field>
      <MtuField link={link} peer={peer} />
      <Field name={words("inspector.master")}>{master && <LinkName link={master} />}</Field>
      <Field name={words("inspector.portState")}>
        {link.portState && <Mono>{visible(link.portState)}</Mono>}
      </Field>
      <Field name={words("inspector.addresses")}>
        {link.addresses.length > 0 && (
          <ul>
            {link.addresses.map(({ address, prefix }) => (
              <li key={address}>
                <Mono>{`${visible(address)}/${prefix}`}</Mono>
              </li>
            ))}
          </ul>
        )}
      </Field>
    </FieldList>
  );
}

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

/** One interface of any kind but bridge. A veth names its peer and proves it. */
export function LinkPanel({ link }: { readonly link: Exclude<Link, Bridge> }) {
  const words = useWords();
  const { index } = useWorkbench();
  const pair = link.kind === "veth" ? index.pair(link) : null;
  const peer = pair === null ? null : pair.near.id === link.id ? pair.far : pair.near;
  const stacked = "lower" in link ? link : null;
  return (
    <>
      <PanelHead
        kind={kindWords(words, link)}
        name={visible(link.label)}
        mono
        state={<LinkState state={link.state} text={stateText(words, link)} />}
      />
      <LinkFields link={link} peer={peer} />
      {peer && (
        <p className="mt-3 text-[13px]">
          <span className="text-muted">{words("inspector.peer")} </span>
          <LinkName link={peer} />
        </p>
      )}
      <div className="mt-4 flex flex-col gap-4">
        {link.kind === "veth" && <EvidenceCard veth={link} />}
        {stacked && <LowerCard link={stacked} />}
        <Uppers link={link} />
        <CounterTable ends={peer === null ? [link] : [link, peer]} />
        {link.kind === "nic" && <RouteSection netns={link.netns} />}
        <QuoteSection title={words("inspector.kernelSaid")} evidence={[link.evidence]} />
      </div>
    </>
  );
}
