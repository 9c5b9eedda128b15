import type { Evidence } from "@/lib/facts/model";
import type { Quote } from "@/lib/facts/words";
import { type Fetched, useFetched } from "./fetched";

type Quotes = readonly (Quote | null)[];

const asQuotes = (json: unknown): Quotes | null => (Array.isArray(json) ? json : null);

/** Fetches the words of a host behind some evidence, when a card opens and not before. */
export const useQuotes = (
  host: string,
  snapshot: string,
  evidence: readonly Evidence[],
): Fetched<Quotes> => {
  const query = new URLSearchParams([
    ["snapshot", snapshot],
    ...evidence.map((each) => ["e", JSON.stringify(each)]),
  ]);
  return useFetched(`/api/hosts/${encodeURIComponent(host)}/quotes?${query}`, asQuotes);
};
