import type { Gap, HostFacts } from "@/lib/facts/model";
import { type NetnsLabel, netnsLabel } from "@/lib/net/ids";
import { answerGaps } from "./answer-gap";
import { bridgeFdb, type FdbEntry } from "./bridge-fdb";
import { bridgeVlan, type PortVlan } from "./bridge-vlan";
import type { CgroupPlace, UnitPlace } from "./cgroup-owner";
import { cgroups } from "./cgroups";
import type { Probe, ReadAnswer } from "./define";
import { type EngineContainer, engineContainers } from "./engine-containers";
import { type EngineInfo, engineInfo } from "./engine-info";
import { type EngineNetwork, engineNetworks } from "./engine-networks";
import { type EngineVersion, engineVersion } from "./engine-version";
import { type IdentityLine, identity } from "./identity";
import { ipAddr } from "./ip-addr";
import type { IpLink } from "./ip-link";
import { ipNetnsIds } from "./ip-netns-ids";
import type { NetnsIdRow } from "./ip-netns-ids-text";
import { ipRoute } from "./ip-route";
import type { IpRoute } from "./ip-route-text";
import { lsns, lsnsObserver, type NsidRow } from "./lsns";
import { type HeldNsidRow, lsnsHeld } from "./lsns-held";
import { mountinfo, type NetnsMount } from "./mountinfo";
import { type NetnsPath, netnsPaths } from "./netns-paths";
import type { PastedPlace } from "./pasted-places";
import { asLinks, type ProcNet, procNet } from "./proc-net";
import { type ProcessName, processNames } from "./process-names";
import { isPasted, readPasted } from "./read-pasted";
import { type RuleReadings, readRules, toldApart } from "./read-rules";
import { tunnelFdb } from "./tunnel-fdb";

export type Read<Row> = ReadAnswer<Row>;

/** All that a host said, read question by question. Building the topology starts here. */
export type Readings = {
  readonly host: string;
  readonly source: HostFacts["source"];
  readonly at: string;
  readonly paths: readonly Read<NetnsPath>[];
  readonly mounts: readonly Read<NetnsMount>[];
  readonly cgroups: readonly Read<CgroupPlace | UnitPlace>[];
  readonly processes: readonly Read<ProcessName>[];
  readonly identity: readonly Read<IdentityLine>[];
  /** The host's map and those of observers; `netns` null: the host's. */
  readonly nsids: readonly Read<NsidRow>[];
  /** Those of namespaces without a process, and the host's again while they had one. */
  readonly heldNsids: readonly Read<HeldNsidRow>[];
  /** What anyone may see of namespaces that may not be entered; their links are among `links`. */
  readonly procNets: readonly Read<ProcNet>[];
  readonly netnsNames: readonly Read<NetnsIdRow>[];
  readonly links: readonly Read<IpLink>[];
  readonly routes: readonly Read<IpRoute>[];
  readonly fdb: readonly Read<FdbEntry>[];
  /** Of namespaces that hold a bridge which filters VLANs. */
  readonly vlans: readonly Read<PortVlan>[];
  /** Of each namespace that was asked for its rules. Their gaps are in them, not in `gaps`. */
  readonly rules: readonly RuleReadings[];
  readonly engineVersion: readonly Read<EngineVersion>[];
  readonly engineInfo: readonly Read<EngineInfo>[];
  readonly engineNetworks: readonly Read<EngineNetwork>[];
  readonly engineContainers: readonly Read<EngineContainer>[];
  /** Whose namespaces a pasted text is about; null: nothing was pasted, a host answered. */
  readonly pasted: readonly Read<PastedPlace>[] | null;
  /** How the host of a pasted text is called. */
  readonly called: string | null;
  readonly gaps: readonly Gap[];
};

/** Asked again at the very end, under a name of its own: only what still leads there counts. */
const sameQuestion = (asked: string, probe: string): boolean =>
  asked === probe || asked === `${probe}-after`;

/**
 * One process whose ns/net may be looked at says of all that share its files which namespace theirs is.
 * A process that only this answer saw is one of our own, or as short-lived: where it was says nothing.
 */
function placed(
  procNets: readonly Read<ProcNet>[],
  paths: readonly Read<NetnsPath>[],
  processes: readonly Read<ProcessName>[],
): readonly Read<ProcNet>[] {
  const lasting = new Set(processes.flatMap(({ rows }) => rows.map(({ pid }) => pid)));
  const lasts = ({ label, pids }: ProcNet): boolean =>
    label === null || lasting.size === 0 || pids.some(({ pid }) => lasting.has(pid));
  const inodes = new Map(paths.flatMap(({ rows }) => rows.map(({ path, inode }) => [path, inode])));
  const labelOf = ({ label, pids }: ProcNet): NetnsLabel | null => {
    const known = pids.find(({ pid }) => inodes.has(`/proc/${pid}/ns/net`));
    const inode = known && inodes.get(`/proc/${known.pid}/ns/net`);
    return label === null || inode === undefined ? label : netnsLabel(inode);
  };
  return procNets.map((read) => ({
    ...read,
    rows: read.rows.filter(lasts).map((net) => ({ ...net, label: labelOf(net) })),
  }));
}

/** Links of namespaces that did not answer themselves. */
function strangersLinks(
  procNets: readonly Read<ProcNet>[],
  links: readonly Read<IpLink>[],
): readonly Read<IpLink>[] {
  const answered = new Set(links.filter(({ rows }) => rows.length > 0).map(({ netns }) => netns));
  return procNets.flatMap(({ answer, complete, rows }) =>
    rows.flatMap((net) =>
      net.label === null || answered.has(net.label)
        ? []
        : { answer, netns: net.label, rows: asLinks(net), complete },
    ),
  );
}

/** Namespaces in the order in which the first of their answers, or of their gaps, stands in the facts. */
function rulesIn(facts: HostFacts): readonly RuleReadings[] {
  const told = [...facts.answers, ...facts.gaps].filter(
    ({ probe }) => probe !== null && toldApart.has(probe),
  );
  const labels = new Set(told.flatMap(({ netns }) => netns ?? []));
  return [...labels].map((netns) => readRules(facts, netns));
}

/** facts → readings. Never throws: what cannot be read is a gap. */
export function read(facts: HostFacts): Readings {
  const gaps: Gap[] = facts.gaps.filter(({ probe }) => probe === null || !toldApart.has(probe));
  const all = <Row>(probe: Pick<Probe<Row>, "name" | "fine" | "parse">): readonly Read<Row>[] =>
    facts.answers
      .filter((answer) => sameQuestion(answer.probe, probe.name))
      .map((answer) => {
        const reading = probe.parse(answer);
        const lost = answerGaps(probe, answer, reading);
        gaps.push(...lost);
        return {
          answer: answer.id,
          netns: answer.netns,
          rows: reading.rows,
          complete: lost.length === 0,
        };
      });
  const paths = all(netnsPaths);
  const processes = all(processNames);
  const procNets = placed(all(procNet), paths, processes);
  const pasted = isPasted(facts) ? readPasted(all) : null;
  const links = pasted?.links ?? all(ipAddr);
  return {
    host: facts.host,
    source: facts.source,
    at: facts.at,
    paths,
    mounts: all(mountinfo),
    cgroups: all(cgroups),
    processes,
    identity: all(identity),
    nsids: [...all(lsns), ...all(lsnsObserver)],
    heldNsids: all(lsnsHeld),
    netnsNames: all(ipNetnsIds),
    links: [...links, ...strangersLinks(procNets, links)],
    procNets,
    routes: all(ipRoute),
    fdb: [...all(bridgeFdb), ...all(tunnelFdb)],
    vlans: all(bridgeVlan),
    rules: rulesIn(facts),
    engineVersion: all(engineVersion),
    engineInfo: all(engineInfo),
    engineNetworks: pasted?.networks ?? all(engineNetworks),
    engineContainers: pasted?.containers ?? all(engineContainers),
    pasted: pasted?.places ?? null,
    called: pasted?.called ?? null,
    gaps,
  };
}
