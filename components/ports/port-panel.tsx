"use client";

import { FetchedPart } from "@/components/inspector/fetched-part";
import { PanelHead } from "@/components/inspector/panel-head";
import { exactly } from "@/components/rules/rules-words";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ContainerName, ThingLink } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { Asked, PortRow } from "@/lib/ports/model";
import { endText, hostText, protocolText } from "./port-text";
import { answerWords, listenerWords, targetText } from "./port-words";
import { conditionWords, type Saying } from "./reason-words";
import { ScopeMark } from "./scope-mark";
import { usePorts } from "./use-ports";
import { WaySection } from "./way-section";

const signs = { yes: "✓", no: "✗", "cannot-tell": "?" } as const;
const tones = { yes: "text-ok", no: "text-muted", "cannot-tell": "text-bad" } as const;

function AskedLine({ asked }: { readonly asked: Asked }) {
  const words = useWords();
  const { index } = useWorkbench();
  const saying: Saying = { words, index };
  const { answer, arrives } = asked.reach;
  const sign = arrives === "yes" && answer === "cannot-tell" ? "yes" : answer;
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
          {words(`ports.from.${asked.from}`)}{" "}
          <span className="text-muted">
            {words("ports.at", { address: endText(asked.to.address, asked.to.port) })}
          </span>
        </p>
        {answer !== "yes" && (
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

function Facts({ row }: { readonly row: PortRow }) {
  const words = useWords();
  const { index } = useWorkbench();
  const containers = row.containers.flatMap((id) => index.container(id) ?? []);
  const held = row.heldBy.map(({ name, pid }) => `${visible(name)} (${pid})`);
  return (
    <FieldList>
      <Field name={words("ports.column.protocol")}>
        <Mono>{protocolText(row)}</Mono>
      </Field>
      <Field name={words("ports.column.kind")}>{words(`ports.kind.${row.kind}`)}</Field>
      <Field name={words("ports.column.target")}>
        {containers.length === 0 ? words("place.theHost") : null}
        {containers.map((container) => (
          <ContainerName key={container.id} container={container} />
        ))}{" "}
        <Mono className="inline-block">{targetText(row)}</Mono>
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
                <ul className="flex flex-col gap-2 text-[13px] leading-5">
                  {row.asked.map((asked) => (
                    <AskedLine
                      key={`${asked.from} ${asked.to.address} ${asked.to.port}`}
                      asked={asked}
                    />
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
