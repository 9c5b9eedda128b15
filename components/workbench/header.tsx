"use client";

import { Languages, Monitor, Moon, RefreshCw, type Server, Sun } from "lucide-react";
import { HostMenu } from "@/components/hosts/host-menu";
import type { HostEntry } from "@/components/hosts/host-name";
import { Button } from "@/components/ui/button";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { Segments } from "@/components/ui/segments";
import { type ThemeChoice, themeChoices } from "@/components/ui/theme-choice";
import { useReaderLocale, useWords } from "@/components/ui/words";
import type { Locale, MessageKey } from "@/lib/messages/keys";
import { AsOf } from "./as-of";
import { Brand } from "./brand";
import type { ViewName } from "./url-state";

const themeLooks = {
  system: { text: "header.themeSystem", icon: Monitor },
  light: { text: "header.themeLight", icon: Sun },
  dark: { text: "header.themeDark", icon: Moon },
} as const satisfies Record<ThemeChoice, { text: MessageKey; icon: typeof Server }>;

/** Languages are called by their own names, so that one finds one's own in a foreign page. */
const languages: readonly {
  readonly value: Locale;
  readonly text: string;
  readonly lang: string;
}[] = [
  { value: "en", text: "English", lang: "en" },
  { value: "zh-CN", text: "简体中文", lang: "zh-CN" },
];

function ThemeMenu({
  choice,
  onChoose,
}: {
  readonly choice: ThemeChoice;
  readonly onChoose: (choice: ThemeChoice) => void;
}) {
  const words = useWords();
  const Icon = themeLooks[choice].icon;
  return (
    <ChoiceMenu
      label={`${words("header.theme")}: ${words(themeLooks[choice].text)}`}
      value={choice}
      choices={themeChoices.map((value) => ({ value, text: words(themeLooks[value].text) }))}
      onChoose={onChoose}
    >
      <Icon size={15} aria-hidden />
    </ChoiceMenu>
  );
}

function LanguageMenu({ onChoose }: { readonly onChoose: (locale: Locale) => void }) {
  const words = useWords();
  const locale = useReaderLocale();
  return (
    <ChoiceMenu
      label={`${words("header.language")}: ${languages.find(({ value }) => value === locale)?.text}`}
      value={locale}
      choices={languages}
      onChoose={onChoose}
    >
      <Languages size={15} aria-hidden />
      <span aria-hidden>{locale === "en" ? "EN" : "中"}</span>
    </ChoiceMenu>
  );
}

export type HeaderProps = {
  readonly host: string;
  readonly hosts: readonly HostEntry[];
  readonly view: ViewName;
  readonly onView: (view: ViewName) => void;
  readonly at: string;
  readonly recorded: boolean;
  readonly busy: boolean;
  readonly onRefresh: () => void;
  readonly onLocale: (locale: Locale) => void;
  readonly theme: ThemeChoice;
  readonly onTheme: (theme: ThemeChoice) => void;
};

/** Which host, which view, how old, and how the page itself looks. Nothing else. */
export function Header(props: HeaderProps) {
  const words = useWords();
  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-edge bg-panel px-3 py-2 sm:gap-x-3 sm:px-4">
      <Brand />
      <HostMenu host={props.host} hosts={props.hosts} />
      <Segments
        label={words("header.view")}
        value={props.view}
        segments={[
          { value: "graph", text: words("header.graph") },
          { value: "table", text: words("header.table") },
        ]}
        onChoose={props.onView}
      />
      <div className="ml-auto flex items-center gap-2 max-sm:w-full max-sm:justify-end">
        <span className="max-sm:mr-auto">
          <AsOf at={props.at} recorded={props.recorded} />
        </span>
        {!props.recorded && (
          <Button
            label={words("header.refresh")}
            aria-busy={props.busy}
            disabled={props.busy}
            onClick={props.onRefresh}
          >
            <RefreshCw
              size={14}
              aria-hidden
              className={props.busy ? "motion-safe:animate-spin" : ""}
            />
            <span className="hidden lg:inline">
              {words(props.busy ? "header.refreshing" : "header.refresh")}
            </span>
          </Button>
        )}
        <LanguageMenu onChoose={props.onLocale} />
        <ThemeMenu choice={props.theme} onChoose={props.onTheme} />
      </div>
    </header>
  );
}
