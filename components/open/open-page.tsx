"use client";

import { FileDown, FileJson, FileText, ImageIcon } from "lucide-react";
import { useEffect } from "react";
import { CollectScript } from "@/components/hosts/collect-script";
import { PlainHeader } from "@/components/hosts/plain-header";
import { PasteBox } from "@/components/paste/paste-box";
import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useWords, WordsProvider } from "@/components/ui/words";
import type { HostEntry } from "@/lib/hosts/entry";
import type { Locale } from "@/lib/messages/keys";
import { ChooseFile } from "./choose-file";
import { loadAll } from "./load-all";
import { useOpening } from "./opening-context";

type Props = {
  readonly hosts: readonly HostEntry[];
  readonly locale: Locale;
  readonly theme: ThemeChoice;
};

/** Where somebody else's host opens: from a file, a link or text. */
export function OpenPage({ locale, ...rest }: Props) {
  return (
    <WordsProvider locale={locale}>
      <Open {...rest} />
    </WordsProvider>
  );
}

function Open({ hosts, theme }: Omit<Props, "locale">) {
  const words = useWords();
  const { openFacts, given, takeGiven } = useOpening();
  // From here on the page needs nobody: what opens a file is here before the file is.
  useEffect(loadAll, []);
  return (
    <div className="flex min-h-dvh flex-col">
      <PlainHeader host={null} hosts={hosts} theme={theme} />
      <main className="mx-auto w-full max-w-4xl flex-1 px-4 py-8 sm:py-12">
        <h1 className="text-[24px] leading-8 font-semibold text-balance">{words("open.title")}</h1>
        <p className="mt-2 max-w-2xl text-[14px] leading-6 text-pretty text-muted">
          {words("open.intro")} {words("open.private")}
        </p>
        <FilePart />
        <section className="mt-6 max-w-2xl">
          <h2 className="mb-1 text-[14px] font-medium">{words("open.collect.title")}</h2>
          <CollectScript />
        </section>
        <PasteBox onOpen={openFacts} given={given} onTaken={takeGiven} />
      </main>
    </div>
  );
}

const kinds = [
  { names: ".topo.png .topo.svg", icon: ImageIcon, text: "open.kinds.picture" },
  { names: ".topo.json", icon: FileJson, text: "open.kinds.json" },
  { names: ".facts.json", icon: FileText, text: "open.kinds.facts" },
] as const;

function FilePart() {
  const words = useWords();
  return (
    <section className="mt-8">
      <h2 className="sr-only">{words("open.choose")}</h2>
      <div className="flex flex-col items-center gap-3 rounded-xl border-2 border-dashed border-edge bg-panel px-6 py-10 text-center">
        <FileDown size={28} aria-hidden className="text-muted" />
        <p className="text-[15px] font-medium">{words("open.drop.page")}</p>
        <ChooseFile>{words("open.choose")}</ChooseFile>
      </div>
      <ul className="mt-5 grid gap-x-6 gap-y-3 sm:grid-cols-3">
        {kinds.map(({ names, icon: Icon, text }) => (
          <li key={names} className="flex gap-2.5 text-[13px] leading-5">
            <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-muted" />
            <span>
              <code translate="no" className="font-mono text-[12px]">
                {names}
              </code>
              <span className="block text-muted">{words(text)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
