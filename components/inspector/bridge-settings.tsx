"use client";

import { TermHint } from "@/components/learn/term-hint";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import type { BridgeDetail } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";

const stpWords = (words: Words, { stp, forwardDelay }: BridgeDetail): string | null => {
  if (stp === null) return null;
  return stp
    ? words("inspector.bridging.stpOn", { n: forwardDelay ?? "?" })
    : words("inspector.bridging.stpOff");
};

/** A setting that says something when it is on; null where it was not told. */
const flagWords = (words: Words, value: boolean | null, on: string): string | null => {
  if (value === null) return null;
  return value ? on : words("inspector.detail.off");
};

/** How a bridge is set, out of `ip -d link`. */
export function BridgeSettings({ bridge }: { readonly bridge: BridgeDetail }) {
  const words = useWords();
  return (
    <Section title={words("inspector.bridging.title")} open>
      <FieldList>
        <Field name={words("inspector.bridging.stp")} hint={<TermHint term="stp" />}>
          {stpWords(words, bridge)}
        </Field>
        <Field name={words("inspector.bridging.vlan")}>
          {flagWords(words, bridge.filtersVlans, words("inspector.bridging.vlanOn"))}
        </Field>
        <Field name={words("inspector.bridging.ageing")} hint={<TermHint term="fdb" />}>
          {bridge.ageing !== null && words("inspector.bridging.ageingAfter", { n: bridge.ageing })}
        </Field>
        <Field name={words("inspector.bridging.bridgeId")}>
          {bridge.bridgeId && <Mono>{visible(bridge.bridgeId)}</Mono>}
        </Field>
        <Field name={words("inspector.bridging.root")}>
          {bridge.rootId === null ? null : bridge.rootId === bridge.bridgeId ? (
            words("inspector.bridging.rootSelf")
          ) : (
            <Mono>{visible(bridge.rootId)}</Mono>
          )}
        </Field>
        <Field name={words("inspector.bridging.snooping")}>
          {flagWords(words, bridge.multicastSnooping, words("inspector.bridging.snoopingOn"))}
        </Field>
        <Field name={words("inspector.bridging.calls")}>
          {bridge.callsIptables === true && words("inspector.bridging.callsOn")}
        </Field>
      </FieldList>
    </Section>
  );
}
