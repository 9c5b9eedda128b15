import type { BaseChain, Chain, Hook, Source, Table } from "@/lib/topology/firewall/model";
import { throughChain } from "./chain";
import type { Doubt, Outcome, Packet, Place, Traveller, Tuple } from "./packet";
import { doubting, type Left, settled, stepOf, stepped, type Walk } from "./walk";

/** A base chain at a hook, with its table. */
type Stop = { readonly table: Table; readonly chain: Chain; readonly base: BaseChain };

const isFor = (table: Table, family: Packet["family"]): boolean =>
  table.family === family || table.family === "inet";

/**
 * All base chains that a packet of this family meets at a hook, in order of priority; those of equal
 * priority in the order in which they were read (which of them the kernel asks first is not told).
 */
const stopsAt = (place: Place, hook: Hook, family: Packet["family"]): readonly Stop[] =>
  place.firewall.tables
    .filter((table) => isFor(table, family))
    .flatMap((table) =>
      table.chains.flatMap((chain) =>
        chain.base?.hook === hook ? [{ table, chain, base: chain.base }] : [],
      ),
    )
    .toSorted((a, b) => a.base.priority - b.base.priority);

/** Rules of which nothing is known may do anything at any hook. */
const unreadFor = ({ firewall }: Place, family: Packet["family"]): Source | undefined =>
  firewall.sources.find(
    (source) =>
      source.state.status === "unreadable" &&
      source.backend !== "ipset" &&
      (source.family === null || source.family === family),
  );

type Half = "destination" | "source";

/** Which end nat changes at a hook: before routing the destination, after it the source. */
const changes: Readonly<Partial<Record<Hook, Half>>> = {
  prerouting: "destination",
  output: "destination",
  input: "source",
  postrouting: "source",
};

/**
 * Only the first packet of a tracked connection meets a nat chain, none after one that mapped it, and none where
 * this end is settled already.
 */
function isMet({ base }: Stop, { packet }: Traveller, mapped: boolean, half?: Half): boolean {
  if (base.type !== "nat") return true;
  const { state, decided } = packet.connection;
  return state === "new" && !mapped && half !== undefined && !decided[half];
}

/** From the beginning of a base chain to its verdict; back there is its policy. */
function throughBase(stop: Stop, place: Place, hook: Hook, traveller: Traveller): readonly Left[] {
  const { table, chain, base } = stop;
  const walk: Walk = { place, hook, table, chain, visited: [chain.name], through: throughChain };
  const ways = throughChain(walk, traveller).map((left): Left => {
    if (left.kind === "verdict") return left;
    const step = { ...stepOf(walk, null, base.policy, null) };
    const told = base.policy === "drop" ? stepped(left.traveller, step) : left.traveller;
    return { kind: "verdict", verdict: base.policy, traveller: told };
  });
  return settled(traveller, ways);
}

type Met = { readonly traveller: Traveller; readonly mapped: boolean };

const wasMapped = (before: Traveller, after: Traveller, half: Half | undefined): boolean =>
  half !== undefined &&
  !before.packet.connection.translated[half] &&
  after.packet.connection.translated[half];

/** One that is met next; accepted ones stay `here`, all others have ended. */
function pass(stop: Stop, place: Place, hook: Hook, met: Met): readonly (Met & { left: Left })[] {
  if (!isMet(stop, met.traveller, met.mapped, changes[hook]))
    return [{ ...met, left: { kind: "verdict", verdict: "accept", traveller: met.traveller } }];
  return throughBase(stop, place, hook, met.traveller).map((left) => ({
    left,
    traveller: left.traveller,
    mapped: met.mapped || wasMapped(met.traveller, left.traveller, changes[hook]),
  }));
}

const isAccepted = (left: Left): boolean => left.kind === "verdict" && left.verdict === "accept";

/** Where conntrack puts back what nat changed when the connection began: NF_IP_PRI_NAT_DST, NF_IP_PRI_NAT_SRC. */
const translates = { destination: -100, source: 100 } as const;

/** What becomes of a packet of a connection whose ends were translated: the header beyond this hook. */
export type Restored = Partial<Tuple>;

const restore = (met: Met, restored: Restored): Met => {
  const { traveller } = met;
  return { ...met, traveller: { ...traveller, packet: { ...traveller.packet, ...restored } } };
};

const settleHalf = (traveller: Traveller, half: Half | undefined): Traveller => {
  if (half === undefined) return traveller;
  const { packet } = traveller;
  const decided = { ...packet.connection.decided, [half]: true };
  return { ...traveller, packet: { ...packet, connection: { ...packet.connection, decided } } };
};

function throughStops(
  stops: readonly Stop[],
  place: Place,
  hook: Hook,
  start: Traveller,
  restored: Restored | null,
): readonly Left[] {
  const ended: Left[] = [];
  const half = changes[hook];
  const at = half === undefined ? Number.POSITIVE_INFINITY : translates[half];
  let isRestored = restored === null;
  let here: readonly Met[] = [{ traveller: start, mapped: false }];
  for (const stop of stops) {
    if (restored !== null && !isRestored && stop.base.priority > at) {
      here = here.map((met) => restore(met, restored));
      isRestored = true;
    }
    const passed = here.flatMap((met) => pass(stop, place, hook, met));
    ended.push(...passed.map(({ left }) => left).filter((left) => !isAccepted(left)));
    here = passed.filter(({ left }) => isAccepted(left));
  }
  if (restored !== null && !isRestored) here = here.map((met) => restore(met, restored));
  const through = here.map(
    ({ traveller }): Left => ({
      kind: "verdict",
      verdict: "accept",
      traveller: settleHalf(traveller, half),
    }),
  );
  return settled(start, [...ended, ...through]);
}

/** Nat chains of one priority in different tables: the last one registered is met first. Both orders, if there are two. */
function orders(stops: readonly Stop[]): readonly (readonly Stop[])[] {
  const nat = stops.filter(({ base }) => base.type === "nat");
  const twin = nat.find(
    ({ base }, nth) => nth > 0 && nat[nth - 1]?.base.priority === base.priority,
  );
  if (twin === undefined) return [stops];
  const isTwin = (stop: Stop): boolean =>
    stop.base.type === "nat" && stop.base.priority === twin.base.priority;
  const others = stops.filter((stop) => !isTwin(stop));
  const twins = stops.filter(isTwin);
  const at = others.findLastIndex(({ base }) => base.priority <= twin.base.priority) + 1;
  return [twins, twins.toReversed()].map((each) => others.toSpliced(at, 0, ...each));
}

type Orders = readonly (readonly Stop[])[];

const known = new WeakMap<Place["firewall"], Map<string, Orders>>();

/** Of one set of rules a thousand connections ask the same. */
function ordersAt(place: Place, hook: Hook, family: Packet["family"]): Orders {
  const ofRules = known.get(place.firewall) ?? new Map<string, Orders>();
  known.set(place.firewall, ofRules);
  const name = `${hook} ${family}`;
  const found = ofRules.get(name) ?? orders(stopsAt(place, hook, family));
  ofRules.set(name, found);
  return found;
}

const outcome = (left: Left): Outcome => ({
  verdict: left.kind === "verdict" ? left.verdict : "accept",
  traveller: left.traveller,
});

/**
 * What the rules at one hook do with a packet: usually one outcome; several, each with its doubts,
 * where the rules do not settle it.
 *
 * Every base chain of every table sees it in order of priority: `accept` ends one of them, `drop` and `reject` end all
 * (netfacts §5.1). `taken`: it is not known what became of it. `restored`: of a packet that is not the first of its connection,
 * what conntrack translates here by itself.
 */
export function throughHook(
  place: Place,
  hook: Hook,
  start: Traveller,
  restored: Restored | null = null,
): readonly Outcome[] {
  const { family } = start.packet;
  const ways = ordersAt(place, hook, family);
  const samePriority: Doubt = { why: "same-priority", hook };
  const first = ways.length > 1 ? doubting(start, samePriority) : start;
  const ended = settled(
    start,
    ways.flatMap((stops) => throughStops(stops, place, hook, first, restored)),
  );
  const unread = unreadFor(place, family);
  if (unread === undefined) return ended.map(outcome);
  const doubt: Doubt = { why: "unread-rules", backend: unread.backend };
  const unsure = ended.map((left) => ({ ...left, traveller: doubting(left.traveller, doubt) }));
  return [...unsure.map(outcome), { verdict: "taken", traveller: doubting(start, doubt) }];
}
