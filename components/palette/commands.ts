import type { ThemeChoice } from "@/components/ui/theme-choice";
import type { UrlState } from "@/components/workbench/url-state";
import type { Locale, MessageKey } from "@/lib/messages/keys";
import { locales } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";
import { wordsIn } from "@/lib/messages/words";

/** Something that the page can do, by its name in each language. */
export type Command = {
  readonly id: string;
  readonly text: string;
  /** In every language, in lower case: one searches in one's own whatever the page speaks. */
  readonly names: string;
  /** The key that does the same. */
  readonly key: string | null;
  readonly run: () => void;
};

/** What commands act on. */
export type Deeds = {
  readonly state: UrlState;
  readonly change: (changes: Partial<UrlState>) => void;
  readonly onView: (view: "graph" | "table" | "ports" | "rules" | "diagnose") => void;
  readonly onTheme: (theme: ThemeChoice) => void;
  readonly onLocale: (locale: Locale) => void;
  readonly onHelp: () => void;
  readonly onClear: () => void;
  /** null: what is shown cannot be read again. */
  readonly onRefresh: (() => void) | null;
  /** Opens the dialog in which it is saved or sent. */
  readonly onSave: (kind: "svg" | "png" | "link") => void;
  readonly onCopyLink: () => void;
  readonly onHosts: () => void;
  readonly onOpen: () => void;
};

type Deed = readonly [message: MessageKey, key: string | null, run: () => void];

const both = locales.map(wordsIn);

const named = (words: Words, [message, key, run]: Deed): Command => ({
  id: message,
  text: words(message),
  names: both
    .map((say) => say(message))
    .join("\n")
    .toLowerCase(),
  key,
  run,
});

/** Languages are called by their own names. */
const languages: readonly (readonly [Locale, string])[] = [
  ["en", "English"],
  ["zh-CN", "简体中文"],
];

const languageCommands = ({ onLocale }: Deeds): readonly Command[] =>
  languages.map(([locale, text]) => ({
    id: `language ${locale}`,
    text,
    names: `${text} ${both.map((say) => say("header.language")).join(" ")}`.toLowerCase(),
    key: null,
    run: () => onLocale(locale),
  }));

const pictureDeeds = ({ state, change, onSave }: Deeds): readonly Deed[] => [
  state.orientation === "rails"
    ? ["palette.do.textbook", "o", () => change({ orientation: "textbook" })]
    : ["palette.do.rails", "o", () => change({ orientation: "rails" })],
  ["palette.do.groupNetwork", null, () => change({ group: "network" })],
  ["palette.do.groupProject", null, () => change({ group: "project" })],
  ["palette.do.groupNone", null, () => change({ group: "none" })],
  state.stopped
    ? ["palette.do.hideStopped", null, () => change({ stopped: false })]
    : ["palette.do.showStopped", null, () => change({ stopped: true })],
  ["share.open", "s", () => onSave("png")],
  ["palette.do.saveSvg", null, () => onSave("svg")],
  ["palette.do.savePng", null, () => onSave("png")],
];

/** Everything that the page can do now, in the order in which it is listed. */
export const commandsOf = (words: Words, deeds: Deeds): readonly Command[] => [
  ...(
    [
      ["palette.do.graph", "g", () => deeds.onView("graph")],
      ["palette.do.table", "t", () => deeds.onView("table")],
      ["palette.do.ports", "P", () => deeds.onView("ports")],
      ["palette.do.rules", "R", () => deeds.onView("rules")],
      ["palette.do.diagnose", "d", () => deeds.onView("diagnose")],
      ["palette.do.hosts", null, deeds.onHosts],
      ["open.title", null, deeds.onOpen],
      ["palette.do.copyLink", null, deeds.onCopyLink],
      ...(deeds.onRefresh === null
        ? []
        : [["palette.do.refresh", null, deeds.onRefresh] satisfies Deed]),
      ["palette.do.clear", "Esc", deeds.onClear],
      ["palette.do.keys", "?", deeds.onHelp],
      ...pictureDeeds(deeds),
      ["palette.do.themeSystem", null, () => deeds.onTheme("system")],
      ["palette.do.themeLight", null, () => deeds.onTheme("light")],
      ["palette.do.themeDark", null, () => deeds.onTheme("dark")],
    ] satisfies readonly Deed[]
  ).map((deed) => named(words, deed)),
  ...languageCommands(deeds),
];

/** Those whose name holds every word that was typed, in any language. */
export const matching = (commands: readonly Command[], typed: string): readonly Command[] => {
  const wanted = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  return commands.filter(({ names }) => wanted.every((word) => names.includes(word)));
};
