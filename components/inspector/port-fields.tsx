"use client";

import { TermHint } from "@/components/learn/term-hint";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import type { PortDetail } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import type { Link, Vlans } from "@/lib/topology/model";

const onOff = (value: boolean | null): MessageKey => {
  if (value === null) return "inspector.detail.untold";
  return value ? "inspector.detail.on" : "inspector.detail.off";
};

const names = ["hairpin", "isolated", "learning", "flood", "locked"] as const;

/** `1 (PVID), 10-20`. */
const vlansText = ({ pvid, ranges }: Vlans): string =>
  ranges
    .map(
      ({ from, to }) => `${from === to ? from : `${from}-${to}`}${from === pvid ? " (PVID)" : ""}`,
    )
    .join(", ");

/** What a bridge does with one of its ports; the names are those of `bridge -d link`. */
export function PortFields({ link, port }: { readonly link: Link; readonly port: PortDetail }) {
  const words = useWords();
  const { index } = useWorkbench();
  const bridge = index.link(link.master);
  return (
    <section className="border-t border-edge pt-3">
      <h3 className="mb-1 text-[13px] font-semibold">
        {words("inspector.port.title", { bridge: visible(bridge?.name ?? "") })}
      </h3>
      <FieldList>
        <Field name={words("inspector.port.state")} hint={<TermHint term="stp" />}>
          {port.state && <Mono>{visible(port.state)}</Mono>}
        </Field>
        {names.map((name) => (
          <Field key={name} name={name} hint={name === "hairpin" && <TermHint term="hairpin" />}>
            {words(onOff(port[name]))}
          </Field>
        ))}
        <Field name={words("inspector.port.cost")}>
          {port.cost !== null && <Mono>{port.cost}</Mono>}
        </Field>
        <Field name={words("inspector.port.priority")}>
          {port.priority !== null && <Mono>{port.priority}</Mono>}
        </Field>
        <Field name={words("inspector.port.vlans")}>
          {link.vlans && <Mono>{vlansText(link.vlans) || words("inspector.port.vlansNone")}</Mono>}
        </Field>
      </FieldList>
    </section>
  );
}
