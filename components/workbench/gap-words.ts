import type { Gap } from "@/lib/facts/model";
import { shortened, visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";
import { namespacePlace } from "./place-words";
import type { TopologyIndex } from "./topology-index";

/** A gap for people: what happened, where (one place or several), what to do next. */
export type GapWords = {
  readonly what: string;
  readonly where: readonly string[];
  readonly next: string;
};

const whatHappened: Readonly<Record<Gap["reason"], MessageKey>> = {
  "command-missing": "gap.commandMissing.what",
  "permission-denied": "gap.permissionDenied.what",
  failed: "gap.failed.what",
  "timed-out": "gap.timedOut.what",
  cut: "gap.cut.what",
  "unreadable-output": "gap.unreadableOutput.what",
  "broken-off": "gap.brokenOff.what",
  "netns-gone": "gap.netnsGone.what",
  "netns-new": "gap.netnsNew.what",
  "netns-unreachable": "gap.netnsUnreachable.what",
  "no-engine": "gap.noEngine.what",
  "engine-denied": "gap.engineDenied.what",
  "engine-silent": "gap.engineSilent.what",
  "engine-error": "gap.engineError.what",
  "engine-not-asked": "gap.engineNotAsked.what",
  "engine-only": "gap.engineOnly.what",
  "no-linux": "gap.noLinux.what",
  "no-shell": "gap.noShell.what",
};

const whatNext: Readonly<Record<Gap["reason"], MessageKey>> = {
  "command-missing": "gap.commandMissing.next",
  "permission-denied": "gap.permissionDenied.next",
  failed: "gap.failed.next",
  "timed-out": "gap.timedOut.next",
  cut: "gap.cut.next",
  "unreadable-output": "gap.unreadableOutput.next",
  "broken-off": "gap.brokenOff.next",
  "netns-gone": "gap.netnsGone.next",
  "netns-new": "gap.netnsNew.next",
  "netns-unreachable": "gap.netnsUnreachable.next",
  "no-engine": "gap.noEngine.next",
  "engine-denied": "gap.engineDenied.next",
  "engine-silent": "gap.engineSilent.next",
  "engine-error": "gap.engineError.next",
  "engine-not-asked": "gap.engineNotAsked.next",
  "engine-only": "gap.engineOnly.next",
  "no-linux": "gap.noLinux.next",
  "no-shell": "gap.noShell.next",
};

const longest = 120;

/** The first line that a host printed is enough to know the trouble by; the whole is its own business. */
const oneLine = (text: string): string =>
  shortened(visible(text.trim().split("\n", 1)[0] ?? ""), longest);

/** The gap's own fields, which its messages name; durations in seconds too, for they are read by people. */
const valuesOf = (gap: Gap): Readonly<Record<string, string | number>> => {
  const values: Record<string, string | number> = { seconds: "ms" in gap ? gap.ms / 1000 : 0 };
  for (const [name, value] of Object.entries(gap)) {
    if (typeof value === "string") values[name] = oneLine(value);
    if (typeof value === "number") values[name] = value;
  }
  return values;
};

const placeOf = (words: Words, index: TopologyIndex, gap: Gap): string | null => {
  if (gap.netns === null) return null;
  const namespace = index.namespaceLabelled(gap.netns);
  return namespace === null
    ? words("place.netns", { netns: visible(gap.netns) })
    : namespacePlace(words, namespace);
};

export const gapWords = (words: Words, index: TopologyIndex, gap: Gap): GapWords => {
  const values = valuesOf(gap);
  const place = placeOf(words, index, gap);
  return {
    what: words(whatHappened[gap.reason], values),
    where: place === null ? [] : [place],
    next: words(whatNext[gap.reason], values),
  };
};

/** The same thing missing in twelve namespaces is said once, with the twelve places. */
export const gapGroups = (
  words: Words,
  index: TopologyIndex,
  gaps: readonly Gap[],
): readonly GapWords[] => {
  const groups = new Map<string, GapWords>();
  for (const gap of gaps) {
    const said = gapWords(words, index, gap);
    const name = JSON.stringify([gap.reason, "command" in gap ? gap.command : said.what]);
    const before = groups.get(name);
    const where = [...new Set([...(before?.where ?? []), ...said.where])];
    groups.set(name, { ...(before ?? said), where });
  }
  return [...groups.values()];
};
