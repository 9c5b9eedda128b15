"use client";

import { Languages, Monitor, Moon, type Server, Sun } from "lucide-react";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { type ThemeChoice, themeChoices } from "@/components/ui/theme-choice";
import { useReaderLocale, useWords } from "@/components/ui/words";
import type { Locale, MessageKey } from "@/lib/messages/keys";

const themeLooks = {
  system: { text: "header.themeSystem", icon: Monitor },
  light: { text: "header.themeLight", icon: Sun },
  dark: { text: "header.themeDark", icon: Moon },
} as const satisfies Record<ThemeChoice, { text: MessageKey; icon: typeof Server }>;

/** Languages are called by their own names, so that one finds one's own in a foreign page. */
const languages: readonly {
  readonly value: Locale;
  readonly text: string;
  readonly short: string;
  readonly lang: string;
}[] = [
  { value: "en", text: "English", short: "EN", lang: "en" },
  { value: "zh-CN", text: "简体中文", short: "中", lang: "zh-CN" },
];

export function ThemeMenu({
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

export function LanguageMenu({ onChoose }: { readonly onChoose: (locale: Locale) => void }) {
  const words = useWords();
  const locale = useReaderLocale();
  const here = languages.find(({ value }) => value === locale);
  return (
    <ChoiceMenu
      label={`${words("header.language")}: ${here?.short} ${here?.text}`}
      value={locale}
      choices={languages}
      onChoose={onChoose}
    >
      <Languages size={15} aria-hidden />
      <span aria-hidden>{here?.short}</span>
    </ChoiceMenu>
  );
}
