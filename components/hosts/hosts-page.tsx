"use client";

import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useWords, WordsProvider } from "@/components/ui/words";
import type { HostEntry, Remark } from "@/lib/hosts/entry";
import type { Locale } from "@/lib/messages/keys";
import { AddHost } from "./add-host";
import { HostList } from "./host-list";
import { PlainHeader } from "./plain-header";
import { RemarkList } from "./remark-list";

type Props = {
  readonly hosts: readonly HostEntry[];
  readonly remarks: readonly Remark[];
  readonly locale: Locale;
  readonly theme: ThemeChoice;
};

/** All hosts, and how to add one. */
export function HostsPage({ locale, ...rest }: Props) {
  return (
    <WordsProvider locale={locale}>
      <Hosts {...rest} />
    </WordsProvider>
  );
}

function Hosts({ hosts, remarks, theme }: Omit<Props, "locale">) {
  const words = useWords();
  return (
    <div className="flex min-h-dvh flex-col">
      <PlainHeader host={null} hosts={hosts} theme={theme} />
      <main className="mx-auto flex w-full max-w-5xl flex-1 flex-col gap-6 px-4 py-8">
        <div>
          <h1 className="text-[20px] leading-7 font-semibold">{words("hosts.list.title")}</h1>
          <p className="mt-1 text-[14px] leading-6 text-muted">{words("hosts.list.intro")}</p>
        </div>
        <HostList hosts={hosts} />
        <AddHost />
        {remarks.length > 0 && (
          <section className="rounded-xl border border-edge bg-panel p-5">
            <h2 className="mb-3 text-[15px] font-semibold">{words("hosts.config.title")}</h2>
            <RemarkList remarks={remarks} />
          </section>
        )}
      </main>
    </div>
  );
}
