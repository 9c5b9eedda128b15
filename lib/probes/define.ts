import type { Answer } from "@/lib/facts/model";
import type { AnswerId, NetnsLabel } from "@/lib/net/ids";

/**
 * Where a question is asked.
 * machine: once, outside any namespace question (files of /proc, lsns, boot id)
 * netns: in every network namespace, the host's own too
 * host-netns: in the host's own namespace only
 * observer: only in namespaces whose veths are still unpaired when all else is read
 * tunnel: only in namespaces other than the host's that hold a vxlan
 * filtering: only in namespaces that hold a bridge which filters VLANs
 * held: once, outside any namespace question, and only where no process lives at either end of an unpaired link
 * engine: of the container engine's API
 * rules: in the host's own namespace; in another only when a person asks for its rules
 * opened: never while a host is read; of one thing, when a person opens what tells of it
 */
export type Scope =
  | "machine"
  | "netns"
  | "host-netns"
  | "observer"
  | "tunnel"
  | "filtering"
  | "held"
  | "engine"
  | "rules"
  | "opened";

/** How it is asked. `ip-batch` lines share one `ip -batch` process per namespace: processes are the cost. */
export type Ask =
  | { readonly kind: "command"; readonly argv: readonly string[] }
  /** `script` is POSIX sh without single quotes; `argv` is what a person would type to see the same. */
  | { readonly kind: "script"; readonly script: string }
  | { readonly kind: "ip-batch"; readonly line: string }
  | { readonly kind: "engine"; readonly path: string };

/** The next form of a question, for hosts whose tool is missing or too old for the one before. */
export type Otherwise = {
  /**
   * POSIX sh without single quotes, run on the host only after the form before has failed with `$status`.
   * Status 0: the host does have what that form needs, so its failure is the answer.
   */
  readonly unless: string;
  readonly ask: Extract<Ask, { readonly kind: "command" | "script" }>;
};

/** A line or JSON element that no reader understood. `at` counts from 0. */
export type Unread = { readonly at: number; readonly excerpt: string };

/** What a parser made of an answer. Parsers never throw: what they cannot read is in `unread`. */
export type Reading<Row> = {
  readonly rows: readonly Row[];
  readonly unread: readonly Unread[];
  /** Its form shows that it breaks off: the last line that came. Absent: it is whole, or its form tells nothing of that. */
  readonly torn?: Unread;
};

/** One answer, read. `complete`: nothing of it was lost on the way or left unread. */
export type ReadAnswer<Row> = {
  readonly answer: AnswerId;
  readonly netns: NetnsLabel | null;
  readonly rows: readonly Row[];
  readonly complete: boolean;
};

export type Probe<Row> = {
  /** kebab-case; names the answers. */
  readonly name: string;
  readonly scope: Scope;
  readonly ask: Ask;
  /** Other forms, best first. Decided on the host, in the same exec; `parse` reads what any of them prints. */
  readonly otherwise?: readonly Otherwise[];
  /** Who may ask it on an ordinary host. */
  readonly right: "anyone" | "root" | "engine";
  /** What becomes of it, for the generated list of commands; English, README only. */
  readonly why: string;
  /** Exit statuses that do not mean failure (grep found nothing, a process ended meanwhile). 0 always. */
  readonly fine?: readonly number[];
  readonly parse: (answer: Answer) => Reading<Row>;
};

/** One question asked of a host: how to ask it and how to read the answer sit together. */
export const defineProbe = <Row>(probe: Probe<Row>): Probe<Row> => probe;
