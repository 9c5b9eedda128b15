import { z } from "zod";
import type { Evidence } from "@/lib/facts/model";
import type { AnswerId } from "@/lib/net/ids";

/** One card asks for a handful; a URL of this many is near what Node reads of a request line. */
const most = 64;

const evidence = z.object({
  answer: z.string().transform((id) => id as AnswerId),
  at: z.union([
    z.object({ line: z.number().int().nonnegative() }),
    z.object({ path: z.array(z.union([z.string(), z.number().int().nonnegative()])).max(32) }),
  ]),
});

const query = z.object({
  snapshot: z.string().min(1).max(100),
  evidence: z.array(evidence).min(1).max(most),
});

export type QuotesQuery = { readonly snapshot: string; readonly evidence: readonly Evidence[] };

/** `snapshot=ID&e=JSON&e=JSON`; null: not of this form. */
export const readQuotesQuery = (parameters: URLSearchParams): QuotesQuery | null => {
  const result = query.safeParse({
    snapshot: parameters.get("snapshot"),
    evidence: parameters.getAll("e").map(json),
  });
  return result.success ? result.data : null;
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
