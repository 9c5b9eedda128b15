import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound, permanentRedirect } from "next/navigation";
import { type Query, single } from "@/app/learn/query";
import { reader } from "@/app/reader";
import { NotePage } from "@/components/learn/note-page";
import { drawingOf } from "@/lib/learn/drawings";
import { notes } from "@/lib/learn/notes";
import { type Term, termOf } from "@/lib/learn/terms";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { noteAnswers, noteHost } from "@/server/hosts/note-answers";
import { runtime } from "@/server/runtime";

type Props = {
  readonly params: Promise<{ term: string }>;
  readonly searchParams: Promise<Query>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const term = termOf((await params).term);
  const words = wordsIn((await reader()).locale);
  return term === null
    ? {}
    : { title: words("learn.page", { title: words(`learn.terms.${term}.title`) }) };
}

/** What else a thing is called leads to its note, with the rest of the address. */
const known = (name: string, query: Query): Term => {
  const term = termOf(name);
  if (term === null) notFound();
  if (term === name) return term;
  const rest = new URLSearchParams(
    Object.keys(query).flatMap((each) => {
      const value = single(query, each);
      return value === undefined ? [] : [[each, value]];
    }),
  );
  permanentRedirect(`/learn/${term}${rest.size === 0 ? "" : `?${rest}`}`);
};

/** `?host`: whose answers stand beside the commands; else the host last looked at, else the sample. */
export default async function Page({ params, searchParams }: Props) {
  const [{ term: name }, query, kept] = await Promise.all([params, searchParams, cookies()]);
  const term = known(name, query);
  const { locale, theme } = await reader();
  const { hosts } = runtime();
  const host = noteHost(hosts, single(query, "host"), kept.get("vethscope-host")?.value);
  const wanted = single(query, "sel");
  const selected = wanted === undefined ? null : key(wanted);
  const words = wordsIn(locale);
  return (
    <NotePage
      term={term}
      text={notes[term][locale]}
      drawing={drawingOf(term, words(`learn.terms.${term}.title`), words)}
      answers={await noteAnswers(hosts, host, term, selected)}
      hosts={hosts.list()}
      selected={selected}
      locale={locale}
      theme={theme}
    />
  );
}
