import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { reader } from "@/app/reader";
import { FailedHost } from "@/components/hosts/failed-host";
import { hostName } from "@/components/hosts/host-name";
import { SkeletonRails } from "@/components/hosts/skeleton-rails";
import { Workbench } from "@/components/workbench/workbench";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { runtime } from "@/server/runtime";

type Props = {
  readonly params: Promise<{ host: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Known by the list alone, so that an unknown host is a 404 before anything streams. */
const known = (host: string) =>
  runtime()
    .hosts.list()
    .find(({ id }) => id === host);

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const entry = known((await params).host);
  const { lang } = await searchParams;
  const linked = locales.find((locale) => locale === lang);
  const words = wordsIn(linked ?? (await reader()).locale);
  return entry === undefined
    ? {}
    : { title: words("page.title", { host: hostName(words, entry) }) };
}

export default async function Page({ params }: Props) {
  const { host } = await params;
  if (known(host) === undefined) notFound();
  const { locale } = await reader();
  return (
    <Suspense fallback={<SkeletonRails loading={wordsIn(locale)("page.loading")} />}>
      <HostPage host={host} />
    </Suspense>
  );
}

/** The first to come waits for the first reading; the page around it is there already. */
async function HostPage({ host }: { readonly host: string }) {
  const { locale, theme } = await reader();
  const { hosts } = runtime();
  const look = await hosts.snapshot(host);
  if (look.status !== "ready") return <FailedHost locale={locale} why={look.trouble} />;
  const { id, topology } = look.snapshot;
  return (
    <Workbench
      key={host}
      host={host}
      hosts={hosts.list()}
      first={{ snapshot: id, topology }}
      locale={locale}
      theme={theme}
    />
  );
}
