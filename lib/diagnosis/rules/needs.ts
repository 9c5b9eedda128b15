import type { Need, RuleFindingId } from "@/lib/diagnosis/model";

/**
 * What each check of this folder has to know. Apart from the checks, which run on the server: the browser only
 * says what could not be looked for.
 */
export const ruleNeeds: Readonly<Record<RuleFindingId, readonly Need[]>> = {
  D01: ["host-links", "routes", "engine", "rules"],
  D02: ["host-links", "routes", "engine", "rules"],
  D03: ["engine", "settings"],
  D04: ["host-links", "engine", "settings"],
  D23: ["namespaces", "engine", "rules"],
  D24: ["host-links", "engine", "rules"],
  D25: ["engine", "rules"],
  D26: ["engine", "sockets"],
  D27: ["namespaces", "engine", "sockets"],
  D28: ["namespaces", "engine", "sockets"],
  D30: ["host-links", "engine"],
  D32: ["host-links", "routes", "engine", "rules", "settings"],
  D33: ["engine", "rules"],
  D35: ["rules"],
  D37: ["namespaces", "routes", "engine", "rules", "sockets", "settings"],
  D38: ["namespaces", "routes", "engine", "rules", "settings"],
  D43: ["engine", "settings"],
  D46: ["host-links", "engine", "rules", "settings"],
  D47: ["engine", "rules"],
  D49: ["rules"],
  D50: ["host-links", "routes", "engine", "rules"],
  D52: ["engine", "rules"],
  D58: ["settings"],
  D63: ["namespaces", "engine"],
  D67: ["engine", "routes"],
  D68: ["namespaces", "routes", "engine", "rules"],
  D80: ["engine"],
};
