import type { Finding, RuleFindingId } from "@/lib/diagnosis/model";
import type { RuleGround } from "./ground";

/** One fault that rules, settings and sockets show. `find` never throws, and finds nothing where facts are missing. */
export type RuleCheck = {
  readonly ids: readonly RuleFindingId[];
  readonly find: (ground: RuleGround) => readonly Finding[];
};
