import type { Key } from "@/lib/net/ids";
import type { Link } from "@/lib/topology/model";
import type { Ground } from "./ground";

/** Where in the facts something stands. Facts themselves are no business of this room. */
export type Evidence = Link["evidence"];

/** The numbers of the catalogue of faults that Vethscope knows; what each means is in the messages (`finding.D13`). */
export const wiringFindingIds = [
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

/** Those that rules, settings and sockets show: looked for on the server, since these do not cross to the browser. */
export const ruleFindingIds = [
  "D01",
  "D02",
  "D03",
  "D04",
  "D23",
  "D24",
  "D25",
  "D26",
  "D27",
  "D28",
  "D30",
  "D32",
  "D33",
  "D35",
  "D37",
  "D38",
  "D43",
  "D46",
  "D47",
  "D49",
  "D50",
  "D52",
  "D58",
  "D63",
  "D67",
  "D68",
  "D80",
] as const;
export type RuleFindingId = (typeof ruleFindingIds)[number];

export const findingIds = [...wiringFindingIds, ...ruleFindingIds] as const;
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
export type TopologyNeed = "host-links" | "namespaces" | "routes" | "engine";

/**
 * rules: all rules of the host's own namespace
 * sockets: who listens, on the host and in its containers
 * settings: the sysctls of the host's own namespace
 */
export type RuleNeed = "rules" | "sockets" | "settings";

export type Need = TopologyNeed | RuleNeed;

/** One fault that is looked for. `find` never throws, and finds nothing where the facts are missing. */
export type FaultCheck = {
  readonly id: FindingId;
  readonly needs: readonly TopologyNeed[];
  readonly find: (ground: Ground) => readonly Finding[];
};

/** What rules, settings and sockets show, as it goes to the browser with a reading. */
export type RuleDiagnosis = {
  readonly findings: readonly Finding[];
  /** What was not read, or only in part. */
  readonly lacks: readonly RuleNeed[];
  readonly exposure: Exposure;
  /** Running containers in whose namespace nobody looked who listens, although the host's own sockets were read. */
  readonly unheard: number;
};

/** What can be reached from beyond the host: by each family of addresses, IPv4 first. */
export type Exposure = {
  readonly families: readonly FamilyExposure[];
  /** By port; one that answers at several addresses in the same way is one row. */
  readonly rows: readonly Exposed[];
};

/** An address of the host that is asked for, and the link by which such a connection comes. */
export type Door = { readonly address: string; readonly uplink: string };

/**
 * Why it cannot be told.
 * links, routes: the host's own were not read, or its default route has several ways
 * rules: not all rules for this family were read
 * sockets: who listens on the host was not read
 * sources: rules tell all addresses apart from which one could ask
 */
export type ExposureUnknown = "links" | "routes" | "rules" | "sockets" | "sources";

export type FamilyExposure = { readonly family: "ip" | "ip6" } & (
  | {
      readonly status: "told";
      readonly doors: readonly [Door, ...Door[]];
      /** Addresses beyond the limit, which were not asked for. */
      readonly left: number;
      /** Ports of which it cannot be told, at one address at least. */
      readonly open: number;
      /** Ports beyond the limit, which were not asked, at one address at least. */
      readonly unasked: number;
    }
  /** No machine beyond its own networks can ask: no default route, or no address where it leaves. */
  | { readonly status: "closed"; readonly why: "no-route" | "no-address" }
  | { readonly status: "unknown"; readonly why: ExposureUnknown }
);

/** A port that answers from beyond the host. */
export type Exposed = {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
  readonly family: "ip" | "ip6";
  /** Those of the doors at which it answers so. */
  readonly at: readonly [string, ...string[]];
  /** Where it ends: in a container (`about`, by name), or with a process of the host; null: not known whose. */
  readonly about: Key | null;
  readonly name: string | null;
  /** What the rules for the host's own programs (the hook input) would do with it: past: drop it, yet they are never asked. */
  readonly input: "accepts" | "past" | "cannot-tell";
  /** Who listens, and what was published: a few. */
  readonly evidence: readonly Evidence[];
};
