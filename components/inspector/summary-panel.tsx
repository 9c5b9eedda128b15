"use client";

import { RightsList } from "@/components/hosts/rights-list";
import { useNow } from "@/components/ui/clock";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { ageWords } from "@/components/workbench/as-of";
import { useWorkbench } from "@/components/workbench/context";
import { countsOf } from "@/components/workbench/counts";
import { GapList } from "@/components/workbench/gap-list";
import { UnheardLine, unreadCount } from "@/components/workbench/unheard-line";
import { visible } from "@/lib/graph/names";
import { pastedHost } from "@/lib/paste/model";
import { nothingRead } from "@/lib/topology/nothing-read";
import { HowToRead } from "./how-to-read";
import { NetworkList } from "./network-list";
import { PanelHead } from "./panel-head";

function HostFields() {
  const words = useWords();
  const { index } = useWorkbench();
  const { host } = index.topology;
  const engine = host.engine.status === "read" ? host.engine : null;
  const untold =
    host.engine.status === "not-asked" ? "inspector.notReadYetWhy" : "summary.noEngine";
  const noEngine = host.id === pastedHost ? null : words(untold);
  const locale = useReaderLocale();
  const now = useNow();
  const age = now === null ? null : ageWords(words, (now - Date.parse(host.at)) / 1000);
  return (
    <FieldList>
      <Field name={words("summary.engine")}>
        {engine === null
          ? noEngine
          : `${visible(engine.name)} ${visible(engine.version)}, ${words("inspector.api", { version: visible(engine.api) })}`}
      </Field>
      <Field name={words("summary.kernel")}>{host.kernel && visible(host.kernel)}</Field>
      <Field name={words("summary.os")}>{host.os && visible(host.os)}</Field>
      <Field name={words("inspector.boot")}>
        {host.bootId && <Mono>{visible(host.bootId)}</Mono>}
      </Field>
      <Field name={words("inspector.age")}>
        {age && `${new Date(host.at).toLocaleString(locale)} · ${age}`}
      </Field>
      <Field name={words("inspector.notReadYet")}>
        {host.firewall.status === "not-asked" &&
          words(host.id === pastedHost ? "paste.noRules" : "inspector.notReadYetWhy")}
      </Field>
    </FieldList>
  );
}

function Numbers() {
  const words = useWords();
  const { index } = useWorkbench();
  const counts = countsOf(index.topology);
  const { running, stopped } = counts;
  // Without an engine those that do not run are not known, and none seen is not none.
  const known = index.topology.host.engine.status === "read";
  const isPasted = index.topology.host.id === pastedHost;
  // None was seen is another thing than none is there.
  const kernel = index.topology.host.netns !== null || isPasted;
  if (nothingRead(index.topology)) {
    return <p className="text-[13px] leading-5 text-muted">{words("summary.nothingRead")}</p>;
  }
  return (
    <FieldList>
      <Field name={words("summary.containers")}>
        {known
          ? words("summary.running", { running, stopped })
          : words(isPasted ? "paste.containers" : "summary.seen", { n: running })}
      </Field>
      <Field name={words("summary.bridges")}>{kernel && counts.bridges}</Field>
      <Field name={words("summary.pairs")}>
        {!kernel || counts.pairs === 0
          ? kernel && counts.pairs
          : words("summary.exactOf", { exact: counts.exactPairs, all: counts.pairs })}
      </Field>
      <Field name={words("summary.unpaired")}>{counts.unpaired > 0 && counts.unpaired}</Field>
      <Field name={words("summary.namespaces")}>
        {counts.namespaces > 0 &&
          words(index.topology.host.twice.open > 0 ? "summary.readOfUpTo" : "summary.readOf", {
            read: counts.readNamespaces,
            all: counts.namespaces,
          })}
      </Field>
    </FieldList>
  );
}

/** The host as a whole, where nothing is selected: what is there, what was not read, how to read the picture. */
export function SummaryPanel() {
  const words = useWords();
  const { index, ruled } = useWorkbench();
  const { host, gaps } = index.topology;
  const count = unreadCount(index.topology, ruled);
  return (
    <>
      <PanelHead kind={words("inspector.kind.host")} name={visible(host.name)} />
      <Numbers />
      <div className="mt-3 border-t border-edge pt-3">
        <HostFields />
      </div>
      <div className="mt-4 flex flex-col gap-4">
        <NetworkList />
        <Section title={words("summary.gaps")} count={count} open={count > 0}>
          {count === 0 && <p className="text-[13px] text-muted">{words("summary.noGaps")}</p>}
          <div className="flex flex-col gap-3">
            {gaps.length > 0 && <GapList gaps={gaps} />}
            <UnheardLine />
          </div>
        </Section>
        <RightsList topology={index.topology} />
        <HowToRead />
      </div>
    </>
  );
}
