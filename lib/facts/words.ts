import type { Answer, Evidence, HostFacts } from "./model";

/** What a person needs to check one reference: the very command, where it ran, and what it printed there. */
export type Quote = {
  readonly answer: Pick<Answer, "id" | "netns" | "entered" | "asked" | "at">;
  /** The line, or the JSON element cut down to the fields that matter; null: the reference leads nowhere. */
  readonly text: string | null;
};
export declare const quote: (facts: HostFacts, evidence: Evidence) => Quote | null;
