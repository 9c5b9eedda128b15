import { z } from "zod";
import type { NetnsId } from "@/lib/net/ids";

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

/** `snapshot=ID`; null: not of this form. */
export const readSnapshotQuery = (parameters: URLSearchParams): string | null =>
  snapshot.safeParse(Object.fromEntries(parameters)).data?.snapshot ?? null;
