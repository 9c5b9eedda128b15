import type { Doubt } from "./packet";

/** A question to a packet: yes, no, or it cannot be told, and why. */
export type Answer = "yes" | "no" | Doubt;

/** All must hold: one no settles it, whatever is not known of the rest. */
export const all = (answers: Iterable<Answer>): Answer => {
  let doubt: Answer = "yes";
  for (const answer of answers) {
    if (answer === "no") return "no";
    if (answer !== "yes" && doubt === "yes") doubt = answer;
  }
  return doubt;
};

/** One must hold. */
export const some = (answers: Iterable<Answer>): Answer => {
  let doubt: Answer = "no";
  for (const answer of answers) {
    if (answer === "yes") return "yes";
    if (answer !== "no" && doubt === "no") doubt = answer;
  }
  return doubt;
};

export const not = (answer: Answer): Answer => {
  if (answer === "yes") return "no";
  return answer === "no" ? "yes" : answer;
};

export const told = (holds: boolean): Answer => (holds ? "yes" : "no");
