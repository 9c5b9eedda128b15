import { knownMacs } from "@/lib/details/known-macs";
import type { Opened } from "@/lib/details/model";
import type { RuleDiagnosis } from "@/lib/diagnosis/model";
import { ruledBy } from "@/lib/diagnosis/rules/ruled-by";
import { commandOf } from "@/lib/facts/command";
import type { HostFacts } from "@/lib/facts/model";
import { type NetnsId, type NetnsLabel, networkId } from "@/lib/net/ids";
import type { PortRow, Ports, Way } from "@/lib/ports/model";
import { ports } from "@/lib/ports/ports";
import { wayIn, wayOut } from "@/lib/ports/way";
import { type World, worldOf } from "@/lib/ports/world";
import { bridgeFdb } from "@/lib/probes/bridge-fdb";
import { type BridgeMac, bridgeMacs } from "@/lib/probes/bridge-macs";
import { type Readings, read } from "@/lib/probes/read";
import { readListening, readRules, ruleProbes, toldApart } from "@/lib/probes/read-rules";
import { build } from "@/lib/topology/build";
import { buildListening } from "@/lib/topology/build-listening";
import { buildNetnsRules } from "@/lib/topology/firewall/build-netns-rules";
import type { NetnsRules } from "@/lib/topology/firewall/model";
import type { Listening } from "@/lib/topology/listening";
import type { Bridge, Topology } from "@/lib/topology/model";
import { type LastQuestion, lastQuestions } from "@/lib/topology/open-ends";
import { type NetworkOption, type Ruling, ruledOptions } from "@/lib/topology/ruling";

const ofRules: ReadonlySet<string> = new Set(ruleProbes.map(({ name }) => name));

/** What the facts of one host mean. Never throws: what could not be read is among the gaps. */
export const understand = (facts: HostFacts): Topology => build(read(facts));

const isAsked = ({ probe, netns }: HostFacts["gaps"][number] | HostFacts["answers"][number]) =>
  probe !== null && netns !== null && ofRules.has(probe);

const optionsIn = ({ engineNetworks }: Readings, host: string): readonly NetworkOption[] =>
  engineNetworks
    .flatMap(({ rows }) => rows)
    .flatMap(({ id, options }) =>
      ruledOptions.flatMap((name) => {
        const value = options[name];
        return value === undefined ? [] : [{ network: networkId(host, id), name, value }];
      }),
    );

function ruledFrom(facts: HostFacts, readings: Readings, { namespaces }: Topology): Ruling {
  const told = new Set([...facts.answers, ...facts.gaps].filter(isAsked).map(({ netns }) => netns));
  const read = new Map(readings.rules.map((rules) => [rules.netns, rules]));
  return {
    rules: namespaces
      .filter(({ label }) => told.has(label))
      .map(({ label }) => buildNetnsRules(facts.host, read.get(label) ?? readRules(facts, label))),
    listening: buildListening(readings, readListening(facts)),
    options: optionsIn(readings, facts.host),
  };
}

/** What goes with the topology of these facts: rules, settings and sockets. */
export const rulingOf = (facts: HostFacts, topology: Topology): Ruling =>
  ruledFrom(facts, read(facts), topology);

type Surveyed = { readonly topology: Topology; readonly ruling: Ruling };

/** What a host is, with all that decides about its connections. Everything is read once. */
export function survey(facts: HostFacts): Surveyed {
  const readings = read(facts);
  const topology = build(readings);
  return { topology, ruling: ruledFrom(facts, readings, topology) };
}

/** The same, and what rules, settings and sockets show of its faults. */
export function examine(facts: HostFacts): Surveyed & { readonly ruled: RuleDiagnosis } {
  const { topology, ruling } = survey(facts);
  return { topology, ruling, ruled: ruledBy(topology, ruling) };
}

/** Rules of one namespace, with what decides beside them; `not-asked` where nobody asked it. */
export const rulesOf = (facts: HostFacts, netns: NetnsLabel): NetnsRules =>
  buildNetnsRules(facts.host, readRules(facts, netns));

/** Who listens, in every namespace of the host that a process lives in. */
export const listeningOn = (facts: HostFacts): Listening =>
  buildListening(read(facts), readListening(facts));

/** Everything that decides about connections on a host. `topology`: of these facts. */
export function worldOn(facts: HostFacts, topology: Topology): World {
  const { rules, listening } = rulingOf(facts, topology);
  return worldOf(topology, rules, listening);
}

/** Every port of a host, who listens there, and from where it is reached. */
export const portsOf = (facts: HostFacts, topology: Topology): Ports =>
  ports(worldOn(facts, topology));

/** The way in to one of those ports; null: nobody was asked about it. */
export const wayInto = (facts: HostFacts, topology: Topology, port: PortRow): Way | null =>
  wayIn(worldOn(facts, topology), port);

/** The way out of a namespace to the world; null: no address stands for it. */
export const wayOutOf = (facts: HostFacts, topology: Topology, netns: NetnsId): Way | null =>
  wayOut(worldOn(facts, topology), netns);

const ofBridge = ({ links }: Topology, bridge: Bridge, { port }: BridgeMac): boolean =>
  port === bridge.name || links.some(({ master, name }) => master === bridge.id && name === port);

/** The addresses behind a bridge, for which a live host is asked: what a recording tells of all bridges together, of this one. */
export function recordedMacs(facts: HostFacts, topology: Topology, bridge: Bridge): Opened {
  const answer = facts.answers.find(({ probe }) => probe === bridgeFdb.name);
  if (answer === undefined || bridge.netns !== topology.host.netns)
    return { status: "not-recorded" };
  const rows = bridgeMacs(bridge.name)
    .parse(answer)
    .rows.filter((row) => ofBridge(topology, bridge, row));
  const value = { question: "macs", macs: knownMacs(topology, bridge, rows) } as const;
  return { status: "read", at: answer.at, command: commandOf(answer), value };
}

/** Rules name no namespace, and a large set of them takes longer to read than all else. */
const withoutRules = (facts: HostFacts): HostFacts => ({
  ...facts,
  answers: facts.answers.filter(({ probe }) => !toldApart.has(probe)),
});

/** What is worth asking in the last exec, now that all else is known. */
export const questionsLeft = (facts: HostFacts): readonly LastQuestion[] =>
  lastQuestions(understand(withoutRules(facts)));

/** The namespaces whose own nsid map would settle a link that is still open. */
export const openObservers = (facts: HostFacts): readonly NetnsLabel[] =>
  questionsLeft(facts).flatMap(({ scope, netns }) => (scope === "observer" ? netns : []));
