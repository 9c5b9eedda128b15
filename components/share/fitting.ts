import type { Words } from "@/lib/messages/words";
import { linkFragment } from "@/lib/share/link";
import type { Choices, Frozen, Part } from "./choices";
import { chosen, redacted, snapshotOf } from "./prepare";
import { bytesOf, mostCodeBytes } from "./shared-link";

/** What would be chosen otherwise. */
export type Change = Partial<Pick<Choices, "part" | "redaction">>;

const smallerParts = (
  { selected, onScreen }: Frozen,
  { part }: Choices,
): readonly Exclude<Part, "whole">[] => {
  if (part !== "whole") return [];
  return [
    ...(onScreen === null ? [] : ["visible" as const]),
    ...(selected === null ? [] : ["selection" as const]),
  ];
};

/** Those that lose least come first. */
const possible = (frozen: Frozen, choices: Choices): readonly Change[] => {
  const parts = smallerParts(frozen, choices).map((part): Change => ({ part }));
  if (choices.redaction === "names") return parts;
  const names: Change = { redaction: "names" };
  return [names, ...parts, ...parts.map((part) => ({ ...part, ...names }))];
};

async function fits(frozen: Frozen, choices: Choices, words: Words): Promise<boolean> {
  const all = redacted(frozen, choices.redaction);
  const sent = chosen(all, frozen, choices.part, words);
  const fragment = await linkFragment(snapshotOf(sent, frozen, choices));
  return bytesOf(`${choices.base.replace(/#.*$/s, "")}#${fragment}`) <= mostCodeBytes;
}

const includes = (one: Change, other: Change): boolean =>
  Object.entries(other).every(([name, value]) => one[name as keyof Change] === value);

/** The changes with any of which a code holds the link; of two that do, none that only adds to the other. */
export async function fitting(
  frozen: Frozen,
  choices: Choices,
  words: Words,
): Promise<readonly Change[]> {
  const found: Change[] = [];
  for (const change of possible(frozen, choices)) {
    if (found.some((other) => includes(change, other))) continue;
    if (await fits(frozen, { ...choices, ...change }, words)) found.push(change);
  }
  return found;
}
