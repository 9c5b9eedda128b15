import type { MessageKey } from "@/lib/messages/keys";
import type { Topology } from "@/lib/topology/model";

/** One reading of a host, as the API answers it. */
export type Reading = { readonly snapshot: string; readonly topology: Topology };

/** Why there is no reading: `{ error, values }` of the API, or that nothing answered at all. */
export type Refused = {
  readonly error: MessageKey;
  readonly values: Readonly<Record<string, string>>;
};

const isReading = (answer: unknown): answer is Reading =>
  typeof answer === "object" &&
  answer !== null &&
  "snapshot" in answer &&
  typeof answer.snapshot === "string" &&
  "topology" in answer;

const isRefused = (answer: unknown): answer is Refused =>
  typeof answer === "object" &&
  answer !== null &&
  "error" in answer &&
  typeof answer.error === "string";

const offline: Refused = { error: "notice.offline", values: {} };

/** Has the host read anew. The server is of the same build, so its topology is taken as it is. */
export const readAgain = async (host: string): Promise<Reading | Refused> => {
  const path = `/api/hosts/${encodeURIComponent(host)}/refresh`;
  const answer: unknown = await fetch(path, { method: "POST" }).then(
    (response) => response.json().catch(() => null),
    () => null,
  );
  if (isReading(answer)) return answer;
  return isRefused(answer) ? { error: answer.error, values: answer.values ?? {} } : offline;
};
