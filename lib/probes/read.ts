import type { Gap, HostFacts } from "@/lib/facts/model";
import type { AnswerId, NetnsLabel } from "@/lib/net/ids";
import { answerGaps } from "./answer-gap";
import { bridgeFdb, type FdbEntry } from "./bridge-fdb";
import { type CgroupPlace, cgroups } from "./cgroups";
import type { Probe } from "./define";
import { type EngineContainer, engineContainers } from "./engine-containers";
import { type EngineInfo, engineInfo } from "./engine-info";
import { type EngineNetwork, engineNetworks } from "./engine-networks";
import { type EngineVersion, engineVersion } from "./engine-version";
import { type IdentityLine, identity } from "./identity";
import { type IpLink, ipAddr } from "./ip-addr";
import { ipNetnsIds, type NetnsIdRow } from "./ip-netns-ids";
import { type IpRoute, ipRoute } from "./ip-route";
import { lsns, lsnsObserver, type NsidRow } from "./lsns";
import { mountinfo, type NetnsMount } from "./mountinfo";
import { type NetnsPath, netnsPaths } from "./netns-paths";
import { type ProcessName, processNames } from "./process-names";

/** One answer, read. `complete`: nothing of it was lost on the way or left unread. */
export type Read<Row> = {
  readonly answer: AnswerId;
  readonly netns: NetnsLabel | null;
  readonly rows: readonly Row[];
  readonly complete: boolean;
};

/** All that a host said, read question by question. Building the topology starts here. */
export type Readings = {
  readonly host: string;
  readonly source: HostFacts["source"];
  readonly at: string;
  readonly paths: readonly Read<NetnsPath>[];
  readonly mounts: readonly Read<NetnsMount>[];
  readonly cgroups: readonly Read<CgroupPlace>[];
  readonly processes: readonly Read<ProcessName>[];
  readonly identity: readonly Read<IdentityLine>[];
  /** The host's map and those of observers; `netns` null: the host's. */
  readonly nsids: readonly Read<NsidRow>[];
  readonly netnsNames: readonly Read<NetnsIdRow>[];
  readonly links: readonly Read<IpLink>[];
  readonly routes: readonly Read<IpRoute>[];
  readonly fdb: readonly Read<FdbEntry>[];
  readonly engineVersion: readonly Read<EngineVersion>[];
  readonly engineInfo: readonly Read<EngineInfo>[];
  readonly engineNetworks: readonly Read<EngineNetwork>[];
  readonly engineContainers: readonly Read<EngineContainer>[];
  readonly gaps: readonly Gap[];
};

/** Asked again at the very end, under a name of its own: only what still leads there counts. */
const sameQuestion = (asked: string, probe: string): boolean =>
  asked === probe || asked === `${probe}-after`;

/** facts → readings. Never throws: what cannot be read is a gap. */
export function read(facts: HostFacts): Readings {
  const gaps: Gap[] = [...facts.gaps];
  const all = <Row>(probe: Probe<Row>): readonly Read<Row>[] =>
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
  return {
    host: facts.host,
    source: facts.source,
    at: facts.at,
    paths: all(netnsPaths),
    mounts: all(mountinfo),
    cgroups: all(cgroups),
    processes: all(processNames),
    identity: all(identity),
    nsids: [...all(lsns), ...all(lsnsObserver)],
    netnsNames: all(ipNetnsIds),
    links: all(ipAddr),
    routes: all(ipRoute),
    fdb: all(bridgeFdb),
    engineVersion: all(engineVersion),
    engineInfo: all(engineInfo),
    engineNetworks: all(engineNetworks),
    engineContainers: all(engineContainers),
    gaps,
  };
}
