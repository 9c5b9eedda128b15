import { z } from "zod";
import type { Key, NetnsId } from "@/lib/net/ids";
import type { WayEnd } from "./held-host";

const snapshot = z.object({ snapshot: z.string().min(1).max(100) });

const rules = snapshot.extend({
  netns: z
    .string()
    .min(1)
    .max(300)
    .transform((id) => id as NetnsId),
});

export type RulesQuery = { readonly snapshot: string; readonly netns: NetnsId };

/** `snapshot=ID&netns=ID`, both as the page got them; null: not of this form. */
export const readRulesQuery = (parameters: URLSearchParams): RulesQuery | null =>
  rules.safeParse(Object.fromEntries(parameters)).data ?? null;

const way = z.union([
  z.strictObject({ snapshot: snapshot.shape.snapshot, into: z.string().min(1).max(1000) }),
  z.strictObject({ snapshot: snapshot.shape.snapshot, out: z.string().min(1).max(300) }),
]);

export type WayQuery = { readonly snapshot: string; readonly end: WayEnd };

/** `snapshot=ID&into=KEY` of a port, or `snapshot=ID&out=ID` of a namespace; null: not of this form. */
export function readWayQuery(parameters: URLSearchParams): WayQuery | null {
  const { data } = way.safeParse(Object.fromEntries(parameters));
  if (data === undefined) return null;
  const { snapshot: id } = data;
  return "into" in data
    ? { snapshot: id, end: { into: data.into as Key } }
    : { snapshot: id, end: { out: data.out as NetnsId } };
}

/** `snapshot=ID`; null: not of this form. */
export const readSnapshotQuery = (parameters: URLSearchParams): string | null =>
  snapshot.safeParse(Object.fromEntries(parameters)).data?.snapshot ?? null;
