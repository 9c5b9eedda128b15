import { useEffect, useState } from "react";

/** What a panel fetches when it opens. */
export type Fetched<Value> =
  | { readonly status: "loading" }
  | { readonly status: "read"; readonly value: Value }
  /** The host was read again, twice, since this page got its topology. */
  | { readonly status: "gone" }
  | { readonly status: "failed" };

const gone = 410;

const fetchValue = async <Value>(
  path: string,
  asValue: (json: unknown) => Value | null,
  signal: AbortSignal,
): Promise<Fetched<Value>> => {
  const response = await fetch(path, { signal });
  if (response.status === gone) return { status: "gone" };
  if (!response.ok) return { status: "failed" };
  const value = asValue(await response.json());
  return value === null ? { status: "failed" } : { status: "read", value };
};

/** Fetches `path` of our own server; null: not yet. `asValue` (always the same function) says whether it is what was asked for. */
export const useFetched = <Value>(
  path: string | null,
  asValue: (json: unknown) => Value | null,
): Fetched<Value> => {
  const [fetched, setFetched] = useState<Fetched<Value>>({ status: "loading" });
  useEffect(() => {
    if (path === null) return;
    const leaving = new AbortController();
    fetchValue(path, asValue, leaving.signal).then(setFetched, () => {
      if (!leaving.signal.aborted) setFetched({ status: "failed" });
    });
    return () => leaving.abort();
  }, [path, asValue]);
  return fetched;
};
