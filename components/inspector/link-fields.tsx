"use client";

import type { ReactNode } from "react";
import { TermHint } from "@/components/learn/term-hint";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { LinkName, NamespaceLink } from "@/components/workbench/thing-link";
import type { Details, LinkDetail } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";
import { termOfLink } from "@/lib/learn/term-of";
import type { Link, Stacked, Veth } from "@/lib/topology/model";
import { AddressList } from "./address-list";
import type { Fetched } from "./fetched";
import { nsidWords } from "./link-words";

/** A number, and below it whose number that is. */
function Numbered({ number, children }: { readonly number: number; readonly children: ReactNode }) {
  return (
    <>
      <Mono>{number}</Mono>
      <span className="block text-[12px] leading-4.5 text-muted">{children}</span>
    </>
  );
}

function MtuField({ link, peer }: { readonly link: Link; readonly peer: Link | null }) {
  const words = useWords();
  if (link.mtu === null) return null;
  const mtu = `${link.mtu}`;
  const differs = peer !== null && peer.mtu !== null && peer.mtu !== link.mtu;
  const same = peer !== null && peer.mtu === link.mtu;
  return (
    <Field name={words("inspector.mtu")} hint={<TermHint term="mtu" />}>
      {differs && (
        <span className="text-warn">
          {words("inspector.mtuDiffers", { mtu, peer: `${peer.mtu}` })}
        </span>
      )}
      {same && words("inspector.mtuBoth", { mtu })}
      {!differs && !same && <Mono>{mtu}</Mono>}
    </Field>
  );
}

/** What the kernel says of its other end; for a veth and for what is stacked on a device. */
function FarFields({ link }: { readonly link: Veth | Stacked }) {
  const words = useWords();
  const { index } = useWorkbench();
  return (
    <>
      <Field
        name={words("inspector.iflink")}
        hint={
          <TermHint term={link.kind === "veth" ? "ifindex" : (termOfLink(link) ?? "ifindex")} />
        }
      >
        {link.iflink !== null && (
          <Numbered number={link.iflink}>
            {words(
              link.kind === "veth" ? "inspector.number.iflink" : "inspector.number.iflinkLower",
            )}
          </Numbered>
        )}
      </Field>
      <Field name={words("inspector.nsid")} hint={<TermHint term="nsid" />}>
        {link.nsid === null ? (
          words("inspector.nsidNone")
        ) : (
          <Numbered number={link.nsid}>{nsidWords(words, index, link)}</Numbered>
        )}
      </Field>
    </>
  );
}

const mayLeave = (detail: LinkDetail) => {
  if (detail.netnsImmutable === null) return "inspector.mayLeaveUntold" as const;
  return detail.netnsImmutable
    ? ("inspector.mayLeaveNo" as const)
    : ("inspector.mayLeaveYes" as const);
};

/** What the picture does not need: fetched when the panel opens. */
function DetailFields({ detail }: { readonly detail: LinkDetail }) {
  const words = useWords();
  const { minMtu, maxMtu } = detail;
  return (
    <>
      <Field name={words("inspector.mtuRange")}>
        {minMtu !== null && maxMtu !== null && maxMtu > 0 && <Mono>{`${minMtu} – ${maxMtu}`}</Mono>}
      </Field>
      <Field name={words("inspector.qdisc")}>
        {detail.qdisc && <Mono>{visible(detail.qdisc)}</Mono>}
      </Field>
      <Field name={words("inspector.flags")}>
        <span className="flex flex-wrap gap-x-1.5">
          {detail.flags.map((flag) => (
            <Mono key={flag}>{visible(flag)}</Mono>
          ))}
        </span>
      </Field>
      <Field name={words("inspector.settings")}>
        {detail.settings.length > 0 && (
          <Mono>
            {detail.settings.map(([name, value]) => visible(`${name} ${value}`)).join(", ")}
          </Mono>
        )}
      </Field>
      <Field name={words("inspector.device")}>
        {detail.device && <Mono>{visible(detail.device)}</Mono>}
      </Field>
      <Field name={words("inspector.altNames")}>
        {detail.altNames.length > 0 && <Mono>{detail.altNames.map(visible).join(" ")}</Mono>}
      </Field>
      <Field name={words("inspector.alias")}>{detail.alias && visible(detail.alias)}</Field>
      <Field name={words("inspector.mayLeave")}>{words(mayLeave(detail))}</Field>
    </>
  );
}

/** The addresses as the topology has them, until the rest is there. */
function PlainAddresses({ link }: { readonly link: Link }) {
  return (
    <ul>
      {link.addresses.map(({ address, prefix }) => (
        <li key={address}>
          <Mono>{`${visible(address)}/${prefix}`}</Mono>
        </li>
      ))}
    </ul>
  );
}

const saying = {
  loading: "inspector.detail.loading",
  gone: "inspector.detail.gone",
  "not-kept": "inspector.detail.notKept",
  failed: "inspector.detail.failed",
} as const;

/** The fields that every interface has, in the order of `ip -d addr`. */
export function LinkFields({
  link,
  peer,
  details,
}: {
  readonly link: Link;
  readonly peer: Link | null;
  readonly details: Fetched<Details>;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const namespace = index.namespace(link.netns);
  const master = index.link(link.master);
  const detail = details.status === "read" ? details.value.link : null;
  const showsAddresses = detail !== null || link.addresses.length > 0;
  return (
    <>
      <FieldList>
        <Field name={words("inspector.in")} hint={<TermHint term="netns" />}>
          {namespace && <NamespaceLink namespace={namespace} />}
        </Field>
        <Field name={words("inspector.ifindex")} hint={<TermHint term="ifindex" />}>
          {link.ifindex > 0 && (
            <Numbered number={link.ifindex}>{words("inspector.number.ifindex")}</Numbered>
          )}
        </Field>
        {"nsid" in link && <FarFields link={link} />}
        <Field name={words("inspector.mac")}>{link.mac && <Mono>{visible(link.mac)}</Mono>}</Field>
        <Field name={words("inspector.addresses")}>
          {showsAddresses &&
            (detail === null ? (
              <PlainAddresses link={link} />
            ) : (
              <AddressList addresses={detail.addresses} />
            ))}
        </Field>
        <MtuField link={link} peer={peer} />
        <Field name={words("inspector.master")} hint={<TermHint term="bridge" />}>
          {master && <LinkName link={master} />}
        </Field>
        {detail && <DetailFields detail={detail} />}
      </FieldList>
      {details.status !== "read" && (
        <p role="status" className="mt-1 text-[12px] text-muted">
          {words(saying[details.status])}
        </p>
      )}
    </>
  );
}
