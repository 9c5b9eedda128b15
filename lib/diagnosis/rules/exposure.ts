import type { Door, Evidence, Exposed, Exposure, FamilyExposure } from "@/lib/diagnosis/model";
import { ephemeral, type Outcome } from "@/lib/netfilter/packet";
import type { Reach } from "@/lib/ports/model";
import { reach } from "@/lib/ports/reach";
import type { Family } from "@/lib/ports/world";
import type { Link } from "@/lib/topology/model";
import { isEnd, meet, packetOf } from "./flow";
import { type Binding, bytesOf, isAnyAddress, type RuleGround } from "./ground";
import { type Entry, type Outside, outsideOf } from "./outside";
import { isUnheard } from "./unheard";

type Protocol = "tcp" | "udp";
type Open = Extract<Outside, { readonly status: "open" }>;

/** A port that may answer at an address of the host. `binding` null: nobody published it. */
type Candidate = {
  readonly protocol: Protocol;
  readonly port: number;
  readonly binding: Binding | null;
};

/** Of each family, over all its addresses. More are not asked about: each costs a walk through all rules. */
const asksAtMost = 512;

const isProtocol = (protocol: string): protocol is Protocol =>
  protocol === "tcp" || protocol === "udp";

type Port = Pick<Candidate, "protocol" | "port">;

const inOrder = (a: Port, b: Port): number =>
  a.port - b.port || a.protocol.localeCompare(b.protocol, "en");

/** Whether what is bound to `bound` may be asked for at `own`, by one spelling or another. */
function isOpenAt(bound: string, own: string, family: Family, both: boolean): boolean {
  if (!isAnyAddress(bound)) return `${bytesOf(bound)}` === `${bytesOf(own)}`;
  if (bound === "") return true;
  return bound === (family === "ip" ? "0.0.0.0" : "::") || (both && family === "ip");
}

/** What could answer at an address of the host: published ports, and its own programs. */
function candidates(ground: RuleGround, family: Family, own: string): readonly Candidate[] {
  const published = ground.bindings
    .filter(({ hostAddress }) => isOpenAt(hostAddress, own, family, false))
    .map((binding) => ({ protocol: binding.protocol, port: binding.hostPort, binding }));
  // UDP on ports of that range is mostly programs that wait for their own answers.
  const listens = (ground.world.sockets(ground.home) ?? [])
    .filter(({ protocol, port }) => protocol === "tcp" || port < ephemeral.first)
    .filter(({ address, answersIpv4 }) => isOpenAt(address, own, family, answersIpv4 !== "no"))
    .map(({ protocol, port }) => ({ protocol, port, binding: null }));
  // Of one port the binding is kept, which says whose it is.
  const once = new Map(
    [...listens, ...published].flatMap(({ protocol, port, binding }) =>
      isProtocol(protocol) ? [[`${protocol} ${port}`, { protocol, port, binding }] as const] : [],
    ),
  );
  return [...once.values()].toSorted(inOrder);
}

/** A connection from the world, as the host's own rules would meet it. */
export type Knock = {
  readonly family: Family;
  readonly source: string;
  readonly address: string;
  readonly uplink: Pick<Link, "name">;
  readonly protocol: Protocol;
  readonly port: number;
};

/** What the rules for the host's own programs would do with it, if it came to them. */
export const atInput = (
  ground: RuleGround,
  { family, source, address, uplink, protocol, port }: Knock,
): readonly Outcome[] =>
  meet(
    ground,
    "input",
    packetOf({ family, protocol, in: uplink.name, out: null, source, destination: address, port }),
  );

function inputOf(met: readonly Outcome[]): Exposed["input"] {
  if (met.length > 0 && met.every(isEnd)) return "past";
  return met.length === 1 && met[0]?.verdict === "accept" ? "accepts" : "cannot-tell";
}

type Asked = {
  readonly candidate: Candidate;
  readonly family: Family;
  readonly source: string;
  readonly entry: Entry;
  readonly reach: Reach;
};

function socketOf(ground: RuleGround, { ends }: Reach) {
  const key = ends[0]?.socket ?? null;
  return key === null ? null : ground.world.socket(key);
}

/** Sent on to a container before the rules for the host's own programs are asked; what docker-proxy passes on is not. */
const isForwarded = (ground: RuleGround, { candidate, reach: { ends } }: Asked): boolean => {
  const [end] = ends;
  if (end === undefined) return candidate.binding !== null;
  return end.netns !== ground.home && !end.proxied;
};

/** Whose it is: as it was published; else who lives where it ends; else the process of the host that listens. */
function whoOf(ground: RuleGround, { candidate, reach: found }: Asked) {
  const netns = found.ends[0]?.netns ?? ground.home;
  const inside = netns === ground.home ? undefined : ground.world.containersIn(netns)[0];
  const container = candidate.binding?.container ?? inside;
  if (container !== undefined) return { about: container.key, name: container.name };
  const holder = socketOf(ground, found)?.holder;
  const name = holder?.by === "processes" ? (holder.processes[0]?.name ?? null) : null;
  return { about: null, name };
}

/** The rule that sends it on, who listens in the end, and what published it. */
function evidenceOf(ground: RuleGround, { candidate, reach: found }: Asked): readonly Evidence[] {
  const sent = found.way.flatMap((step) =>
    step.did === "met-rule" &&
    step.step.hook === "prerouting" &&
    step.step.after !== null &&
    step.step.rule !== null
      ? (ground.ruleAt(step.step.rule)?.rule.evidence ?? [])
      : [],
  );
  const socket = socketOf(ground, found);
  const published = candidate.binding?.container.evidence;
  return [
    ...sent,
    ...(socket === null ? [] : [socket.evidence]),
    ...(published == null ? [] : [published]),
  ];
}

const isSeen = (ground: RuleGround, { reach: found }: Asked): boolean =>
  found.answer === "yes" || isUnheard(ground, found);

const isOpen = (ground: RuleGround, asked: Asked): boolean =>
  asked.reach.answer === "cannot-tell" && !isSeen(ground, asked);

function exposedOf(ground: RuleGround, asked: Asked): Exposed {
  const { candidate, family, source, entry } = asked;
  const { protocol, port } = candidate;
  const { address } = entry;
  const knock = { family, source, address, uplink: entry.link, protocol, port };
  const input = isForwarded(ground, asked) ? inputOf(atInput(ground, knock)) : "accepts";
  return {
    ...{ protocol, port, family, at: [address] },
    ...whoOf(ground, asked),
    input,
    evidence: evidenceOf(ground, asked),
  };
}

const brief = (evidence: readonly Evidence[]): readonly Evidence[] => [
  ...new Map(evidence.map((each) => [JSON.stringify(each), each])).values(),
];

/** One row for all addresses of a family at which the same answers in the same way. */
function together(rows: readonly Exposed[]): readonly Exposed[] {
  const groups = Map.groupBy(rows, ({ protocol, port, about, name, input }) =>
    JSON.stringify([port, protocol, about, name, input]),
  );
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const at = [...first.at, ...more.flatMap((each) => each.at)] as const;
    const all = [first, ...more].flatMap(({ evidence }) => evidence);
    return [{ ...first, at, evidence: brief(all) }];
  });
}

const ports = (candidates: readonly Candidate[]): number =>
  new Set(candidates.map(({ protocol, port }) => `${protocol} ${port}`)).size;

type Found = { readonly family: FamilyExposure; readonly rows: readonly Exposed[] };

const doorOf = ({ address, uplink }: Entry): Door => ({ address, uplink });

function askedOf(ground: RuleGround, family: Family, outside: Open): Found {
  const { source, entries, left } = outside;
  const all = entries.flatMap((entry) =>
    candidates(ground, family, entry.address).map((candidate) => ({ candidate, entry })),
  );
  const asked = all.slice(0, asksAtMost).map(({ candidate, entry }): Asked => {
    const origin = { at: "outside", link: entry.link.id, address: source } as const;
    const { protocol, port } = candidate;
    const found = reach(ground.world, origin, { protocol, port, address: entry.address });
    return { candidate, family, source, entry, reach: found };
  });
  const [first, ...more] = entries;
  return {
    family: {
      family,
      status: "told",
      doors: [doorOf(first), ...more.map(doorOf)],
      left,
      open: ports(asked.filter((each) => isOpen(ground, each)).map(({ candidate }) => candidate)),
      unasked: ports(all.slice(asksAtMost).map(({ candidate }) => candidate)),
    },
    rows: together(
      asked.filter((each) => isSeen(ground, each)).map((each) => exposedOf(ground, each)),
    ),
  };
}

function foundBy(ground: RuleGround, family: Family): Found {
  const outside = outsideOf(ground, family);
  if (outside.status === "open") return askedOf(ground, family, outside);
  return { family: { family, ...outside }, rows: [] };
}

/** What answers from a machine beyond the default route, asked port by port, by IPv4 and by IPv6. */
export function exposureOf(ground: RuleGround): Exposure {
  const found = (["ip", "ip6"] as const).map((family) => foundBy(ground, family));
  return {
    families: found.map(({ family }) => family),
    // Sorting keeps the order of what is equal: IPv4 before IPv6.
    rows: found.flatMap(({ rows }) => rows).toSorted(inOrder),
  };
}
