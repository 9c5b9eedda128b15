import type { Reach } from "@/lib/ports/model";
import type { RuleGround } from "./ground";

/** It gets into a container; whether a program listens there is all that is not known. */
export const isUnheard = (
  { home }: RuleGround,
  { answer, doubts }: Pick<Reach, "answer" | "doubts">,
): boolean =>
  answer === "cannot-tell" &&
  doubts.length > 0 &&
  doubts.every((doubt) => doubt.why === "sockets-not-read" && doubt.netns !== home);
