import type { LinkId, NetnsId } from "@/lib/net/ids";
import type { Restored } from "@/lib/netfilter/hook";
import {
  type Connection,
  type Packet,
  type Ports,
  type Tuple,
  tupleOf,
} from "@/lib/netfilter/packet";
import type { Socket } from "@/lib/topology/listening";
import type { Bridge, Link } from "@/lib/topology/model";
import type { Condition, Doubt, Phase, Stop, WayStep } from "./model";

/** What one namespace's conntrack keeps of the connection: its header when it came, and when it went on. */
export type Flow = Pick<Connection, "translated" | "mark"> & {
  readonly began: Tuple;
  readonly became: Tuple;
  /** A rule took it out of conntrack: its answers are of no connection. */
  readonly untracked: boolean;
};

/** One packet on its way, with all that happened to it. Values, since each doubt is followed both ways. */
export type Trip = {
  readonly phase: Phase;
  readonly packet: Packet;
  /** Where it stands; what conntrack of this namespace translates by itself. */
  readonly restores: { readonly destination: Restored; readonly source: Restored } | null;
  /** By namespace; of one that it passes twice, with another header, two. */
  readonly flows: ReadonlyMap<NetnsId, readonly Flow[]>;
  readonly way: readonly WayStep[];
  readonly doubts: readonly Doubt[];
  readonly conditions: readonly Condition[];
};

/** What happens next to a packet. */
export type Move =
  /** A program of this namespace hands it to the kernel. */
  | { readonly move: "send"; readonly netns: NetnsId }
  /** It goes round by the loopback of its namespace. */
  | { readonly move: "loop"; readonly netns: NetnsId }
  /** Out by a link, to the neighbour `nextHop`; with the bridge port by which it came, where it never left the bridge. */
  | {
      readonly move: "out";
      readonly link: Link;
      readonly nextHop: string;
      readonly from: Link | null;
    }
  /** A frame for `nextHop` at a port of a bridge. */
  | {
      readonly move: "frame";
      readonly bridge: Bridge;
      readonly port: Link;
      readonly nextHop: string;
    }
  /** Up to IP; of a bridge, by which port. */
  | { readonly move: "in"; readonly link: Link; readonly port: Link | null };

/** How a packet's way ended. */
export type Ending =
  | {
      readonly end: "arrived";
      readonly netns: NetnsId;
      readonly socket: Socket | null;
    }
  | { readonly end: "stopped"; readonly stop: Stop }
  /** `at`: it got there, and only who listens is not known. */
  | {
      readonly end: "unknown";
      readonly doubt: Doubt | null;
      readonly at: { readonly netns: NetnsId; readonly port: number } | null;
    }
  | { readonly end: "left"; readonly link: LinkId };

export type Going = { readonly trip: Trip; readonly next: Move | Ending };
export type Ended = { readonly trip: Trip; readonly next: Ending };

export const going = (trip: Trip, next: Move | Ending): Going => ({ trip, next });

export const stopped = (trip: Trip, stop: Stop): Going => going(trip, { end: "stopped", stop });

export const unknown = (trip: Trip, doubt: Doubt): Going =>
  going(trip, { end: "unknown", doubt, at: null });

export const noting = (trip: Trip, ...steps: readonly WayStep[]): Trip => ({
  ...trip,
  way: [...trip.way, ...steps],
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Values that say the same are one. */
export const distinct = <Value>(values: readonly Value[]): readonly Value[] =>
  values.filter((value, nth) => values.findIndex((other) => same(value, other)) === nth);

const sameCondition = (a: Condition, b: Condition): boolean => {
  if (a.given === "answers-ipv4") return b.given === a.given && b.socket === a.socket;
  return b.given === a.given && b.netns === a.netns && (a.given !== "setting" || same(a, b));
};

export const given = (trip: Trip, condition: Condition): Trip =>
  trip.conditions.some((known) => sameCondition(known, condition))
    ? trip
    : { ...trip, conditions: [...trip.conditions, condition] };

/** The header of an answer to it. */
export const inverse = ({ source, sourcePort, destination, destinationPort }: Tuple): Tuple => ({
  source: destination,
  sourcePort: destinationPort,
  destination: source,
  destinationPort: sourcePort,
});

const samePorts = (a: Ports, b: Ports): boolean => a.first === b.first && a.last === b.last;

export const sameTuple = (a: Tuple, b: Tuple): boolean =>
  a.source === b.source &&
  a.destination === b.destination &&
  samePorts(a.sourcePort, b.sourcePort) &&
  samePorts(a.destinationPort, b.destinationPort);

const undecided = { destination: false, source: false };

const untouched = { in: null, out: null, ports: null, mark: 0 };

const firstOf = (trip: Trip): Trip => {
  const began = tupleOf(trip.packet);
  const connection: Connection = {
    state: "new",
    direction: "original",
    mark: 0,
    began,
    translated: undecided,
    decided: undecided,
  };
  return { ...trip, restores: null, packet: { ...trip.packet, ...untouched, connection } };
};

function laterOf(trip: Trip, flow: Flow, direction: "original" | "reply"): Trip {
  const { began, became, translated, mark } = flow;
  const target = direction === "original" ? became : inverse(began);
  const { source, sourcePort, destination, destinationPort } = target;
  const connection: Connection = {
    state: "established",
    direction,
    mark,
    began,
    translated,
    decided: { destination: true, source: true },
  };
  return {
    ...trip,
    packet: { ...trip.packet, ...untouched, connection },
    restores: {
      destination: { destination, destinationPort },
      source: { source, sourcePort },
    },
  };
}

/** stranger: of no connection that is known there. twice: the same one again. untracked: the answer to a packet without one. */
export type NotEntered = "stranger" | "twice" | "untracked";

/**
 * A packet that comes to a namespace meets its conntrack: the first begins a connection there, every other one has to
 * be of one.
 */
export function entering(trip: Trip, netns: NetnsId): Trip | NotEntered {
  const flows = trip.flows.get(netns) ?? [];
  const header = tupleOf(trip.packet);
  const begun = flows.find(({ began }) => sameTuple(header, began));
  const became = flows.find((flow) => sameTuple(header, inverse(flow.became)));
  if (trip.phase === "first")
    return begun === undefined && became === undefined ? firstOf(trip) : "twice";
  if (became !== undefined) return became.untracked ? "untracked" : laterOf(trip, became, "reply");
  return begun === undefined ? "stranger" : laterOf(trip, begun, "original");
}

/** It goes on, or ends here: conntrack keeps what became of the first. */
export function leaving(trip: Trip, netns: NetnsId): Trip {
  if (trip.phase !== "first") return trip;
  const { began, translated, mark, state } = trip.packet.connection;
  const untracked = state === "untracked";
  const flow: Flow = { began, became: tupleOf(trip.packet), translated, mark, untracked };
  const flows = [...(trip.flows.get(netns) ?? []), flow];
  return { ...trip, flows: new Map(trip.flows).set(netns, flows) };
}

/** The same with interfaces as the next hook sees them. */
export const between = (
  trip: Trip,
  change: Partial<Pick<Packet, "in" | "out" | "ports">>,
): Trip => ({ ...trip, packet: { ...trip.packet, ...change } });
