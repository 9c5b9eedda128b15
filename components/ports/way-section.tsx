"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { FetchedPart } from "@/components/inspector/fetched-part";
import { exactly, tableText } from "@/components/rules/rules-words";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { visible } from "@/lib/graph/names";
import type { Step } from "@/lib/netfilter/packet";
import type { Way, WayLine } from "@/lib/ports/model";
import type { Family, Table } from "@/lib/topology/firewall/model";
import { endText } from "./port-text";
import { askerWords } from "./reached-words";
import { conditionWords, doubtWords, type Saying, stopWords } from "./reason-words";
import { useWay, type WayEnd } from "./use-way";
import { stepWords } from "./way-words";

const tableOf = ({ backend, family, table }: Step): string =>
  tableText(backend as Table["backend"], family as Family, table);

/** The very rule of this host that was met, and the way to where it stands. */
function MetRule({ step, rule }: { readonly step: Step; readonly rule: WayLine["rule"] }) {
  const words = useWords();
  const locale = useReaderLocale();
  const { show } = useWorkbench();
  const { rule: key } = step;
  return (
    <>
      {rule !== null && (
        <code translate="no" className="block font-mono text-[12px] leading-4.5 break-words">
          {visible(rule.text)}
        </code>
      )}
      <span className="flex flex-wrap gap-x-2 text-[12px] leading-5 text-muted">
        <span translate="no">
          {step.hook} · {tableOf(step)}
        </span>
        {rule?.counters && (
          <span className="tabular-nums">
            {words("rules.packetsOnly", { n: exactly(rule.counters.packets, locale) })}
          </span>
        )}
        {key !== null && (
          <button
            type="button"
            onClick={() => show("rules", key)}
            className="cursor-pointer underline decoration-line underline-offset-3 hover:decoration-current"
          >
            {words("ports.showRule")}
          </button>
        )}
      </span>
    </>
  );
}

function Line({ line: { step, rule }, n }: { readonly line: WayLine; readonly n: number }) {
  const words = useWords();
  const { index } = useWorkbench();
  return (
    <li data-did={step.did} className="flex gap-2.5">
      <span
        aria-hidden
        className="mt-px grid size-5 shrink-0 place-items-center rounded-full border border-edge text-[11px] text-muted tabular-nums"
      >
        {n}
      </span>
      <div className="min-w-0 flex-1 break-words">
        <p>{stepWords({ words, index }, step)}</p>
        {step.did === "met-rule" && <MetRule step={step.step} rule={rule} />}
      </div>
    </li>
  );
}

const tones = { yes: "text-ok", no: "text-bad", "cannot-tell": "text-bad" } as const;

/** How it ends, where that is not the last step itself. */
function Ending({ way: { answer, stop, doubts, conditions, from } }: { readonly way: Way }) {
  const words = useWords();
  const { index } = useWorkbench();
  const saying: Saying = { words, index };
  const phase = stop === null || stop.phase === "first" ? null : stop.phase;
  return (
    <div className="mt-2 pl-7.5 text-[13px] leading-5 break-words">
      <p className={`font-semibold ${tones[answer]}`}>
        {from === null && answer === "yes"
          ? words("ports.wayOut.leaves")
          : words(`ports.answer.${answer}`)}
      </p>
      {stop !== null && (
        <p>
          {phase !== null && `${words(`ports.phase.${phase}`)} `}
          {stopWords(saying, stop.at)}
        </p>
      )}
      {doubts.map((doubt) => (
        <p key={JSON.stringify(doubt)}>{doubtWords(saying, doubt)}</p>
      ))}
      {conditions.map((condition) => (
        <p key={JSON.stringify(condition)} className="text-[12px] leading-4.5 text-muted">
          {conditionWords(saying, condition)}
        </p>
      ))}
      <p className="mt-1 text-[12px] leading-4.5 text-muted">{words("ports.worked")}</p>
    </div>
  );
}

function WayList({ way }: { readonly way: Way }) {
  const words = useWords();
  const { index } = useWorkbench();
  const to = endText(way.to.address, way.to.port);
  return (
    <>
      <p className="mb-2 text-[13px] leading-5 text-muted">
        {way.from === null
          ? words("ports.wayOut.what", { to })
          : words("ports.wayIn.what", { from: askerWords({ words, index }, way), to })}
      </p>
      <ol className="flex flex-col gap-2 text-[13px] leading-5">
        {way.lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place
          <Line key={at} line={line} n={at + 1} />
        ))}
      </ol>
      <Ending way={way} />
    </>
  );
}

/** What the articles tell in general, on this host: the way in to a port, or the way out of a container, step by step. */
export function WaySection({
  end,
  title,
  open: initially = false,
}: {
  readonly end: WayEnd;
  readonly title: string;
  readonly open?: boolean;
}) {
  const [open, setOpen] = useState(initially);
  const way = useWay(end, open);
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      data-way={"into" in end ? "in" : "out"}
      className="group/way border-t border-edge pt-3"
    >
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-1.5 rounded-sm text-[13px] font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          aria-hidden
          className="text-muted transition-transform group-open/way:rotate-90"
        />
        {title}
      </summary>
      <div className="mt-2">
        {open && <FetchedPart fetched={way}>{(value) => <WayList way={value} />}</FetchedPart>}
      </div>
    </details>
  );
}
