"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { remember } from "@/components/ui/cookie";
import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useTheme } from "@/components/ui/use-theme";
import { Brand } from "@/components/workbench/brand";
import { LanguageMenu, ThemeMenu } from "@/components/workbench/reader-menus";
import type { HostEntry } from "@/lib/hosts/entry";
import { locales } from "@/lib/messages/keys";
import { HostMenu } from "./host-menu";

/** The header of pages without a picture. `host`: the one that the page is about; null: all. */
export function PlainHeader({
  host,
  hosts,
  theme,
}: {
  readonly host: string | null;
  readonly hosts: readonly HostEntry[];
  readonly theme: ThemeChoice;
}) {
  const router = useRouter();
  const path = usePathname();
  const query = useSearchParams();
  const linked = query.get("lang");
  // A link that names a language is a choice too.
  useEffect(() => {
    const locale = locales.find((each) => each === linked);
    if (locale !== undefined) remember("vethscope-lang", locale);
  }, [linked]);
  const { choice, choose } = useTheme(theme);
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-edge bg-panel px-3 py-2 sm:px-4">
      <Brand />
      <HostMenu host={host} hosts={hosts} />
      <div className="ml-auto flex items-center gap-2">
        <LanguageMenu
          onChoose={(locale) => {
            remember("vethscope-lang", locale);
            if (linked !== null) router.replace(withoutLanguage(path, query));
            router.refresh();
          }}
        />
        <ThemeMenu choice={choice} onChoose={choose} />
      </div>
    </header>
  );
}

const withoutLanguage = (path: string, query: URLSearchParams): string => {
  const rest = new URLSearchParams([...query].filter(([name]) => name !== "lang"));
  return rest.size === 0 ? path : `${path}?${rest}`;
};
