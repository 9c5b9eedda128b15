"use client";

import { useFetched } from "@/components/inspector/fetched";
import { unpackRuling } from "@/lib/wire/ruling";
import type { Frozen, Ruled } from "./choices";

/** Rules and ports of the reading that is shared: they are not with its topology. */
export function useRuling({ reading: { host, snapshot } }: Frozen): Ruled {
  const query = new URLSearchParams({ snapshot });
  const path = `/api/hosts/${encodeURIComponent(host)}/ruling?${query}`;
  const fetched = useFetched(path, unpackRuling);
  if (fetched.status === "loading") return { status: "asked" };
  return fetched.status === "read"
    ? { status: "there", ruling: fetched.value }
    : { status: "absent" };
}
