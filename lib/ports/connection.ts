import type { NetnsId } from "@/lib/net/ids";
import { isWithin } from "@/lib/net/ip-address";
import { bytesOf } from "@/lib/netfilter/bytes-of";
import {
  ephemeral,
  familyOf,
  newPacket,
  type Packet,
  type Tuple,
  tupleOf,
} from "@/lib/netfilter/packet";
import type { Link } from "@/lib/topology/model";
import { addressFor } from "./ground";
import { follow } from "./journey";
import type { Condition, Origin, Phase, Target, WayStep } from "./model";
import { childWith, uplinkPort } from "./neighbours";
import { routeTo } from "./route";
import {
  type Ended,
  type Ending,
  type Flow,
  type Going,
  going,
  inverse,
  type Move,
  sameTuple,
  type Trip,
  unknown,
} from "./trip";
import { isLocal, isLoopback, type World } from "./world";

/** A connection that ended, and on which of its packets. */
export type Result = {
  readonly phase: Phase;
  readonly ending: Ending;
  /** Of its first packet. */
  readonly way: readonly WayStep[];
  readonly doubts: Trip["doubts"];
  readonly conditions: readonly Condition[];
};

/** The address that a program sends from if it does not choose one. null: there is none. */
function sourceFor(world: World, netns: NetnsId, to: string): string | null {
  if (isLoopback(to)) return "127.0.0.1";
  if (isLocal(world, netns, to)) return to;
  const route = routeTo(world, netns, familyOf(to), to);
  if (route.to !== "link") return null;
  return addressFor(world, netns, route.link.name, familyOf(to), route.nextHop);
}

const tripOf = (packet: Packet, way: readonly WayStep[]): Trip => ({
  phase: "first",
  packet,
  restores: null,
  flows: new Map<NetnsId, readonly Flow[]>(),
  way,
  doubts: [],
  conditions: [],
});

const isOnLink = (link: Link, address: string): boolean => {
  const bytes = bytesOf(address);
  return link.addresses.some((own) => {
    const net = bytesOf(own.address);
    return bytes !== null && net !== null && isWithin(bytes, { address: net, prefix: own.prefix });
  });
};

/**
 * A machine on the wire finds a macvlan by itself; what is not on its subnet it hands to this host. An ipvlan
 * may be routed by the host (l3s) or not (l2), and which is not read.
 */
function arrivalBy(world: World, link: Link, address: string): Move | Ending {
  const child = childWith(world, link.id, address);
  if (child?.kind === "ipvlan")
    return { end: "unknown", doubt: { why: "not-followed", netns: child.netns }, at: null };
  if (child !== null) return { move: "in", link: child, port: null };
  if (link.kind !== "bridge") return { move: "in", link, port: null };
  const port = uplinkPort(world, link.id);
  if (port === null) return { move: "in", link, port };
  const isMine = isLocal(world, link.netns, address) || !isOnLink(link, address);
  return isMine
    ? { move: "in", link, port }
    : { move: "frame", bridge: link, port, nextHop: address };
}

/** No address to send from: without a route there is nobody to send to. */
function unsent(world: World, netns: NetnsId, to: string): Ending {
  const route = routeTo(world, netns, familyOf(to), to);
  return route.to === "nowhere"
    ? { end: "stopped", stop: { why: "no-route", netns, to } }
    : { end: "unknown", doubt: { why: "routing", netns, to }, at: null };
}

const none = { ip: "0.0.0.0", ip6: "::" } as const;

/** The first packet as its origin sends it. */
function begin(
  world: World,
  origin: Origin,
  { address: destination, port, protocol }: Target,
): Going {
  const source =
    origin.at === "outside" ? origin.address : sourceFor(world, origin.netns, destination);
  const header: Tuple = {
    source: source ?? none[familyOf(destination)],
    sourcePort: ephemeral,
    destination,
    destinationPort: { first: port, last: port },
  };
  const packet = newPacket(header, protocol);
  if (origin.at === "outside") {
    const link = world.link(origin.link);
    const trip = tripOf(packet, []);
    if (link === null) return unknown(trip, { why: "beyond", link: origin.link });
    return going(trip, arrivalBy(world, link, destination));
  }
  const { netns } = origin;
  if (source === null) return going(tripOf(packet, []), unsent(world, netns, destination));
  const sent: WayStep = { did: "sent", netns, by: "program", header };
  return going(tripOf(packet, [sent]), { move: "send", netns });
}

const resultOf = (first: Trip, { trip, next }: Ended): Result => ({
  phase: trip.phase,
  ending: next,
  way: first.way,
  doubts: trip.doubts,
  conditions: trip.conditions,
});

const again = (trip: Trip, phase: Phase, header: Tuple): Trip => ({
  ...trip,
  phase,
  packet: newPacket(header, trip.packet.protocol),
});

/** Where an answer has to come to, and how it has to look there. */
const isAnswered = (origin: Origin, asked: Tuple, { trip, next }: Ended): boolean => {
  if (!sameTuple(trip.packet, inverse(asked))) return false;
  if (origin.at === "outside") return next.end === "left" && next.link === origin.link;
  return next.end === "arrived" && next.netns === origin.netns;
};

/** An end of an answer as an end of the connection. null: it came where it had to. */
function answerFault(origin: Origin, asked: Tuple, ended: Ended): Ended | null {
  const { trip, next } = ended;
  if (next.end === "stopped" || next.end === "unknown") return ended;
  if (isAnswered(origin, asked, ended)) return null;
  const hasCome =
    origin.at === "namespace" && next.end === "arrived" && next.netns === origin.netns;
  if (hasCome)
    return {
      trip,
      next: { end: "stopped", stop: { why: "answer-untranslated", netns: origin.netns } },
    };
  return { trip, next: { end: "unknown", doubt: null, at: null } };
}

/** The client's third packet meets rules of connections that are there, not those of new ones. */
function later(world: World, origin: Origin, target: Target, answered: Trip): readonly Ended[] {
  const start = begin(world, origin, target);
  const trip = { ...again(answered, "later", tupleOf(start.trip.packet)), restores: null };
  return follow(world, { ...start, trip });
}

function answers(
  world: World,
  origin: Origin,
  target: Target,
  asked: Tuple,
  first: Ended,
): readonly Result[] {
  const { trip, next } = first;
  if (next.end !== "arrived") return [resultOf(trip, first)];
  const { netns } = next;
  const back = again(trip, "answer", inverse(tupleOf(trip.packet)));
  return follow(world, going(back, { move: "send", netns })).flatMap((ended) => {
    const fault = answerFault(origin, asked, ended);
    if (fault !== null) return [resultOf(trip, fault)];
    return later(world, origin, target, ended.trip).map((last): Result => {
      const isBack = last.next.end === "arrived" && last.next.netns === netns;
      const ending: Ending =
        last.next.end === "arrived" || last.next.end === "left"
          ? isBack
            ? next
            : { end: "unknown", doubt: null, at: null }
          : last.next;
      return { ...resultOf(trip, last), ending };
    });
  });
}

/** Where the first packet of a connection may end: also beyond this host. */
export const firstPacket = (world: World, origin: Origin, target: Target): readonly Ended[] =>
  follow(world, begin(world, origin, target));

/** Every way that a new connection may take to the first program that gets it. UDP: one packet, no answer. */
export function connect(world: World, origin: Origin, target: Target): readonly Result[] {
  const start = begin(world, origin, target);
  const asked = tupleOf(start.trip.packet);
  const ends = follow(world, start).map(
    ({ trip, next }): Ended =>
      next.end === "left"
        ? { trip, next: { end: "unknown", doubt: { why: "beyond", link: next.link }, at: null } }
        : { trip, next },
  );
  if (target.protocol === "udp") return ends.map((ended) => resultOf(ended.trip, ended));
  return ends.flatMap((ended) => answers(world, origin, target, asked, ended));
}
