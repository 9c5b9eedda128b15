import type { MessageKey } from "@/lib/messages/keys";

/** Why not, in the words of lib/messages. */
export type Refusal = {
  readonly error: MessageKey;
  readonly values: Readonly<Record<string, string>>;
};

export type Reply =
  | { readonly status: "done"; readonly answer: unknown }
  | { readonly status: "refused"; readonly refusal: Refusal };

const offline: Reply = {
  status: "refused",
  refusal: { error: "notice.offline", values: {} },
};

const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === "object" &&
  answer !== null &&
  "error" in answer &&
  typeof answer.error === "string";

/** Says something to a route of ours; never rejects. */
export const askServer = async (
  method: "POST" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Reply> => {
  const response = await fetch(path, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  }).catch(() => null);
  if (response === null) return offline;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return { status: "done", answer };
  if (!isRefusal(answer)) return offline;
  return { status: "refused", refusal: { error: answer.error, values: answer.values ?? {} } };
};

export const hostPath = (host: string, what = ""): string =>
  `/api/hosts/${encodeURIComponent(host)}${what}`;
