import type { Key } from "@/lib/net/ids";
import type { Link } from "@/lib/topology/model";
import type { Ground } from "./ground";

/** Where in the facts something stands. Facts themselves are no business of this room. */
export type Evidence = Link["evidence"];

/** The numbers of the catalogue of faults that Vethscope knows; what each means is in the messages (`finding.D13`). */
export const findingIds = [
  "D05",
  "D10",
  "D11",
  "D13",
  "D14",
  "D15",
  "D16",
  "D17",
  "D18",
  "D19",
  "D20",
  "D21",
  "D22",
  "D54",
  "D56",
  "D65",
  "D78",
] as const;
export type FindingId = (typeof findingIds)[number];

/** Worst first. */
export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** A fault that the facts of a host show. Says nothing about what was not read. */
export type Finding = {
  readonly id: FindingId;
  readonly severity: Severity;
  /** What it is about, the thing to look at first; all of them are lit in the picture. */
  readonly about: readonly [Key, ...Key[]];
  /** For its messages. Names are the host's own text, not yet made safe to look at. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly evidence: readonly Evidence[];
  /** Commands that would mend it, as argv, for root on the host. Shown as text, never run. */
  readonly remedy: readonly (readonly string[])[];
};

/**
 * What a check has to know to see its fault.
 * host-links: the interfaces of the host's own namespace
 * namespaces: all namespaces that the host is known to have
 * routes: the routes inside them
 * engine: what the engine says of its containers and networks
 */
export type Need = "host-links" | "namespaces" | "routes" | "engine";

/** One fault that is looked for. `find` never throws, and finds nothing where the facts are missing. */
export type FaultCheck = {
  readonly id: FindingId;
  readonly needs: readonly Need[];
  readonly find: (ground: Ground) => readonly Finding[];
};
