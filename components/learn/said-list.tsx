"use client";

import { Fragment } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { useHydrated } from "@/components/ui/hydrated";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { namespacePlace } from "@/components/workbench/place-words";
import type { Said } from "@/lib/learn/said";
import { printable } from "@/lib/net/shell-quote";

type Answered = Exclude<Said["answer"], "none" | null>;

const pre =
  "overflow-x-auto px-3 py-2 font-mono text-[12px] leading-5 break-words whitespace-pre-wrap";

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

/** By the reader's clock, which the server does not know. */
const useTime = (at: string): string => {
  const locale = useReaderLocale();
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "medium",
    ...(useHydrated() ? {} : { timeZone: "UTC" }),
  });
  return format.format(new Date(at));
};

/** When and where it was asked; and the question itself, where that is not what one would type. */
function Asked({ typed, answer }: { readonly typed: string; readonly answer: Answered }) {
  const words = useWords();
  const time = useTime(answer.at);
  const { netns } = answer;
  if (answer.asked === typed) {
    const place = netns === null ? words("place.host") : namespacePlace(words, netns);
    return (
      <p className="border-t border-edge px-3 py-1.5 text-[12px] leading-5 text-muted">
        {words("check.ran", { place, time })}
      </p>
    );
  }
  const intro = () => {
    if (answer.of === "engine") return words("learn.askedEngine", { time });
    return netns === null
      ? words("learn.askedMachine", { time })
      : words("learn.asked", { place: namespacePlace(words, netns), time });
  };
  return (
    <div className="border-t border-edge px-3 py-1.5 text-[12px] leading-5 text-muted">
      <p>{intro()}</p>
      <code
        translate="no"
        data-asked
        className="block max-h-24 overflow-auto font-mono break-words whitespace-pre-wrap"
      >
        {printable(answer.asked)}
      </code>
    </div>
  );
}

function Answer({ typed, answer }: Said) {
  const words = useWords();
  if (answer === null || answer === "none") {
    return (
      <p className="border-t border-edge px-3 py-2 text-[12px] leading-5 text-muted">
        {words(answer === null ? "learn.notAsked" : "learn.none")}
      </p>
    );
  }
  return (
    <>
      <Asked typed={typed} answer={answer} />
      <pre translate="no" data-answer className={`border-t border-edge bg-inset ${pre}`}>
        <Printed text={answer.text} />
      </pre>
      {answer.left > 0 && (
        <p className="border-t border-edge bg-inset px-3 py-1 text-[12px] text-muted">
          {words("learn.left", { n: answer.left })}
        </p>
      )}
    </>
  );
}

/** Commands to type, and beside each what the host answered to the same question. */
export function SaidList({ said }: { readonly said: readonly Said[] }) {
  const words = useWords();
  return (
    <ol className="flex flex-col gap-4">
      {said.map(({ typed, answer }) => (
        <li key={typed} className="min-w-0 overflow-hidden rounded-lg border border-edge bg-panel">
          <div className="flex items-start gap-1 pr-1">
            <code translate="no" data-typed className={`min-w-0 flex-1 ${pre}`}>
              <span className="text-muted select-none"># </span>
              {typed}
            </code>
            <span className="pt-1">
              <CopyButton text={typed} label={words("check.copy")} />
            </span>
          </div>
          <Answer typed={typed} answer={answer} />
        </li>
      ))}
    </ol>
  );
}
