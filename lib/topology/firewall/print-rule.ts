import type { Backend, Rule } from "./model";
import { printIptablesRule } from "./print-iptables";
import { printNftRule } from "./print-nft";

/** The same without counters, which change: what a rule is known by. */
export const ruleText = (
  backend: Exclude<Backend, "ipset">,
  rule: Pick<Rule, "parts" | "comment" | "verbatim">,
): string => printRule(backend, { ...rule, counters: null });

/**
 * A rule as its own tool prints it: iptables-save after `-A CHAIN `, or a line of `nft list`. From the parsed rule,
 * unless that would not be its words to the letter.
 */
export const printRule = (
  backend: Exclude<Backend, "ipset">,
  { parts, comment, counters, verbatim }: Pick<Rule, "parts" | "comment" | "counters" | "verbatim">,
): string => {
  if (verbatim !== null) return verbatim;
  return backend === "nft" ? printNftRule(parts, comment, counters) : printIptablesRule(parts);
};
