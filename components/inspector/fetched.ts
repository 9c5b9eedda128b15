import { useEffect, useState } from "react";
import { type Desk, type Said, useDesk } from "./desk";

/** What a panel asks for when it opens. */
export type Fetched<Value> =
  | { readonly status: "loading" }
  | { readonly status: "read"; readonly value: Value }
  | Exclude<Said, { readonly status: "said" }>;

const fetchValue = async <Value>(
  desk: Desk,
  path: string,
  asValue: (json: unknown) => Value | null,
  signal: AbortSignal,
): Promise<Fetched<Value>> => {
  const said = await desk(path, signal);
  if (said.status !== "said") return said;
  const value = asValue(said.json);
  return value === null ? { status: "failed" } : { status: "read", value };
};

/** Asks for `path` of our own server; null: not yet. `asValue` (always the same function) says whether it is what was asked for. */
export const useFetched = <Value>(
  path: string | null,
  asValue: (json: unknown) => Value | null,
): Fetched<Value> => {
  const desk = useDesk();
  const [fetched, setFetched] = useState<Fetched<Value>>({ status: "loading" });
  useEffect(() => {
    if (path === null) return;
    const leaving = new AbortController();
    fetchValue(desk, path, asValue, leaving.signal).then(
      (now) => {
        if (!leaving.signal.aborted) setFetched(now);
      },
      () => {
        if (!leaving.signal.aborted) setFetched({ status: "failed" });
      },
    );
    return () => leaving.abort();
  }, [desk, path, asValue]);
  return fetched;
};
