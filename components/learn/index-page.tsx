"use client";

import Link from "next/link";
import { PlainHeader } from "@/components/hosts/plain-header";
import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useWords, WordsProvider } from "@/components/ui/words";
import type { HostEntry } from "@/lib/hosts/entry";
import { type Group, groupNames, groups, type Term } from "@/lib/learn/terms";
import type { Locale } from "@/lib/messages/keys";
import { type From, noteHref } from "./note-links";
import { RichText } from "./rich-text";

type Props = {
  readonly hosts: readonly HostEntry[];
  readonly from: From;
  readonly locale: Locale;
  readonly theme: ThemeChoice;
};

/** All notes by subject, each with what it says first. */
export function LearnIndex({ locale, ...rest }: Props) {
  return (
    <WordsProvider locale={locale}>
      <Index {...rest} />
    </WordsProvider>
  );
}

function Index({ hosts, from, theme }: Omit<Props, "locale">) {
  const words = useWords();
  return (
    <div className="flex min-h-dvh flex-col">
      <PlainHeader host={from.host} hosts={hosts} theme={theme} />
      <main className="mx-auto w-full max-w-5xl flex-1 px-4 py-8">
        <h1 className="text-[24px] leading-8 font-semibold">{words("learn.title")}</h1>
        <p className="mt-1 text-[14px] leading-6 text-muted">{words("learn.intro")}</p>
        {groupNames.map((group) => (
          <GroupOfNotes key={group} group={group} from={from} />
        ))}
      </main>
    </div>
  );
}

function GroupOfNotes({ group, from }: { readonly group: Group; readonly from: From }) {
  const words = useWords();
  const all: readonly Term[] = groups[group];
  return (
    <section className="mt-8">
      <h2 className="mb-3 text-[15px] font-semibold">{words(`learn.group.${group}`)}</h2>
      <ul className="grid gap-3 sm:grid-cols-2">
        {all.map((term) => (
          <li key={term} className="rounded-lg border border-edge bg-panel p-4">
            <h3 className="text-[14px] font-semibold">
              <Link
                href={noteHref(term, from)}
                prefetch={false}
                className="inline-block rounded-sm py-0.5 text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-current"
              >
                {words(`learn.terms.${term}.title`)}
              </Link>
            </h3>
            <p className="mt-1 text-[13px] leading-6 text-pretty text-muted">
              <RichText text={words(`learn.terms.${term}.lead`)} from={from} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
