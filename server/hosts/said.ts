import { z } from "zod";
import type { KeyAnswer } from "./source";

const line = z.strictObject({ line: z.string().min(1).max(1024) });

const key = z.union([
  z.strictObject({ pasted: z.string().min(1).max(16_384) }),
  z.strictObject({ unverified: z.literal(true), fingerprint: z.string().min(1).max(200) }),
]);

const shown = z.strictObject({ from: z.string().max(200) });

const secret = z.strictObject({ secret: z.string().max(4096) });

/** The JSON of a request; undefined: none. */
export const bodyOf = async (request: Request): Promise<unknown> =>
  request.json().catch(() => undefined);

/** `{ line: "user@host -p 22" }`; null: not of this form. */
export const readLine = (body: unknown): string | null => line.safeParse(body).data?.line ?? null;

/** `{ pasted }` or `{ unverified: true, fingerprint }`; null: not of this form. */
export const readKeyAnswer = (body: unknown): KeyAnswer | null => {
  const { data } = key.safeParse(body);
  if (data === undefined) return null;
  return "pasted" in data
    ? { how: "pasted", text: data.pasted }
    : { how: "unverified", fingerprint: data.fingerprint };
};

/** `{ secret }`, which may be empty; null: not of this form. */
export const readSecret = (body: unknown): string | null =>
  secret.safeParse(body).data?.secret ?? null;

/** `{ from: the reading that a page shows }`; null: not of this form. */
export const readShown = (body: unknown): string | null => shown.safeParse(body).data?.from ?? null;
