"use client";

import { Fragment } from "react";
import { FetchedPart } from "@/components/inspector/fetched-part";
import { PanelHead } from "@/components/inspector/panel-head";
import { exactly } from "@/components/rules/rules-words";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ContainerName, NamespaceLink, ThingLink } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { Asked, PortRow } from "@/lib/ports/model";
import { endText, hostText, protocolText, targetText } from "./port-text";
import { endWords, listenerWords } from "./port-words";
import { answerWords, askerWords, reasonWords } from "./reached-words";
import { conditionWords, type Saying } from "./reason-words";
import { ScopeMark } from "./scope-mark";
import { usePorts } from "./use-ports";
import { WaySection } from "./way-section";

const signs = { yes: "✓", no: "✗", "cannot-tell": "?" } as const;
const tones = { yes: "text-ok", no: "text-muted", "cannot-tell": "text-bad" } as const;

/** Who listens may be unknown where it is known that it gets there. */
function signOf({ arrives, reach: { answer } }: Asked): Asked["arrives"] {
  if (arrives !== "yes") return arrives;
  return answer === "cannot-tell" ? "yes" : answer;
}

const nameOf = ({ from, whom, to: { address, port } }: Asked): string =>
  [from, whom.of === "named" ? whom.source : "", address, port].join(" ");

function AskedLine({ asked }: { readonly asked: Asked }) {
  const words = useWords();
  const { index } = useWorkbench();
  const saying: Saying = { words, index };
  const sign = signOf(asked);
  return (
    <li className="flex gap-2">
      <span
        role="img"
        aria-label={words(`ports.answer.${sign}`)}
        className={`w-3.5 shrink-0 font-semibold ${tones[sign]}`}
      >
        {signs[sign]}
      </span>
      <div className="min-w-0 break-words">
        <p>
          {askerWords(saying, asked)}{" "}
          <span className="text-muted">
            {words("ports.at", { address: endText(asked.to.address, asked.to.port) })}
          </span>
        </p>
        {(asked.reach.answer !== "yes" || asked.arrives !== "yes") && (
          <p className="text-[12px] leading-4.5 text-muted">{answerWords(saying, asked)}</p>
        )}
      </div>
    </li>
  );
}

/** What was taken for granted in any of the answers, each once. */
function Taken({ asked }: Pick<PortRow, "asked">) {
  const words = useWords();
  const { index } = useWorkbench();
  const said = new Set(
    asked.flatMap(({ reach }) =>
      reach.conditions.map((condition) => conditionWords({ words, index }, condition)),
    ),
  );
  return [...said].map((text) => (
    <p key={text} className="mt-1 text-[12px] leading-4.5 text-muted">
      {text}
    </p>
  ));
}

/** Rules that send this port elsewhere, each a link to where it stands. */
function Sendings({ row }: { readonly row: PortRow }) {
  const words = useWords();
  const locale = useReaderLocale();
  if (row.rules.length === 0) return null;
  return (
    <Section title={words("ports.sendings")} count={row.rules.length} open>
      <ul className="flex flex-col gap-2.5 text-[13px] leading-5">
        {row.rules.map((sending) => (
          <li key={sending.rule}>
            <ThingLink to={sending.rule} mono>
              <span translate="no">
                {visible(sending.table)} {visible(sending.chain)}
              </span>
            </ThingLink>{" "}
            <span className="text-[12px] text-muted">
              {sending.backend}
              {sending.counters &&
                ` · ${words("rules.packetsOnly", { n: exactly(sending.counters.packets, locale) })}`}
            </span>
            <code
              translate="no"
              className="block font-mono text-[12px] leading-4.5 break-words text-muted"
            >
              {visible(sending.text)}
            </code>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Whose it is: containers, the one that published it first; else the namespace in which it ends. */
function Whose({ row }: { readonly row: PortRow }) {
  const words = useWords();
  const { index } = useWorkbench();
  const containers = row.containers.flatMap((id) => index.container(id) ?? []);
  const namespace = row.end.at === "namespace" ? index.namespace(row.end.netns) : null;
  if (containers.length === 0 && namespace !== null) return <NamespaceLink namespace={namespace} />;
  if (containers.length === 0) return endWords({ words, index }, row);
  return containers.map((container, nth) => (
    <Fragment key={container.id}>
      {nth > 0 && ", "}
      <ContainerName container={container} />
    </Fragment>
  ));
}

/** Of a range, which of its ports were asked about. */
function Asking({ row }: { readonly row: PortRow }) {
  const words = useWords();
  const { host, asked } = row;
  if (host === null || host.port === host.last) return null;
  const ports = new Set(
    asked.map(({ to }) => to.port).filter((port) => host.port <= port && port <= host.last),
  );
  return (
    <p className="mb-2 text-[12px] leading-4.5 text-muted">
      {words("ports.standsFor", {
        n: ports.size,
        ports: [...ports].map((port) => `:${port}`).join(", "),
        range: hostText(row),
      })}
    </p>
  );
}

function Facts({ row }: { readonly row: PortRow }) {
  const words = useWords();
  const { index } = useWorkbench();
  const why = reasonWords({ words, index }, row);
  const held = row.heldBy.map(({ name, pid }) => `${visible(name)} (${pid})`);
  return (
    <FieldList>
      <Field name={words("ports.column.protocol")}>
        <Mono>{protocolText(row)}</Mono>
      </Field>
      <Field name={words("ports.column.kind")}>{words(`ports.kind.${row.kind}`)}</Field>
      <Field name={words("ports.column.target")}>
        <Whose row={row} /> <Mono className="inline-block">{targetText(row)}</Mono>
      </Field>
      <Field name={words("ports.column.listener")}>
        {listenerWords({ words, index }, row)}
        {row.listener.status === "listening" && (
          <span className="block text-[12px] text-muted">
            {words("ports.on", { address: visible(row.listener.address) })}
          </span>
        )}
      </Field>
      <Field name={words("ports.column.proxy")}>
        {row.proxy && words("ports.pid", { n: `${row.proxy.pid}` })}
      </Field>
      <Field name={words("ports.heldBy")}>{held.length > 0 && held.join(", ")}</Field>
      <Field name={words("ports.column.scope")}>
        <ScopeMark scope={row.scope} /> {words(`ports.scope.${row.scope}`)}
        {why !== "" && <span className="block text-[12px] leading-4.5 text-muted">{why}</span>}
      </Field>
    </FieldList>
  );
}

/** `port:tcp/…`; the line from a bridge to its port has a key that begins alike. */
export const isPortKey = (key: Key): boolean => /^port:[a-z0-9]+\//.test(key);

/** One port: where it leads, who listens, and from where it is reached or why not. */
export function PortPanel({ of }: { readonly of: Key }) {
  const words = useWords();
  const ports = usePorts();
  return (
    <FetchedPart fetched={ports}>
      {({ rows }) => {
        const row = rows.find(({ key }) => key === of);
        if (row === undefined) {
          return <p className="pr-9 text-[13px] leading-5">{words("ports.gone")}</p>;
        }
        return (
          <>
            <PanelHead
              kind={words("ports.kindOf")}
              name={row.host === null ? targetText(row) : hostText(row)}
              mono
              term="dnat"
            />
            <Facts row={row} />
            <div className="mt-4 flex flex-col gap-4">
              <Section title={words("ports.reachedFrom")} open>
                <Asking row={row} />
                <ul className="flex flex-col gap-2 text-[13px] leading-5">
                  {row.asked.map((asked) => (
                    <AskedLine key={nameOf(asked)} asked={asked} />
                  ))}
                </ul>
                <Taken asked={row.asked} />
                <p className="mt-2 text-[12px] leading-4.5 text-muted">{words("ports.worked")}</p>
              </Section>
              <Sendings row={row} />
              {row.host !== null && (
                <WaySection end={{ into: row.key }} title={words("ports.wayIn.title")} />
              )}
            </div>
          </>
        );
      }}
    </FetchedPart>
  );
}
