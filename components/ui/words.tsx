"use client";

import type { ReactNode } from "react";
import { IntlProvider, useLocale, useTranslations } from "use-intl/react";
import en from "@/lib/messages/en.json";
import type { Locale } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";
import zh from "@/lib/messages/zh-CN.json";
import { LiveMark } from "./live-mark";

const catalogues = { en, "zh-CN": zh };

/** Both catalogues are in the bundle (a few kB each), so changing the language asks nobody. */
export function WordsProvider({
  locale,
  children,
}: {
  readonly locale: Locale;
  readonly children: ReactNode;
}) {
  return (
    <IntlProvider locale={locale} messages={catalogues[locale]} timeZone="UTC">
      {children}
      <LiveMark />
    </IntlProvider>
  );
}

/** The words of the reader's language, with keys that the compiler knows. */
export const useWords = (): Words => useTranslations() as unknown as Words;

export const useReaderLocale = (): Locale => useLocale() as Locale;
