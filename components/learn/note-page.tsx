"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { hostName } from "@/components/hosts/host-name";
import { PlainHeader } from "@/components/hosts/plain-header";
import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useWords, WordsProvider } from "@/components/ui/words";
import type { HostEntry } from "@/lib/hosts/entry";
import type { NoteText } from "@/lib/learn/note";
import { neighbours, type Term } from "@/lib/learn/terms";
import type { Locale } from "@/lib/messages/keys";
import type { Key } from "@/lib/net/ids";
import { type Answers, HostAnswers } from "./host-answers";
import { type From, hostHref, noteHref } from "./note-links";
import { RichText } from "./rich-text";

type Props = {
  readonly term: Term;
  readonly text: NoteText;
  /** SVG of our own renderer, for wide and for narrow windows. */
  readonly drawing: { readonly wide: string; readonly narrow: string };
  readonly answers: Answers;
  readonly hosts: readonly HostEntry[];
  /** What was selected where the reader came from. */
  readonly selected: Key | null;
  readonly locale: Locale;
  readonly theme: ThemeChoice;
};

/** One note: what a word means, drawn, and what the reader's own host says about it. */
export function NotePage({ locale, ...rest }: Props) {
  return (
    <WordsProvider locale={locale}>
      <Note {...rest} />
    </WordsProvider>
  );
}

const link = "rounded-sm text-accent underline underline-offset-3";

function Note({ term, text, drawing, answers, hosts, selected, theme }: Omit<Props, "locale">) {
  const words = useWords();
  const from: From = { host: answers.host, selected };
  const entry = hosts.find(({ id }) => id === answers.host);
  const title = words(`learn.terms.${term}.title`);
  return (
    <div className="flex min-h-dvh flex-col">
      <PlainHeader host={answers.host} hosts={hosts} theme={theme} />
      <main className="mx-auto w-full max-w-4xl flex-1 px-4 py-6 sm:py-8">
        <nav
          aria-label={words("learn.title")}
          className="mb-6 flex flex-wrap items-center justify-between gap-x-5 gap-y-2 text-[13px]"
        >
          <Link
            href={hostHref(answers.host, selected)}
            className={`inline-flex items-center gap-1.5 ${link}`}
          >
            <ArrowLeft size={14} aria-hidden />
            {words("learn.backTo", {
              host: entry === undefined ? answers.host : hostName(words, entry),
            })}
          </Link>
          <Link href={noteHref(null, from)} className={link}>
            {words("learn.all")}
          </Link>
        </nav>
        <article>
          <h1 className="text-[24px] leading-8 font-semibold text-balance">{title}</h1>
          <p className="mt-3 max-w-[68ch] text-[16px] leading-7 text-pretty">
            <RichText text={words(`learn.terms.${term}.lead`)} from={from} />
          </p>
          <Part title={words("learn.why")}>
            <Paragraph text={text.why} from={from} />
          </Part>
          <Part title={words("learn.picture")}>
            <Paragraph text={text.picture} from={from} />
            <Drawing {...drawing} />
          </Part>
          <Part title={words("learn.wrong")}>
            <Mistakes wrong={text.wrong} from={from} />
          </Part>
          <Part title={words("learn.byHand")}>
            <Paragraph text={text.hand} from={from} />
            <div className="mt-5">
              <HostAnswers term={term} answers={answers} hosts={hosts} />
            </div>
          </Part>
        </article>
        <BeforeAndAfter term={term} from={from} />
      </main>
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mt-8">
      <h2 className="mb-2 text-[17px] leading-6 font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Paragraph({ text, from }: { readonly text: string; readonly from: From }) {
  return (
    <p className="max-w-[72ch] text-[14px] leading-7 text-pretty">
      <RichText text={text} from={from} />
    </p>
  );
}

const svg = (text: string) => ({ __html: text });

/** A wide drawing scrolls within its own frame, so that the page does not. */
function Drawing({ wide, narrow }: Props["drawing"]) {
  const words = useWords();
  const frame =
    "mt-4 overflow-x-auto rounded-lg border border-edge bg-canvas p-2 [&>svg]:mx-auto sm:p-3";
  return (
    <figure>
      <section
        aria-label={words("learn.picture")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className={`hidden sm:block ${frame}`}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by lib/render from our own sketches, every text escaped
        dangerouslySetInnerHTML={svg(wide)}
      />
      <section
        aria-label={words("learn.picture")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        className={`sm:hidden ${frame}`}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by lib/render from our own sketches, every text escaped
        dangerouslySetInnerHTML={svg(narrow)}
      />
      <figcaption className="mt-1.5 text-[12px] text-muted">{words("learn.drawn")}</figcaption>
    </figure>
  );
}

function Mistakes({ wrong, from }: { readonly wrong: NoteText["wrong"]; readonly from: From }) {
  return (
    <dl className="grid gap-3 sm:grid-cols-2">
      {wrong.map(({ claim, truth }) => (
        <div key={claim} className="rounded-lg border border-edge bg-panel p-3.5">
          <dt className="flex gap-2 text-[13px] leading-6 font-semibold">
            <span aria-hidden className="text-bad">
              ✕
            </span>
            <span>
              <RichText text={claim} from={from} />
            </span>
          </dt>
          <dd className="mt-1 flex gap-2 text-[13px] leading-6">
            <span aria-hidden className="text-ok">
              ✓
            </span>
            <span>
              <RichText text={truth} from={from} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function BeforeAndAfter({ term, from }: { readonly term: Term; readonly from: From }) {
  const words = useWords();
  const { before, after } = neighbours(term);
  const titled = (other: Term) => words(`learn.terms.${other}.title`);
  return (
    <nav
      aria-label={words("learn.nav")}
      className="mt-12 flex flex-wrap justify-between gap-x-6 gap-y-2 border-t border-edge pt-4 text-[13px]"
    >
      {before && (
        <Link href={noteHref(before, from)} className={link} prefetch={false}>
          {words("learn.before", { title: titled(before) })}
        </Link>
      )}
      {after && (
        <Link href={noteHref(after, from)} className={`ml-auto ${link}`} prefetch={false}>
          {words("learn.after", { title: titled(after) })}
        </Link>
      )}
    </nav>
  );
}
