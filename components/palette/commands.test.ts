import { expect, test } from "vitest";
import { readUrl } from "@/components/workbench/url-state";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { type Command, commandsOf, type Deeds, matching } from "./commands";

/** What was done, in order. */
const recorder = () => {
  const done: string[] = [];
  const deeds: Deeds = {
    state: readUrl(new URLSearchParams()),
    change: (changes) => done.push(JSON.stringify(changes)),
    onView: (view) => done.push(view),
    onTheme: (theme) => done.push(theme),
    onLocale: (locale) => done.push(locale),
    onHelp: () => done.push("help"),
    onClear: () => done.push("clear"),
    onRefresh: null,
    onSave: (kind) => done.push(kind),
    onCopyLink: () => done.push("link"),
    onHosts: () => done.push("hosts"),
    onOpen: () => done.push("open"),
  };
  return { done, deeds };
};

const ids = (commands: readonly Command[]) => commands.map(({ id }) => id);

test.each(locales)("in a page in %s a command is found in either language", (locale) => {
  const commands = commandsOf(wordsIn(locale), recorder().deeds);
  expect(ids(matching(commands, "theme dark"))).toEqual(["palette.do.themeDark"]);
  expect(ids(matching(commands, "深色"))).toEqual(["palette.do.themeDark"]);
  expect(ids(matching(commands, "语言"))).toEqual(["language en", "language zh-CN"]);
  expect(ids(matching(commands, "TABLE"))).toContain("palette.do.table");
});

test("each does what it says", () => {
  const { done, deeds } = recorder();
  for (const { run } of commandsOf(wordsIn("en"), deeds)) run();
  expect(done).toEqual([
    "graph",
    "table",
    "ports",
    "rules",
    "diagnose",
    "hosts",
    "open",
    "link",
    "clear",
    "help",
    '{"orientation":"textbook"}',
    '{"group":"network"}',
    '{"group":"project"}',
    '{"group":"none"}',
    '{"stopped":true}',
    "png",
    "svg",
    "png",
    "system",
    "light",
    "dark",
    "en",
    "zh-CN",
  ]);
});

test("what is so already is offered the other way round", () => {
  const { deeds } = recorder();
  const state = { ...deeds.state, orientation: "textbook" as const, stopped: true };
  const offered = ids(commandsOf(wordsIn("en"), { ...deeds, state }));
  expect(offered).toContain("palette.do.rails");
  expect(offered).toContain("palette.do.hideStopped");
  expect(offered).not.toContain("palette.do.textbook");
});

test("a recording cannot be read again, a host can", () => {
  const { deeds } = recorder();
  const offered = (onRefresh: Deeds["onRefresh"]) =>
    ids(commandsOf(wordsIn("en"), { ...deeds, onRefresh }));
  expect(offered(null)).not.toContain("palette.do.refresh");
  expect(offered(() => undefined)).toContain("palette.do.refresh");
});
