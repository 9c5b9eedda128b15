"use client";

import { type Fetched, useFetched } from "@/components/inspector/fetched";
import { useWorkbench } from "@/components/workbench/context";
import type { Key, NetnsId } from "@/lib/net/ids";
import type { Way } from "@/lib/ports/model";

/** Our own server, of our own version: its answers have the type that its code says. */
const asWay = (json: unknown): Way | null =>
  typeof json === "object" && json !== null && "lines" in json ? (json as Way) : null;

/** In to a port, or out of a namespace. */
export type WayEnd = { readonly into: Key } | { readonly out: NetnsId };

/** `when`: not before that. */
export const useWay = (end: WayEnd, when: boolean): Fetched<Way> => {
  const { host, snapshot } = useWorkbench();
  const query = new URLSearchParams({ snapshot, ...end });
  const path = `/api/hosts/${encodeURIComponent(host)}/way?${query}`;
  return useFetched(when ? path : null, asWay);
};
