"use client";

import { FetchedPart } from "@/components/inspector/fetched-part";
import { PanelHead } from "@/components/inspector/panel-head";
import { toolName } from "@/components/rules/chain-id";
import { textOf } from "@/components/rules/rule-text";
import { exactly } from "@/components/rules/rules-words";
import { useRules } from "@/components/rules/use-rules";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { gapWords } from "@/components/workbench/gap-words";
import { ThingLink } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import type { PortRow, Ports } from "@/lib/ports/model";
import type { SourceSummary } from "@/lib/topology/firewall/model";
import type { Settings } from "@/lib/topology/listening";
import { hasIngress, type SourceLeg, sourceLegs, waysOut } from "./nat-legs";
import { hostText, protocolText, targetText } from "./port-text";
import { targetNames } from "./port-words";
import { ScopeMark } from "./scope-mark";
import { sortPorts } from "./shown-ports";
import { usePorts } from "./use-ports";

function Backend({ source }: { readonly source: SourceSummary }) {
  const words = useWords();
  const { index } = useWorkbench();
  const said = source.why === null ? null : gapWords(words, index, source.why);
  return (
    <Field name={toolName(source.backend, source.family)}>
      {source.status === "absent" && words("rules.source.absent")}
      {source.status === "read" &&
        words("graph.nat.counts", { dnat: source.dnat, snat: source.snat })}
      {said !== null && (
        <>
          <span className="font-medium text-warn">{words("graph.nat.unread")}</span>
          <span className="block text-[12px] leading-4.5">{said.what}</span>
          <span className="block text-[12px] leading-4.5 text-muted">{said.next}</span>
        </>
      )}
    </Field>
  );
}

/** What each tool translates; several beside each other are all met. */
function Backends() {
  const words = useWords();
  const { index } = useWorkbench();
  const { firewall } = index.topology.host;
  if (firewall.status === "not-asked") {
    return <p className="text-[13px] leading-5">{words("rules.notAsked")}</p>;
  }
  if (firewall.status === "unreadable") {
    const { what, next } = gapWords(words, index, firewall.why);
    return (
      <p className="text-[13px] leading-5">
        {words("rules.unreadable")} {what} <span className="text-muted">{next}</span>
      </p>
    );
  }
  const sources = firewall.sources.filter(({ backend }) => backend !== "ipset");
  const translating = sources.filter(({ dnat, snat }) => dnat + snat > 0);
  const tools = new Set(translating.map(({ backend }) => backend));
  return (
    <>
      <FieldList>
        {sources.map((source) => (
          <Backend key={`${source.backend} ${source.family}`} source={source} />
        ))}
      </FieldList>
      {tools.size > 1 && (
        <p className="mt-2 text-[13px] leading-5 text-warn">{words("ports.nat.several")}</p>
      )}
    </>
  );
}

function PublishedLine({ row }: { readonly row: PortRow }) {
  const words = useWords();
  const { index } = useWorkbench();
  return (
    <li className="flex items-baseline gap-1.5">
      <ScopeMark scope={row.scope} />
      <span className="sr-only">{words(`ports.scope.${row.scope}`)}</span>
      <span className="min-w-0 break-words">
        <ThingLink to={row.key} mono>
          <span translate="no">{hostText(row)}</span>
        </ThingLink>{" "}
        <span className="text-[12px] text-muted">{protocolText(row)}</span> →{" "}
        {targetNames({ words, index }, row).join(", ")}{" "}
        <Mono className="inline-block">{targetText(row)}</Mono>
      </span>
    </li>
  );
}

function Published({ ports: { rows } }: { readonly ports: Ports }) {
  const words = useWords();
  const { index } = useWorkbench();
  const published = sortPorts(
    rows.filter(({ kind }) => kind === "published" || kind === "redirected"),
    null,
    { words, index },
  );
  const proxied = published.filter(({ proxy }) => proxy !== null).length;
  return (
    <Section title={words("graph.nat.published")} count={published.length} open>
      <ul className="flex flex-col gap-1 text-[13px] leading-5">
        {published.map((row) => (
          <PublishedLine key={row.key} row={row} />
        ))}
      </ul>
      {published.length > 0 && (
        <p className="mt-2 text-[12px] leading-4.5 text-muted">
          {words("ports.nat.proxied", { n: proxied, all: published.length })}
        </p>
      )}
    </Section>
  );
}

function Leg({ leg: { table, chain, rule, use } }: { readonly leg: SourceLeg }) {
  const words = useWords();
  const locale = useReaderLocale();
  const { index } = useWorkbench();
  const masquerades = rule.parts.some(({ kind }) => kind === "masquerade");
  const ways = waysOut(index, table.family === "ip6" ? "inet6" : "inet");
  return (
    <li>
      <ThingLink to={rule.key} mono>
        <span translate="no">{textOf(table, chain.name, rule)}</span>
      </ThingLink>
      <p className="text-[12px] leading-4.5 text-muted">
        {words(`ports.nat.use.${use}`)}
        {rule.counters !== null &&
          ` · ${words("rules.packetsOnly", { n: exactly(rule.counters.packets, locale) })}`}
      </p>
      {use === "out" && masquerades && ways.length > 0 && (
        <p className="text-[12px] leading-4.5">
          {ways
            .map(({ link, address }) =>
              words("ports.nat.becomes", { address: visible(address), link: visible(link) }),
            )
            .join(words("gap.comma"))}
        </p>
      )}
    </li>
  );
}

const localnet = /^net\/ipv4\/conf\/(.+)\/route_localnet$/;

function Localnet({ settings }: Pick<Extract<Settings, { status: "read" }>, "settings">) {
  const words = useWords();
  const on = settings.flatMap(({ name, value }) => {
    const link = localnet.exec(name)?.[1];
    return link !== undefined && value === "1" ? [visible(link)] : [];
  });
  if (on.length === 0) return null;
  return (
    <p className="text-[12px] leading-4.5 text-muted">
      {words("ports.nat.localnet", { links: on.join(", ") })}
    </p>
  );
}

function Sources() {
  const words = useWords();
  const { index } = useWorkbench();
  const rules = useRules(index.topology.host.netns);
  return (
    <FetchedPart fetched={rules}>
      {({ firewall, settings }) => {
        const legs = sourceLegs(firewall);
        return (
          <Section title={words("ports.nat.sources")} count={legs.length} open>
            <ul className="flex flex-col gap-2.5 text-[13px] leading-5">
              {legs.map((leg) => (
                <Leg key={leg.rule.key} leg={leg} />
              ))}
            </ul>
            {hasIngress(index.topology, firewall) && (
              <p className="mt-2 text-[12px] leading-4.5 text-muted">{words("ports.nat.swarm")}</p>
            )}
            {settings.status === "read" && <Localnet settings={settings.settings} />}
          </Section>
        );
      }}
    </FetchedPart>
  );
}

/** Where addresses change: what comes in for a published port, and under which address what leaves is seen. */
export function NatPanel() {
  const words = useWords();
  const ports = usePorts();
  return (
    <>
      <PanelHead kind={words("ports.nat.kind")} name="NAT" term="dnat" />
      <Backends />
      <div className="mt-4 flex flex-col gap-4">
        <FetchedPart fetched={ports}>{(value) => <Published ports={value} />}</FetchedPart>
        <Sources />
      </div>
    </>
  );
}
