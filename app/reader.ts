import { cookies, headers } from "next/headers";
import { readThemeChoice, type ThemeChoice } from "@/components/ui/theme-choice";
import { type Locale, locales } from "@/lib/messages/keys";
import { acceptedLocale } from "@/server/access/locale";

/** How a reader wants the page: what the link says (`?lang`), what was chosen before (cookies), what the browser says. */
export type Reader = {
  readonly locale: Locale;
  readonly theme: ThemeChoice;
  /** Of this answer's CSP; the door sets it for every request. */
  readonly nonce: string | undefined;
};

export const reader = async (): Promise<Reader> => {
  const [said, kept] = await Promise.all([headers(), cookies()]);
  // The door sets x-lang from the link; empty: the link names none.
  const chosen = said.get("x-lang") || kept.get("vethscope-lang")?.value;
  return {
    locale:
      locales.find((locale) => locale === chosen) ??
      acceptedLocale(said.get("accept-language") ?? undefined),
    theme: readThemeChoice(kept.get("vethscope-theme")?.value),
    nonce: said.get("x-nonce") ?? undefined,
  };
};
