"use client";

import { type Fetched, useFetched } from "@/components/inspector/fetched";
import { useWorkbench } from "@/components/workbench/context";
import type { Ports } from "@/lib/ports/model";

/** Our own server, of our own version: its answers have the type that its code says. */
const asPorts = (json: unknown): Ports | null =>
  typeof json === "object" && json !== null && "rows" in json ? (json as Ports) : null;

/** Every port of the host, joined with who listens and from where it is reached. `when`: not before that. */
export const usePorts = (when = true): Fetched<Ports> => {
  const { host, snapshot } = useWorkbench();
  const query = new URLSearchParams({ snapshot });
  const path = `/api/hosts/${encodeURIComponent(host)}/ports?${query}`;
  return useFetched(when ? path : null, asPorts);
};
