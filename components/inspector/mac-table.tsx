"use client";

import { useState } from "react";
import { WithHint } from "@/components/learn/with-hint";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { LinkName, NamespaceLink } from "@/components/workbench/thing-link";
import type { KnownMac } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { Link } from "@/lib/topology/model";
import { OpenedSection } from "./opened-section";

const shownAtFirst = 30;

function MacRow({ row }: { readonly row: KnownMac }) {
  const words = useWords();
  const { index } = useWorkbench();
  const linkOf = (of: Key | null): Link | null => {
    const thing = of === null ? null : index.thing(of);
    if (thing?.kind === "bridge") return thing.bridge;
    return thing?.kind === "link" ? thing.link : null;
  };
  const [port, owner] = [linkOf(row.port), linkOf(row.link)];
  const namespace = owner && index.namespace(owner.netns);
  const isFar = owner !== null && owner.netns !== port?.netns;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 py-1 text-[13px]">
      <Mono>{visible(row.mac)}</Mono>
      <span className="text-right text-[12px] text-muted">
        {words(`inspector.macs.${row.kind}`)}
        {row.vlan !== null && ` · VLAN ${row.vlan}`}
      </span>
      <span className="min-w-0 text-[12px]">
        {owner === null && <span className="text-muted">{words("inspector.macs.nobody")}</span>}
        {isFar && namespace && <NamespaceLink namespace={namespace} />}{" "}
        {owner && <LinkName link={owner} bare />}
      </span>
      <span className="text-right text-[12px]">
        {port && owner?.id !== port.id && <LinkName link={port} bare />}
        {!port && row.portName && <Mono>{visible(row.portName)}</Mono>}
      </span>
    </li>
  );
}

function MacRows({ macs }: { readonly macs: readonly KnownMac[] }) {
  const words = useWords();
  const [all, setAll] = useState(false);
  if (macs.length === 0) {
    return <p className="text-[13px] text-muted">{words("inspector.macs.none")}</p>;
  }
  const shown = all ? macs : macs.slice(0, shownAtFirst);
  return (
    <>
      <ul className="divide-y divide-edge">
        {shown.map((row) => (
          <MacRow key={`${row.mac} ${row.portName} ${row.vlan} ${row.kind}`} row={row} />
        ))}
      </ul>
      {shown.length < macs.length && (
        <Button look="quiet" className="h-7 px-1.5 text-[12px]" onClick={() => setAll(true)}>
          {words("inspector.macs.more", { n: macs.length - shown.length })}
        </Button>
      )}
    </>
  );
}

/** Which address the bridge knows behind which port, asked when it is opened. */
export function MacTable({ of }: { readonly of: Key }) {
  const words = useWords();
  return (
    <WithHint term="fdb">
      <OpenedSection title={words("inspector.macs.title")} question="macs" of={of}>
        {({ macs }) => <MacRows macs={macs} />}
      </OpenedSection>
    </WithHint>
  );
}
