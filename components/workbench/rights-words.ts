import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Right, SudoersLine } from "@/lib/topology/rights";

/** One line of the checklist, in the reader's language. `costs` and `gives` are null where nothing is missing. */
export type RightWords = {
  readonly name: string;
  readonly state: string;
  readonly why: string;
  readonly costs: string | null;
  readonly gives: string | null;
};

/** What the host said first, or the command that it lacks. Where much was refused it says the same of each. */
function toldIn({ told }: Right): string {
  if (told === null) return "";
  if ("words" in told && told.words !== "") return visible(told.words.split("\n", 1)[0] ?? "");
  if ("command" in told) return visible(told.command);
  return "socket" in told ? visible(told.socket) : "";
}

export const rightWords = (words: Words, right: Right): RightWords => ({
  name: words(`rights.${right.name}.name`),
  state: words(`rights.state.${right.state}`),
  why: words(`rights.why.${right.why}`, { words: toldIn(right) }),
  costs: right.state === "have" ? null : words(`rights.${right.name}.costs`),
  gives: right.state === "have" ? null : words(`rights.${right.name}.gives`),
});

/** Whether a line of sudoers gives less than everything, and whether Vethscope profits from it. */
export const sudoersWords = (words: Words, { equalsRoot, used }: SudoersLine): string =>
  words("rights.sudoers.both", {
    gives: words(equalsRoot ? "rights.sudoers.equalsRoot" : "rights.sudoers.less"),
    use: words(used ? "rights.sudoers.used" : "rights.sudoers.unused"),
  });
