import type { MessageKey } from "@/lib/messages/keys";
import type { Topology } from "@/lib/topology/model";
import { type PackedTopology, unpack } from "@/lib/wire/wire";

/** One reading of a host. */
export type Reading = { readonly snapshot: string; readonly topology: Topology };

/** The same as it crosses the wire. */
export type PackedReading = { readonly snapshot: string; readonly topology: PackedTopology };

/** null: packed by another version of Vethscope than this page is of. */
export function unpackReading({ snapshot, topology }: PackedReading): Reading | null {
  const unpacked = unpack(topology);
  return unpacked === null ? null : { snapshot, topology: unpacked };
}

/** Why there is no reading: `{ error, values }` of the API, or that nothing answered at all. */
export type Refused = {
  readonly error: MessageKey;
  readonly values: Readonly<Record<string, string>>;
  /** Nothing goes on before a person has done something (409). */
  readonly needsPerson?: boolean;
};

const isReading = (answer: unknown): answer is PackedReading =>
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
const updated: Refused = { error: "notice.updated", values: {} };

/** Has the host read anew. */
export const readAgain = async (host: string): Promise<Reading | Refused> => {
  const path = `/api/hosts/${encodeURIComponent(host)}/refresh`;
  const response = await fetch(path, { method: "POST" }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  if (isReading(answer)) return unpackReading(answer) ?? updated;
  if (!isRefused(answer)) return offline;
  const { error, values = {} } = answer;
  return { error, values, needsPerson: response?.status === 409 };
};
