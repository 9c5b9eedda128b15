"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { gapWords } from "@/components/workbench/gap-words";
import type { Opened, OpenedQuestion, OpenedValue } from "@/lib/details/model";
import type { Key } from "@/lib/net/ids";
import { printable } from "@/lib/net/shell-quote";
import { FetchedPart } from "./fetched-part";
import { useOpened } from "./use-details";

type Of<Question extends OpenedQuestion> = Extract<OpenedValue, { readonly question: Question }>;

const isOf = <Question extends OpenedQuestion>(
  value: OpenedValue,
  question: Question,
): value is Of<Question> => value.question === question;

function Answer<Question extends OpenedQuestion>({
  opened,
  question,
  again,
  children,
}: {
  readonly opened: Opened;
  readonly question: Question;
  readonly again: () => void;
  readonly children: (value: Of<Question>) => ReactNode;
}) {
  const words = useWords();
  const locale = useReaderLocale();
  const { index } = useWorkbench();
  if (opened.status === "not-recorded") {
    return <p className="text-[13px] text-muted">{words("inspector.opened.notRecorded")}</p>;
  }
  if (opened.status === "missing") {
    const { what, next } = gapWords(words, index, opened.gap);
    return (
      <p className="text-[13px] leading-5 break-words">
        {what}. <span className="text-muted">{next}</span>
      </p>
    );
  }
  const { value, command, at } = opened;
  return (
    <>
      {isOf(value, question) && children(value)}
      <div className="mt-2 flex items-center gap-1 text-[12px] text-muted">
        <span className="min-w-0 flex-1">
          {words("inspector.opened.askedAt", { time: new Date(at).toLocaleTimeString(locale) })}
        </span>
        <CopyButton text={command} label={words("check.copy")} />
        {index.topology.host.source === "live" && (
          <Button look="quiet" className="h-7 px-1.5 text-[12px]" onClick={again}>
            {words("inspector.opened.again")}
          </Button>
        )}
      </div>
      <code translate="no" className="block font-mono text-[11px] leading-4 break-words text-muted">
        {printable(command)}
      </code>
    </>
  );
}

/** A part of a panel for which the host is asked when it opens, and not before. */
export function OpenedSection<Question extends OpenedQuestion>({
  title,
  question,
  of,
  children,
}: {
  readonly title: string;
  readonly question: Question;
  readonly of: Key;
  readonly children: (value: Of<Question>) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const [times, setTimes] = useState(0);
  const fetched = useOpened(question, of, open, times);
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group/opened border-t border-edge pt-3"
    >
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-1.5 rounded-sm text-[13px] font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          aria-hidden
          className="text-muted transition-transform group-open/opened:rotate-90"
        />
        {title}
      </summary>
      <div className="mt-2">
        {open && (
          <FetchedPart fetched={fetched}>
            {(opened) => (
              <Answer opened={opened} question={question} again={() => setTimes(times + 1)}>
                {children}
              </Answer>
            )}
          </FetchedPart>
        )}
      </div>
    </details>
  );
}
