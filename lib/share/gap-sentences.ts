import type { Gap } from "@/lib/facts/model";
import { shortened, visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";

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

const longest = 120;

const valuesOf = (gap: Gap): Readonly<Record<string, string | number>> => {
  const fields = Object.entries(gap).map(([name, value]) => [
    name,
    typeof value === "number" ? value : shortened(visible(`${value}`.trim()), longest),
  ]);
  return { ...Object.fromEntries(fields), seconds: "ms" in gap ? gap.ms / 1000 : 0 };
};

/** What could not be read, each thing once, as sentences without their full stop. */
export const gapSentences = (gaps: readonly Gap[], words: Words): readonly string[] => [
  ...new Set(gaps.map((gap) => words(whatHappened[gap.reason], valuesOf(gap)))),
];
