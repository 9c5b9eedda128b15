import type { Evidence, Gap } from "@/lib/facts/model";
import { type NetnsLabel, netnsLabel } from "@/lib/net/ids";
import type { NetnsPath } from "@/lib/probes/netns-paths";
import type { Readings } from "@/lib/probes/read";
import { countedTwice } from "./counted-twice";

/** A namespace before it has a name: how it is held, and whether its links were read. */
export type FoundNamespace = {
  readonly label: NetnsLabel;
  readonly inode: number | null;
  readonly paths: readonly string[];
  /** Lowest first. */
  readonly pids: readonly number[];
  readonly unread: Gap | null;
};

export type FoundNamespaces = {
  readonly all: readonly FoundNamespace[];
  readonly at: (label: NetnsLabel) => FoundNamespace | undefined;
  /** The host's own; null where that was not read. */
  readonly host: NetnsLabel | null;
  /** The namespace of a process, with the line that says so. */
  readonly ofPid: (pid: number) => { label: NetnsLabel; evidence: Evidence } | undefined;
  /** The namespace that a file holds. */
  readonly ofPath: (path: string) => NetnsLabel | undefined;
  /** Every namespace that any answer names was read, whole. */
  readonly complete: boolean;
  /** The same of all but those that are ruled out. */
  readonly completeBut: (ruledOut: (label: NetnsLabel) => boolean) => boolean;
  /** It was pasted: what is there is all that there is to judge by, and nothing of it proves more than that it agrees. */
  readonly pasted: boolean;
  /** How many files were found to be those of namespaces in the list, and how many more may be. */
  readonly twice: { readonly settled: number; readonly open: number };
};

const ownPath = "/proc/self/ns/net";
const asPid = (path: string): number | null => {
  const [, pid] = /^\/proc\/(\d+)\/ns\/net$/.exec(path) ?? [];
  return pid === undefined ? null : Number(pid);
};

type PathRow = NetnsPath & { readonly evidence: Evidence };

/** Plain files left in /run/docker/netns have an inode of another device, which means nothing here. */
function nsfsRows(readings: Readings, after: boolean): readonly PathRow[] {
  const rows = readings.paths
    .filter((read) => read.answer.endsWith("-after") === after)
    .flatMap((read) =>
      read.rows.map((row) => ({ ...row, evidence: { answer: read.answer, at: { line: row.at } } })),
    );
  const dev = rows.find((row) => row.path === ownPath)?.dev;
  return dev === undefined ? rows : rows.filter((row) => row.dev === dev);
}

type Holders = Map<NetnsLabel, { inode: number | null; paths: Set<string>; pids: Set<number> }>;

/** One answer's word of a namespace. */
type Told = {
  readonly label: NetnsLabel;
  readonly inode: number | null;
  readonly pids: readonly number[];
  readonly paths: readonly string[];
};

const toldByPath = ({ inode, path }: PathRow): Told => {
  const pid = asPid(path);
  return {
    label: netnsLabel(inode),
    inode,
    pids: pid === null ? [] : [pid],
    paths: path === ownPath ? [] : [path],
  };
};

function holdersOf(readings: Readings, rows: readonly PathRow[]): Holders {
  const mounts = readings.mounts.flatMap((read) => read.rows);
  const processes = [...toldByLsns(readings, rows), ...strangers(readings)];
  const told: readonly Told[] = [
    ...rows.map(toldByPath),
    ...mounts.map(({ inode, path }) => ({
      label: netnsLabel(inode),
      inode,
      pids: [],
      paths: [path],
    })),
    ...processes.map(({ label, pid }) => ({
      label,
      inode: inodeOf(label),
      pids: pid === null ? [] : [pid],
      paths: [],
    })),
    ...toldByPaste(readings),
    // Pasted text has labels and no inodes.
    ...readings.links.flatMap(({ netns }) =>
      netns === null ? [] : { label: netns, inode: inodeOf(netns), pids: [], paths: [] },
    ),
  ];
  const found: Holders = new Map();
  for (const { label, inode, pids, paths } of told) {
    const known = found.get(label) ?? { inode, paths: new Set<string>(), pids: new Set<number>() };
    found.set(label, known);
    for (const pid of pids) known.pids.add(pid);
    for (const path of paths) known.paths.add(path);
  }
  return found;
}

/** What `nsenter -t PID` and `ip netns exec NAME` above a pasted text say of its namespace. */
const toldByPaste = ({ pasted }: Readings): readonly Told[] =>
  (pasted ?? [])
    .flatMap(({ rows }) => rows)
    .map(({ netns, owner }) => ({
      label: netns,
      inode: null,
      pids: owner.kind === "process" ? [owner.pid] : [],
      paths: [
        ...(owner.kind === "process" ? [`/proc/${owner.pid}/ns/net`] : []),
        ...(owner.kind === "netns" ? [`/run/netns/${owner.name}`] : []),
      ],
    }));

/**
 * Of a live host, lsns also sees the processes by which we are just reading the other namespaces, and
 * those that hold them for a moment: its pids count only where nothing else tells who lives where.
 */
function toldByLsns(readings: Readings, rows: readonly PathRow[]) {
  const looked = rows.some(({ path }) => asPid(path) !== null);
  return [
    ...readings.nsids
      .flatMap((read) => read.rows)
      .map(({ inode, pid }) => ({ label: netnsLabel(inode), pid: looked ? null : pid })),
    ...readings.heldNsids
      .flatMap((read) => read.rows)
      .map(({ inode }) => ({ label: netnsLabel(inode), pid: null })),
  ];
}

const inodeOf = (label: NetnsLabel): number | null => (/^\d+$/.test(label) ? Number(label) : null);

/** The namespace that the person, or a prompt, says is the host's own. */
const pastedHost = ({ pasted }: Readings): NetnsLabel | null =>
  (pasted ?? []).flatMap(({ rows }) => rows).find(({ owner }) => owner.kind === "host")?.netns ??
  null;

/** Processes whose ns/net may not be looked at, and which namespace /proc/PID/net shows of each. */
function strangers(readings: Readings) {
  const rows = [...nsfsRows(readings, false), ...nsfsRows(readings, true)];
  const host = rows.find(({ path }) => path === ownPath);
  const own = host && netnsLabel(host.inode);
  return readings.procNets.flatMap(({ answer, rows: nets }) =>
    nets.flatMap(({ label: stranger, pids }) => {
      const label = stranger ?? own;
      if (label === undefined) return [];
      return pids.map(({ pid, at }) => ({ label, pid, evidence: { answer, at: { line: at } } }));
    }),
  );
}

/** At most this many paths are kept: a namespace with a thousand processes needs no more to be entered. */
const keptPaths = 3;

/** Files outlive processes: named first. */
const byLifetime = (a: string, b: string): number =>
  Number(asPid(a) !== null) - Number(asPid(b) !== null) ||
  (asPid(a) ?? 0) - (asPid(b) ?? 0) ||
  (a < b ? -1 : 1);

/**
 * Finds every namespace that any answer knows of. What was there at first and is not at the end has
 * gone: it is no longer part of the host. What is there only at the end came too late to be read.
 */
export function findNamespaces(readings: Readings): FoundNamespaces {
  const before = nsfsRows(readings, false);
  const after = nsfsRows(readings, true);
  const holders = holdersOf(readings, [...before, ...after]);
  const living = new Set(after.map((row) => netnsLabel(row.inode)));
  const known = new Set(before.map((row) => netnsLabel(row.inode)));
  const links = new Map(readings.links.map((read) => [read.netns, read]));
  const wasRead = (label: NetnsLabel) => {
    const read = links.get(label);
    return read !== undefined && (read.complete || read.rows.length > 0);
  };
  const unreadBecause = (label: NetnsLabel): Gap | null => {
    if (wasRead(label)) return null;
    const told = readings.gaps.find((gap) => gap.netns === label);
    if (told !== undefined) return told;
    const late = living.has(label) && !known.has(label);
    return { probe: null, netns: label, reason: late ? "netns-new" : "netns-unreachable" };
  };
  const gone = (label: NetnsLabel) =>
    after.length > 0 && known.has(label) && !living.has(label) && !wasRead(label);
  const byPath = new Map([...after, ...before].map((row) => [row.path, row]));
  const byStranger = new Map(strangers(readings).map((each) => [each.pid, each]));
  const ofPid = (pid: number) => {
    const row = byPath.get(`/proc/${pid}/ns/net`);
    return row === undefined
      ? byStranger.get(pid)
      : { label: netnsLabel(row.inode), evidence: row.evidence };
  };
  const own = byPath.get(ownPath);
  const ownLabel = own === undefined ? pastedHost(readings) : netnsLabel(own.inode);
  const held = [...holders]
    .filter(([label]) => label !== ownLabel)
    .map(([label, holder]) => ({ label, ...holder }));
  const twice = countedTwice(readings, held, (pid) => ofPid(pid)?.label);
  const all = [...holders]
    .filter(([label]) => !gone(label) && !twice.settled.has(label))
    .map(([label, { inode, paths, pids }]) => ({
      label,
      inode,
      paths: [...paths].sort(byLifetime).slice(0, keptPaths),
      pids: [...pids].sort((a, b) => a - b),
      unread: unreadBecause(label),
    }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const byLabel = new Map(all.map((each) => [each.label, each]));
  const pasted = readings.pasted !== null;
  const listed = listedWhole(readings, before) && everyLinkNumbered(readings);
  const completeBut = (ruledOut: (label: NetnsLabel) => boolean): boolean =>
    (pasted || listed) &&
    all.every(({ label, unread }) => unread === null || ruledOut(label)) &&
    readings.links.every(
      ({ netns, complete }) =>
        complete || (netns !== null && (twice.settled.has(netns) || ruledOut(netns))),
    );
  return {
    all,
    at: (label) => byLabel.get(label),
    host: ownLabel,
    ofPid,
    ofPath: (path) => {
      const row = byPath.get(path);
      return row && netnsLabel(row.inode);
    },
    complete: completeBut(() => false),
    pasted,
    completeBut,
    twice: { settled: twice.settled.size, open: twice.open },
  };
}

/** /proc shows no number of a link without an address in no group: nothing can be said of it. lo is 1 anywhere. */
const everyLinkNumbered = ({ procNets }: Readings): boolean =>
  procNets.every(({ rows }) =>
    rows.every(({ label, links }) =>
      links.every(({ ifindex, name }) => label === null || ifindex !== null || name === "lo"),
    ),
  );

/**
 * Where the list of namespaces itself was not read, others may be there. Of processes whose ns/net is
 * denied /proc/PID/net tells who shares a namespace, and of files that only root may reach, mountinfo.
 */
function listedWhole(
  { paths, procNets, mounts, gaps }: Readings,
  rows: readonly PathRow[],
): boolean {
  const whole = (all: readonly { readonly complete: boolean }[]): boolean =>
    all.every(({ complete }) => complete);
  if (rows.length === 0 || whole(paths)) return rows.length > 0;
  const onlyDenied = gaps
    .filter(({ probe }) => probe?.startsWith("netns-paths") === true)
    .every(({ reason }) => reason === "permission-denied");
  return onlyDenied && [procNets, mounts].every((all) => all.length > 0 && whole(all));
}
