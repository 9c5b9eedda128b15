"use client";

import Link from "next/link";
import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useWords, WordsProvider } from "@/components/ui/words";
import type { Barrier } from "@/lib/hosts/barrier";
import type { HostEntry } from "@/lib/hosts/entry";
import type { Locale } from "@/lib/messages/keys";
import { Card } from "./card";
import { ChangedKeyCard } from "./changed-key-card";
import { HostKeyCard } from "./host-key-card";
import { PlainHeader } from "./plain-header";
import { RemarkList } from "./remark-list";
import { SecretCard } from "./secret-card";
import { UnreachableCard } from "./unreachable-card";

type Props = {
  readonly host: string;
  readonly hosts: readonly HostEntry[];
  readonly barrier: Barrier;
  readonly locale: Locale;
  readonly theme: ThemeChoice;
};

/** In place of a host's picture: what has to be done or known before there is one. */
export function HostBarrier({ host, hosts, barrier, locale, theme }: Props) {
  return (
    <WordsProvider locale={locale}>
      <div className="flex min-h-dvh flex-col">
        <PlainHeader host={host} hosts={hosts} theme={theme} />
        <main className="flex-1 px-4 py-8 sm:py-12">
          <What host={host} hosts={hosts} barrier={barrier} />
          <AllHosts />
        </main>
      </div>
    </WordsProvider>
  );
}

function What({ host, hosts, barrier }: Pick<Props, "host" | "hosts" | "barrier">) {
  const words = useWords();
  switch (barrier.kind) {
    case "unknown-key":
      return <HostKeyCard key={barrier.fingerprint} host={host} shown={barrier} />;
    case "changed-key":
      return <ChangedKeyCard host={host} shown={barrier} />;
    case "secret":
      return (
        <SecretCard
          key={JSON.stringify(barrier.question)}
          host={host}
          question={barrier.question}
        />
      );
    case "unreachable":
      return <UnreachableCard host={host} barrier={barrier} />;
    case "unusable":
      return (
        <Card title={words("hosts.unusable.title")}>
          <RemarkList remarks={hosts.find(({ id }) => id === host)?.ssh?.remarks ?? []} />
        </Card>
      );
  }
}

function AllHosts() {
  const words = useWords();
  return (
    <p className="mx-auto mt-6 w-full max-w-2xl">
      <Link
        href="/hosts"
        prefetch={false}
        className="rounded-sm text-[13px] text-accent underline underline-offset-3"
      >
        {words("hosts.back")}
      </Link>
    </p>
  );
}
