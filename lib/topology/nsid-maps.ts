import type { Evidence } from "@/lib/facts/model";
import { type NetnsLabel, netnsLabel } from "@/lib/net/ids";
import type { Readings } from "@/lib/probes/read";
import type { FoundNamespaces } from "./find-namespaces";

/** What a namespace's own numbering says of one of its nsids. */
type Settled =
  | {
      readonly status: "settled";
      readonly netns: NetnsLabel;
      readonly evidence: readonly Evidence[];
    }
  /** Two answers say different things: neither is believed. */
  | { readonly status: "conflict"; readonly evidence: readonly Evidence[] }
  | { readonly status: "unknown" };

/** Whether `nsid`, as `observer` counts, is `target`. */
export type Says = "yes" | "no" | "unknown";

export type NsidMaps = {
  readonly settle: (observer: NetnsLabel, nsid: number) => Settled;
  readonly says: (observer: NetnsLabel, nsid: number, target: NetnsLabel) => Says;
  /** The kernel was asked what this observer calls the others. */
  readonly asked: (observer: NetnsLabel) => boolean;
};

/** One thing that one answer says: `observer` calls `netns` by `nsid`; `none`: it has no number for it. */
type Statement = {
  readonly observer: NetnsLabel;
  readonly netns: NetnsLabel;
  readonly nsid: number | "none";
  readonly evidence: Evidence;
};

/** lsns asks the kernel (RTM_GETNSID) about every namespace that a process lives in. */
const lsnsStatements = (readings: Readings, host: NetnsLabel | null): readonly Statement[] =>
  readings.nsids.flatMap((read) => {
    const observer = read.netns ?? host;
    if (observer === null) return [];
    return read.rows.flatMap(({ inode, nsid, at }) => {
      if (nsid === "unknown") return [];
      return {
        observer,
        netns: netnsLabel(inode),
        nsid: nsid === "unassigned" ? "none" : nsid,
        evidence: { answer: read.answer, at: { line: at } },
      };
    });
  });

/** `ip netns list-id` names those that have a file in /run/netns, with or without a process. */
const nameStatements = (readings: Readings, namespaces: FoundNamespaces): readonly Statement[] =>
  readings.netnsNames.flatMap((read) => {
    const observer = read.netns;
    if (observer === null) return [];
    return read.rows.flatMap(({ nsid, name, at, line }) => {
      const netns = name === null ? undefined : namespaces.ofPath(`/run/netns/${name}`);
      if (netns === undefined) return [];
      const place = line === undefined ? { path: [at] } : { line };
      return { observer, netns, nsid, evidence: { answer: read.answer, at: place } };
    });
  });

/** lsns again, while a process of ours lived in those that had none: both names of a pair of them. */
const heldStatements = (readings: Readings): readonly Statement[] =>
  readings.heldNsids.flatMap((read) =>
    read.rows.flatMap(({ observer, inode, nsid, at }) =>
      nsid === "unknown"
        ? []
        : {
            observer: netnsLabel(observer),
            netns: netnsLabel(inode),
            nsid: nsid === "unassigned" ? ("none" as const) : nsid,
            evidence: { answer: read.answer, at: { line: at } },
          },
    ),
  );

const of = (observer: NetnsLabel, what: NetnsLabel | number): string => `${observer} ${what}`;

/**
 * nsids are numbered by each observer for itself and reused after a namespace has gone, so a map is
 * good for one snapshot and one observer. Sources, best first: netfacts §1.3.
 */
export function nsidMaps(readings: Readings, namespaces: FoundNamespaces): NsidMaps {
  const statements = [
    ...lsnsStatements(readings, namespaces.host),
    ...nameStatements(readings, namespaces),
    ...heldStatements(readings),
  ];
  const byNsid = Map.groupBy(statements, ({ observer, nsid }) => `${observer} nsid ${nsid}`);
  const byNetns = new Map(statements.map((said) => [of(said.observer, said.netns), said.nsid]));
  const asked = new Set([
    ...readings.nsids.map((read) => read.netns ?? namespaces.host),
    ...heldStatements(readings).map(({ observer }) => observer),
  ]);

  const settle = (observer: NetnsLabel, nsid: number): Settled => {
    const said = byNsid.get(`${observer} nsid ${nsid}`) ?? [];
    const [first] = said;
    if (first === undefined) return { status: "unknown" };
    const evidence = said.map((each) => each.evidence);
    return said.every((each) => each.netns === first.netns)
      ? { status: "settled", netns: first.netns, evidence }
      : { status: "conflict", evidence };
  };
  const says = (observer: NetnsLabel, nsid: number, target: NetnsLabel): Says => {
    const settled = settle(observer, nsid);
    if (settled.status === "settled") return settled.netns === target ? "yes" : "no";
    if (settled.status === "conflict") return "no";
    // The observer calls it something else, or nothing.
    return byNetns.has(of(observer, target)) ? "no" : "unknown";
  };
  return { settle, says, asked: (observer) => asked.has(observer) };
}
