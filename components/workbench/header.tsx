"use client";

import { RefreshCw, Share2 } from "lucide-react";
import type { ReactNode } from "react";
import { HostMenu } from "@/components/hosts/host-menu";
import { Button } from "@/components/ui/button";
import { Segments } from "@/components/ui/segments";
import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useWords } from "@/components/ui/words";
import type { HostEntry } from "@/lib/hosts/entry";
import type { Locale } from "@/lib/messages/keys";
import { AsOf } from "./as-of";
import { Brand } from "./brand";
import { LanguageMenu, ThemeMenu } from "./reader-menus";
import type { ViewName } from "./url-state";

export type HeaderProps = {
  readonly host: string;
  /** In place of the menu of hosts, where what is shown is none of them; null: it is. */
  readonly file: ReactNode;
  readonly onShare: () => void;
  /** The search field. */
  readonly search: ReactNode;
  readonly hosts: readonly HostEntry[];
  readonly view: ViewName;
  readonly onView: (view: ViewName) => void;
  /** Findings of medium or worse. */
  readonly problems: number;
  readonly at: string;
  readonly recorded: boolean;
  /** It could not be read again since. */
  readonly stale: boolean;
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
      {props.file ?? <HostMenu host={props.host} hosts={props.hosts} />}
      <Segments
        label={words("header.view")}
        value={props.view}
        segments={[
          { value: "graph", text: words("header.graph") },
          { value: "table", text: words("header.table") },
          { value: "ports", text: words("ports.view") },
          { value: "rules", text: words("rules.view") },
          {
            value: "diagnose",
            text: words("diagnose.view"),
            ...(props.problems > 0 && {
              badge: {
                n: props.problems,
                said: words("diagnose.problems", { n: props.problems }),
              },
            }),
          },
        ]}
        onChoose={props.onView}
      />
      {props.search}
      <div className="ml-auto flex items-center gap-2 max-sm:w-full max-sm:justify-end">
        <span className="max-sm:mr-auto">
          <AsOf at={props.at} recorded={props.recorded} stale={props.stale} />
        </span>
        {!props.recorded && (
          <Button
            label={words(props.busy ? "header.refreshing" : "header.refresh")}
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
        <Button label={words("share.open")} className="max-lg:px-0" onClick={props.onShare}>
          <Share2 size={14} aria-hidden />
          <span className="hidden lg:inline">{words("share.button")}</span>
        </Button>
        <LanguageMenu onChoose={props.onLocale} />
        <ThemeMenu choice={props.theme} onChoose={props.onTheme} />
      </div>
    </header>
  );
}
