"use client";

import { useEffect, useState } from "react";
import type { Evidence } from "@/lib/facts/model";
import type { Quote } from "@/lib/facts/words";

export type Quotes =
  | { readonly status: "loading" }
  | { readonly status: "read"; readonly quotes: readonly (Quote | null)[] }
  /** The host was read again, twice, since this page got its topology. */
  | { readonly status: "gone" }
  | { readonly status: "failed" };

const gone = 410;

const fetchQuotes = async (path: string, signal: AbortSignal): Promise<Quotes> => {
  const response = await fetch(path, { signal });
  if (response.status === gone) return { status: "gone" };
  if (!response.ok) return { status: "failed" };
  const quotes: unknown = await response.json();
  return Array.isArray(quotes) ? { status: "read", quotes } : { status: "failed" };
};

/** Fetches the words of a host behind some evidence, when a card opens and not before. */
export const useQuotes = (
  host: string,
  snapshot: string,
  evidence: readonly Evidence[],
): Quotes => {
  const [quotes, setQuotes] = useState<Quotes>({ status: "loading" });
  const query = new URLSearchParams([
    ["snapshot", snapshot],
    ...evidence.map((each) => ["e", JSON.stringify(each)]),
  ]);
  const path = `/api/hosts/${encodeURIComponent(host)}/quotes?${query}`;
  useEffect(() => {
    const leaving = new AbortController();
    fetchQuotes(path, leaving.signal).then(setQuotes, () => {
      if (!leaving.signal.aborted) setQuotes({ status: "failed" });
    });
    return () => leaving.abort();
  }, [path]);
  return quotes;
};
