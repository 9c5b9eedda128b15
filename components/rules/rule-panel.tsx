"use client";

import { FetchedPart } from "@/components/inspector/fetched-part";
import { PanelHead } from "@/components/inspector/panel-head";
import { QuoteSection } from "@/components/inspector/quote-section";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { Action } from "@/lib/topology/firewall/actions";
import type { Firewall } from "@/lib/topology/firewall/model";
import type { HomedRule } from "./chain-id";
import { textOf } from "./rule-text";
import { exactly, makerName, priorityText, tableText } from "./rules-words";
import { useRules } from "./use-rules";

export const isRuleKey = (key: Key): boolean => key.startsWith("rule:");

function ruleWithKey(firewall: Firewall, key: Key): HomedRule | null {
  if (firewall.status !== "read") return null;
  for (const table of firewall.tables) {
    for (const chain of table.chains) {
      const rule = chain.rules.find((each) => each.key === key);
      if (rule !== undefined) return { table, chain, rule };
    }
  }
  return null;
}

const portsText = (ports: { readonly first: number; readonly last: number } | null): string => {
  if (ports === null) return "";
  return ports.first === ports.last ? `:${ports.first}` : `:${ports.first}-${ports.last}`;
};

/** What a packet's address becomes; null: it stays. */
function changed(
  action: Action,
): { readonly end: "source" | "destination"; readonly to: string } | null {
  switch (action.kind) {
    case "dnat":
    case "snat": {
      const first = action.addresses?.first ?? "";
      const address = first.includes(":") ? `[${first}]` : first;
      const to = `${address}${portsText(action.ports)}`;
      return to === "" ? null : { end: action.kind === "dnat" ? "destination" : "source", to };
    }
    default:
      return null;
  }
}

function Changes({ parts }: { readonly parts: HomedRule["rule"]["parts"] }) {
  const words = useWords();
  const actions = parts.filter((part) => part.part === "action");
  const masquerades = actions.some(({ kind }) => kind === "masquerade");
  const redirects = actions.some(({ kind }) => kind === "redirect");
  return (
    <>
      {actions.flatMap((action) => {
        const change = changed(action);
        return change === null
          ? []
          : [
              <Field key={change.to} name={words(`rules.changes.${change.end}`)}>
                <Mono>→ {visible(change.to)}</Mono>
              </Field>,
            ];
      })}
      <Field name={words("rules.changes.source")}>
        {masquerades && words("rules.changes.masquerade")}
      </Field>
      <Field name={words("rules.changes.destination")}>
        {redirects && words("rules.changes.redirect")}
      </Field>
    </>
  );
}

function Facts({ table, chain, rule }: HomedRule) {
  const words = useWords();
  const locale = useReaderLocale();
  const { madeBy, counters, comment } = rule;
  return (
    <FieldList>
      <Field name={words("rules.table")}>
        <Mono>{tableText(table.backend, table.family, table.name)}</Mono>
      </Field>
      <Field name={words("rules.chain")}>
        <Mono>{visible(chain.name)}</Mono> {rule.place}/{chain.rules.length}
      </Field>
      <Field name={words("rules.hook")}>
        {chain.base &&
          words("rules.baseOf", {
            hook: chain.base.hook,
            priority: priorityText(chain.base.priority),
          })}
      </Field>
      <Field name={words("rules.handle")}>
        {rule.handle !== null && <Mono>{rule.handle}</Mono>}
      </Field>
      <Field name={words("rules.counted")}>
        {counters === null
          ? words("rules.uncounted")
          : words("rules.packetsBytes", {
              packets: exactly(counters.packets, locale),
              bytes: exactly(counters.bytes, locale),
            })}
      </Field>
      <Field name={words("rules.madeBy")}>
        {makerName(words, madeBy.who)}
        {madeBy.because !== "nothing" && (
          <span className="block text-[12px] leading-4.5 text-muted">
            {words(`rules.because.${madeBy.because}`)}
          </span>
        )}
      </Field>
      <Field name={words("rules.comment")}>{comment !== null && visible(comment)}</Field>
      <Changes parts={rule.parts} />
    </FieldList>
  );
}

/** One rule: where it stands, its own words, how often it was met, who made it, what it makes of a packet. */
export function RulePanel({ of }: { readonly of: Key }) {
  const words = useWords();
  const { rulesIn, show } = useWorkbench();
  const rules = useRules(rulesIn);
  return (
    <FetchedPart fetched={rules}>
      {({ firewall }) => {
        const found = ruleWithKey(firewall, of);
        if (found === null) {
          return <p className="pr-9 text-[13px] leading-5">{words("rules.gone")}</p>;
        }
        const text = textOf(found.table, found.chain.name, found.rule);
        return (
          <>
            <PanelHead
              kind={words("rules.kindOf")}
              name={`${visible(found.chain.name)} ${found.rule.place}`}
              mono
            />
            <div className="mb-4 flex items-start gap-1 rounded-md border border-edge bg-inset pl-2.5">
              <code
                translate="no"
                className="min-w-0 flex-1 py-1.5 font-mono text-[12px] leading-4.5 break-words"
              >
                {text}
              </code>
              <CopyButton text={text} label={words("rules.copy")} />
            </div>
            <Facts {...found} />
            <Button className="mt-4" onClick={() => show("rules", of)}>
              {words("ports.showRule")}
            </Button>
            <div className="mt-4">
              <QuoteSection
                title={words("inspector.kernelSaid")}
                evidence={[found.rule.evidence, found.chain.evidence]}
              />
            </div>
          </>
        );
      }}
    </FetchedPart>
  );
}
