import type { RuleDiagnosis } from "@/lib/diagnosis/model";
import type { Barrier } from "@/lib/hosts/barrier";
import type { MessageKey } from "@/lib/messages/keys";
import type { Topology } from "@/lib/topology/model";
import { applyDifference } from "@/lib/wire/apply-difference";
import type { PackedDifference } from "@/lib/wire/difference";
import { type PackedTopology, unpack } from "@/lib/wire/wire";

/** One reading of a host. */
export type Reading = {
  readonly snapshot: string;
  readonly topology: Topology;
  /** What rules, settings and sockets show, which do not cross themselves. Absent: of a file, which holds none of it. */
  readonly ruled?: RuleDiagnosis;
};

/** The same as it crosses the wire. */
export type PackedReading = Omit<Reading, "topology"> & { readonly topology: PackedTopology };

/** null: packed by another version of Vethscope than this page is of. */
export function unpackReading({ snapshot, topology, ruled }: PackedReading): Reading | null {
  const unpacked = unpack(topology);
  return unpacked === null ? null : { snapshot, topology: unpacked, ...(ruled && { ruled }) };
}

/** What makes it of the reading called `from`, and of no other. */
type PackedChange = Omit<Reading, "topology"> & {
  readonly from: string;
  readonly difference: PackedDifference;
};

/** null: it changes another reading than the one that is shown, or was packed by another version. */
function changedReading(change: PackedChange, shown: Reading): Reading | null {
  const { snapshot, from, difference, ruled } = change;
  const topology = from === shown.snapshot ? applyDifference(shown.topology, difference) : null;
  return topology === null ? null : { snapshot, topology, ...(ruled && { ruled }) };
}

/** Why there is no reading: `{ error, values }` of the API, or that nothing answered at all. */
export type Refused = {
  readonly error: MessageKey;
  readonly values: Readonly<Record<string, string>>;
  /** Nothing goes on before a person has done something (409). */
  readonly needsPerson?: boolean;
  /** What to do about it, with the same values. */
  readonly next?: MessageKey;
  /** ISO 8601: when it is tried again by itself. */
  readonly retryAt?: string;
};

/** What bars the way, as the reason why an old reading is shown. */
export function refusedBy(why: Pick<Refused, "error" | "values">, barrier?: Barrier): Refused {
  if (barrier?.kind !== "unreachable") return why;
  const { next, retryAt } = barrier;
  return { ...why, next, ...(retryAt !== null && { retryAt }) };
}

const isOfReading = (answer: unknown): answer is { readonly snapshot: string } =>
  typeof answer === "object" &&
  answer !== null &&
  "snapshot" in answer &&
  typeof answer.snapshot === "string";

const isReading = (answer: unknown): answer is PackedReading =>
  isOfReading(answer) && "topology" in answer;

const isChange = (answer: unknown): answer is PackedChange =>
  isOfReading(answer) && "difference" in answer;

const isRefused = (answer: unknown): answer is Refused & { readonly barrier?: Barrier } =>
  typeof answer === "object" &&
  answer !== null &&
  "error" in answer &&
  typeof answer.error === "string";

const offline: Refused = { error: "notice.offline", values: {} };
const updated: Refused = { error: "notice.updated", values: {} };

/** Has the host read anew. Of what is `shown` only the changes cross, while the server has that reading. */
export const readAgain = async (host: string, shown: Reading): Promise<Reading | Refused> => {
  const body = JSON.stringify({ from: shown.snapshot });
  const told = await asked(`${apiOf(host)}/refresh`, { method: "POST", body });
  if (!isChange(told.answer)) return readingIn(told);
  // Changes of something else than what is shown: all of it, then.
  return changedReading(told.answer, shown) ?? readingIn(await asked(`${apiOf(host)}/topology`));
};

const apiOf = (host: string): string => `/api/hosts/${encodeURIComponent(host)}`;

type Told = { readonly answer: unknown; readonly status: number | null };

const asked = async (path: string, how: RequestInit = {}): Promise<Told> => {
  const response = await fetch(path, how).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  return { answer, status: response?.status ?? null };
};

const readingIn = ({ answer, status }: Told): Reading | Refused => {
  if (isReading(answer)) return unpackReading(answer) ?? updated;
  if (!isRefused(answer)) return offline;
  const { error, values = {}, barrier } = answer;
  return { ...refusedBy({ error, values }, barrier), needsPerson: status === 409 };
};
