import { z } from "zod";
import type { OpenedQuestion } from "@/lib/details/model";
import { type Key, key } from "@/lib/net/ids";

const of = z
  .string()
  .min(1)
  .max(1000)
  .transform((text) => key(text));
const snapshot = z.string().min(1).max(100);

const details = z.object({ snapshot, of });
const opened = details.extend({ question: z.enum(["macs", "device", "tools", "image"]) });

export type DetailsQuery = { readonly snapshot: string; readonly of: Key };
export type OpenedQuery = DetailsQuery & { readonly question: OpenedQuestion };

/** `snapshot=ID&of=KEY`; null: not of this form. */
export const readDetailsQuery = (parameters: URLSearchParams): DetailsQuery | null =>
  details.safeParse(Object.fromEntries(parameters)).data ?? null;

/** `snapshot=ID&of=KEY&question=macs`; null: not of this form. */
export const readOpenedQuery = (parameters: URLSearchParams): OpenedQuery | null =>
  opened.safeParse(Object.fromEntries(parameters)).data ?? null;
