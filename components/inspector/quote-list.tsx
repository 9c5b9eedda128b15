"use client";

import { Fragment } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { namespacePlace } from "@/components/workbench/place-words";
import type { Evidence } from "@/lib/facts/model";
import type { Quote } from "@/lib/facts/words";
import { printable, shellQuote } from "@/lib/net/shell-quote";
import { useQuotes } from "./use-quotes";

/** The command as one would type it in the namespace that we start from. */
const commandOf = ({ asked, entered }: Quote["answer"]): string => {
  if (asked.kind === "engine") return `GET ${printable(asked.path)}`;
  return shellQuote(entered === null ? asked.argv : ["nsenter", `--net=${entered}`, ...asked.argv]);
};

/** JSON has no spaces to break at; its commas are better than the middle of a word. */
function Printed({ text }: { readonly text: string }) {
  return printable(text)
    .split(/(?<=,)/)
    .map((part, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no name but their place
      <Fragment key={at}>
        {part}
        <wbr />
      </Fragment>
    ));
}

function QuoteView({ quote }: { readonly quote: Quote }) {
  const words = useWords();
  const locale = useReaderLocale();
  const { index } = useWorkbench();
  const { asked, netns, at } = quote.answer;
  const command = commandOf(quote.answer);
  const time = new Date(at).toLocaleTimeString(locale);
  const namespace = netns === null ? null : index.namespaceLabelled(netns);
  const place = namespace === null ? words("place.host") : namespacePlace(words, namespace);
  return (
    <li className="min-w-0">
      <p className="mb-1 text-[12px] text-muted">
        {asked.kind === "engine"
          ? words("check.asked", { time })
          : words("check.ran", { place, time })}
      </p>
      <div className="overflow-hidden rounded-md border border-edge bg-inset">
        <div className="flex items-start gap-1 pr-1 pl-2.5">
          <code
            translate="no"
            className="min-w-0 flex-1 py-1.5 font-mono text-[12px] leading-4.5 break-words whitespace-pre-wrap"
          >
            {asked.kind === "command" && <span className="text-muted select-none"># </span>}
            {command}
          </code>
          <CopyButton text={command} label={words("check.copy")} />
        </div>
        <pre
          translate="no"
          className="max-h-60 overflow-auto border-t border-edge px-2.5 py-1.5 font-mono text-[12px] leading-4.5 break-words whitespace-pre-wrap text-muted"
        >
          {quote.text === null ? words("check.nothing") : <Printed text={quote.text} />}
        </pre>
      </div>
    </li>
  );
}

const saying = {
  loading: "check.loading",
  gone: "check.gone",
  "not-kept": "check.notKept",
  failed: "check.failed",
} as const;

/** Each command behind some evidence, where and when it ran, and the line that it printed. */
export function QuoteList({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const words = useWords();
  const { host, snapshot } = useWorkbench();
  const quotes = useQuotes(host, snapshot, evidence);
  if (quotes.status !== "read") {
    return (
      <p role="status" className="text-[12px] text-muted">
        {words(saying[quotes.status])}
      </p>
    );
  }
  return (
    <ul className="flex flex-col gap-3">
      {quotes.value.map((quote, at) =>
        quote === null ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the answers stand in the order of the evidence
          <li key={at} className="text-[12px] text-muted">
            {words("check.nothing")}
          </li>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the answers stand in the order of the evidence
          <QuoteView key={at} quote={quote} />
        ),
      )}
    </ul>
  );
}
