import type { NetnsId } from "@/lib/net/ids";
import type { Link } from "@/lib/topology/model";
import { allPass, mayBeFor, mayCarryLoopback, mayEnter, mayForward, maySource } from "./checks";
import { checked, seesFrames, switched } from "./frames";
import { answering } from "./listeners";
import { atBridge } from "./neighbours";
import { type Routed, routeTo } from "./route";
import { frameRules, meetRules, past } from "./rules-met";
import {
  between,
  entering,
  type Going,
  given,
  going,
  leaving,
  type Move,
  type NotEntered,
  noting,
  stopped,
  type Trip,
  unknown,
} from "./trip";
import { isLocal, type World } from "./world";

type Of<Name extends Move["move"]> = Extract<Move, { readonly move: Name }>;
type Leading = Extract<Routed, { readonly to: "link" }>;

const routed = (world: World, netns: NetnsId, { packet }: Trip): Routed =>
  routeTo(world, netns, packet.family, packet.destination);

/** Goes on by the route; without one, or where that is not known, it ends. */
function byRoute(
  world: World,
  netns: NetnsId,
  trip: Trip,
  then: (route: Leading) => readonly Going[],
): readonly Going[] {
  const route = routed(world, netns, trip);
  const to = trip.packet.destination;
  if (route.to === "nowhere") return [stopped(trip, { why: "no-route", netns, to })];
  if (route.to === "unknown") return [unknown(trip, { why: "routing", netns, to })];
  return then(route);
}

const noteRoute = (trip: Trip, netns: NetnsId, { link, nextHop }: Leading): Trip =>
  noting(trip, { did: "routed", netns, link: link.id, nextHop });

/** postrouting, and out by the link. */
function depart(
  world: World,
  netns: NetnsId,
  trip: Trip,
  { link, nextHop }: Leading,
): readonly Going[] {
  return past(meetRules(world, netns, "postrouting", trip), (met) => [
    going(leaving(met, netns), { move: "out", link, nextHop, from: null }),
  ]);
}

/** Of a program here: routed, output, routed anew where that changed its destination. */
export function send(world: World, { netns }: Of<"send">, start: Trip): readonly Going[] {
  const doubt = frameRules(world, netns);
  if (doubt !== null) return [unknown(start, doubt)];
  const trip = entering(start, netns);
  if (typeof trip === "string") return [unknown(start, { why: "not-followed", netns })];
  const here = (each: Trip): boolean => isLocal(world, netns, each.packet.destination);
  const meet = (out: string): readonly Going[] =>
    past(meetRules(world, netns, "output", between(trip, { out })), (met) =>
      here(met) ? around(world, netns, met) : away(world, netns, met),
    );
  return here(trip) ? meet("lo") : byRoute(world, netns, trip, ({ link }) => meet(link.name));
}

const around = (world: World, netns: NetnsId, trip: Trip): readonly Going[] =>
  past(meetRules(world, netns, "postrouting", between(trip, { out: "lo" })), (met) => [
    going(met, { move: "loop", netns }),
  ]);

function away(world: World, netns: NetnsId, trip: Trip): readonly Going[] {
  return byRoute(world, netns, trip, (route) => {
    const { link } = route;
    const leaves = mayCarryLoopback(world, link, trip.packet.source);
    return checked(trip, leaves, (passed) =>
      depart(world, netns, noteRoute(between(passed, { out: link.name }), netns, route), route),
    );
  });
}

/** Round by the loopback: the same connection, met by prerouting and input as it comes back. */
export const loop = (world: World, { netns }: Of<"loop">, trip: Trip): readonly Going[] =>
  past(meetRules(world, netns, "prerouting", between(trip, { in: "lo", out: null })), (met) =>
    isLocal(world, netns, met.packet.destination)
      ? toProgram(world, netns, met)
      : [unknown(met, { why: "not-followed", netns })],
  );

/** input, then whoever listens. */
function toProgram(world: World, netns: NetnsId, trip: Trip): readonly Going[] {
  const { packet } = trip;
  const local = noting(trip, { did: "was-local", netns, address: packet.destination });
  return past(meetRules(world, netns, "input", between(local, { out: null })), (met) =>
    arrive(world, netns, leaving(met, netns)),
  );
}

function arrive(world: World, netns: NetnsId, trip: Trip): readonly Going[] {
  if (trip.phase !== "first") return [going(trip, { end: "arrived", netns, socket: null })];
  const { family, protocol, destination: address, destinationPort } = trip.packet;
  const found = answering(world, netns, family, {
    protocol,
    address,
    port: destinationPort.first,
  });
  const at = { netns, port: destinationPort.first };
  if (found.by === "unknown") return [going(trip, { end: "unknown", doubt: found.doubt, at })];
  if (found.by === "nobody") return [stopped(trip, { why: "nobody-listens", ...at })];
  const { socket } = found;
  const known = found.given === null ? trip : given(trip, found.given);
  const reached = noting(known, { did: "reached", netns, socket: socket.key });
  return [going(reached, { end: "arrived", netns, socket })];
}

const cameBy = (
  world: World,
  { link, port }: Of<"in">,
  { packet }: Trip,
): { in: string; out: null; ports: { in: string; out: null } | null } => {
  const sees = port !== null && seesFrames(world, link, packet.family) === true;
  return { in: link.name, out: null, ports: sees ? { in: port.name, out: null } : null };
};

/** An answer that no connection here translates gets to nobody who waits for one. */
function notMet(world: World, netns: NetnsId, why: NotEntered, trip: Trip): Going {
  const isLost =
    why === "stranger" && trip.phase === "answer" && isLocal(world, netns, trip.packet.destination);
  return isLost
    ? stopped(trip, { why: "answer-untranslated", netns })
    : unknown(trip, { why: "not-followed", netns });
}

/** Up to IP by a link. */
export function comeIn(world: World, move: Of<"in">, trip: Trip): readonly Going[] {
  const doubt = frameRules(world, move.link.netns);
  if (doubt !== null) return [unknown(trip, doubt)];
  return checked(trip, mayEnter(move.link, trip.packet), (passed) => arriveAt(world, move, passed));
}

/** prerouting, then to a program here or on. */
function arriveAt(world: World, move: Of<"in">, start: Trip): readonly Going[] {
  const { link, port } = move;
  const { netns } = link;
  const entered = entering(start, netns);
  if (typeof entered === "string") return [notMet(world, netns, entered, start)];
  const came = noting(between(entered, cameBy(world, move, entered)), {
    did: "came",
    netns,
    link: link.id,
    port: port?.id ?? null,
  });
  return past(meetRules(world, netns, "prerouting", came), (met) => {
    const { family, source, destination } = met.packet;
    const may = allPass([
      mayBeFor(link, destination),
      mayCarryLoopback(world, link, destination),
      maySource(world, link, family, source),
    ]);
    return checked(met, may, (passed) =>
      isLocal(world, netns, destination)
        ? toProgram(world, netns, passed)
        : forward(world, move, passed, start),
    );
  });
}

function forward(world: World, move: Of<"in">, trip: Trip, start: Trip): readonly Going[] {
  const { link, port } = move;
  const { netns } = link;
  return byRoute(world, netns, trip, (route) => {
    const isBack = route.link.id === link.id && port !== null;
    // A frame that br_netfilter translates back to its own bridge is bridged, not routed (br_nf_pre_routing_finish).
    const isBridged = isBack && trip.packet.ports !== null;
    if (isBridged && trip.packet.destination !== start.packet.destination)
      return bridgedAnew(world, link, port, route, trip);
    return checked(trip, mayForward(world, link, trip.packet.family), (passed) => {
      const goesBy = noteRoute(between(passed, { out: route.link.name }), netns, route);
      return past(meetRules(world, netns, "forward", goesBy), (met) =>
        depart(world, netns, met, route),
      );
    });
  });
}

function bridgedAnew(
  world: World,
  bridge: Link,
  port: Link,
  { nextHop }: Leading,
  trip: Trip,
): readonly Going[] {
  const [to] = atBridge(world, bridge.id, nextHop).ports;
  if (bridge.kind !== "bridge" || to === undefined)
    return [stopped(trip, { why: "no-neighbour", link: bridge.id, address: nextHop })];
  const noted = noting(trip, { did: "switched", bridge: bridge.id, from: port.id, to: to.id });
  return switched(world, { bridge, port, to, nextHop }, noted);
}
