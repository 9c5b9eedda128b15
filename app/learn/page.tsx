import type { Metadata } from "next";
import { cookies } from "next/headers";
import { reader } from "@/app/reader";
import { LearnIndex } from "@/components/learn/index-page";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { noteHost } from "@/server/hosts/note-answers";
import { runtime } from "@/server/runtime";
import { type Query, single } from "./query";

type Props = { readonly searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const words = wordsIn((await reader()).locale);
  return { title: words("page.title", { host: words("learn.title") }) };
}

/** All notes. `?host` and `?sel`: where the reader came from. */
export default async function Page({ searchParams }: Props) {
  const [{ locale, theme }, query, kept] = await Promise.all([reader(), searchParams, cookies()]);
  const { hosts } = runtime();
  const selected = single(query, "sel");
  return (
    <LearnIndex
      hosts={hosts.list()}
      from={{
        host: noteHost(hosts, single(query, "host"), kept.get("vethscope-host")?.value),
        selected: selected === undefined ? null : key(selected),
      }}
      locale={locale}
      theme={theme}
    />
  );
}
