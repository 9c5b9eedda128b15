import type { Bridge, Link, Stacked, Veth } from "@/lib/topology/model";
import { allPass, type Checked, isCarrying } from "./checks";
import type { Doubt } from "./model";
import { atBridge, bridgeOf, childWith, peerOf } from "./neighbours";
import { frameRules, meetRules, past } from "./rules-met";
import {
  between,
  entering,
  type Going,
  given,
  going,
  leaving,
  type Move,
  noting,
  stopped,
  type Trip,
  unknown,
} from "./trip";
import { isLocal, type World } from "./world";

type Of<Name extends Move["move"]> = Extract<Move, { readonly move: Name }>;

const doubtful = (trip: Trip, doubt: Doubt): Trip => ({ ...trip, doubts: [...trip.doubts, doubt] });

/**
 * Goes on where the check passes, with what it takes for granted. A setting that was not read may say either: what is beyond it
 * may come to the same.
 */
export function checked(
  trip: Trip,
  check: Checked,
  then: (trip: Trip) => readonly Going[],
): readonly Going[] {
  if (check.says === "stop") return [stopped(trip, check.stop)];
  if (check.says === "unknown") {
    const { doubt } = check;
    if (doubt.why !== "setting-not-read") return [unknown(trip, doubt)];
    const { netns, name } = doubt;
    const unsure = doubtful(trip, doubt);
    return [stopped(unsure, { why: "setting", netns, name }), ...then(unsure)];
  }
  return then(check.given === null ? trip : given(trip, check.given));
}

const passesPort = ({ portState, id }: Link): Checked =>
  portState === null || portState === "forwarding"
    ? { says: "pass", given: null }
    : { says: "stop", stop: { why: "link-down", link: id } };

/** From the host's end of a pair to the other, and up there. */
function cross(world: World, from: Veth, nextHop: string, trip: Trip): readonly Going[] {
  const to = peerOf(world, from);
  if (to === null) return [beyond(world, from, nextHop, trip)];
  return checked(trip, allPass([isCarrying(from), isCarrying(to)]), (carried) => {
    const crossed = noting(carried, { did: "crossed", from: from.id, to: to.id });
    const bridge = bridgeOf(world, to);
    if (bridge !== null) return [going(crossed, { move: "frame", bridge, port: to, nextHop })];
    if (to.master !== null || !isLocal(world, to.netns, nextHop))
      return [unknown(crossed, { why: "not-followed", netns: to.netns })];
    return [going(crossed, { move: "in", link: to, port: null })];
  });
}

/** Out of what is known: by a link of the host to other machines; elsewhere it is not known whom it meets. */
function beyond(world: World, link: Link, nextHop: string, trip: Trip): Going {
  if (link.netns !== world.host) return unknown(trip, { why: "beyond", link: link.id });
  return going(noting(trip, { did: "left", link: link.id, nextHop }), {
    end: "left",
    link: link.id,
  });
}

/** br_forward's should_deliver: back by where it came only in hairpin mode, which iproute2 tells of each port. */
const unreturned = (trip: Trip, { id: link, hairpin }: Link): Going =>
  hairpin === false
    ? stopped(trip, { why: "hairpin", link })
    : unknown(trip, { why: "bridge-port", link });

/** To the port of a bridge beyond which the neighbour is. */
function toPort(world: World, { link, nextHop, from }: Of<"out">, trip: Trip): readonly Going[] {
  const { ports, beyond: unseen } = atBridge(world, link.id, nextHop);
  const [port, another] = ports;
  if (another !== undefined)
    return [unknown(trip, { why: "two-neighbours", link: link.id, address: nextHop })];
  if (port === undefined) {
    if (unseen.length === 0)
      return [stopped(trip, { why: "no-neighbour", link: link.id, address: nextHop })];
    return [beyond(world, link, nextHop, trip)];
  }
  if (port.id === from?.id && port.hairpin !== true) return [unreturned(trip, port)];
  if (from?.isolated === true && port.isolated === true)
    return [stopped(trip, { why: "isolated", link: port.id })];
  return checked(trip, passesPort(port), (passed) => cross(world, port, nextHop, passed));
}

/** A macvlan or ipvlan meets the wire below it, and never the host of its parent. */
function below(world: World, link: Stacked, nextHop: string, trip: Trip): readonly Going[] {
  const lower = link.lower.status === "found" ? world.link(link.lower.link) : null;
  if (lower === null) return [unknown(trip, { why: "beyond", link: link.id })];
  if (isLocal(world, lower.netns, nextHop))
    return [stopped(trip, { why: "parent", link: link.id })];
  // private, vepa and l3 decide otherwise than bridge and l2, and the mode is not read.
  if (childWith(world, lower.id, nextHop) !== null || bridgeOf(world, lower) !== null)
    return [unknown(trip, { why: "beyond", link: link.id })];
  return [beyond(world, lower, nextHop, trip)];
}

function byWire(world: World, link: Link, nextHop: string, trip: Trip): readonly Going[] {
  if (childWith(world, link.id, nextHop) !== null)
    return [stopped(trip, { why: "parent", link: link.id })];
  return [beyond(world, link, nextHop, trip)];
}

const hasOwnWay = (link: Link): boolean => link.kind === "vxlan" || link.master !== null;

/** Handed to a link by IP. */
export function out(world: World, move: Of<"out">, trip: Trip): readonly Going[] {
  const { link, nextHop } = move;
  return checked(trip, isCarrying(link), (carried) => {
    switch (link.kind) {
      case "bridge":
        return toPort(world, move, carried);
      case "veth":
        return peerOf(world, link) === null
          ? byWire(world, link, nextHop, carried)
          : cross(world, link, nextHop, carried);
      case "macvlan":
      case "ipvlan":
        return below(world, link, nextHop, carried);
      default:
        return hasOwnWay(link)
          ? [unknown(carried, { why: "beyond", link: link.id })]
          : byWire(world, link, nextHop, carried);
    }
  });
}

const callsIptables = { ip: "bridge-nf-call-iptables", ip6: "bridge-nf-call-ip6tables" } as const;

/** Whether IP's rules see the frames of bridges. null: the settings were not read. A file that is not there: its module is not loaded. */
export function seesFrames(world: World, { netns }: Link, family: "ip" | "ip6"): boolean | null {
  if (!world.hasSettings(netns)) return null;
  return Number(world.setting(netns, `net/bridge/${callsIptables[family]}`) ?? 0) > 0;
}

/** From which port of a bridge to which, beyond which the neighbour is. */
type Switching = {
  readonly bridge: Bridge;
  readonly port: Link;
  readonly to: Link;
  readonly nextHop: string;
};

/** From port to port past IP's rules, which see the bridge as both interfaces. */
function meetAll(
  world: World,
  { bridge, port, to, nextHop }: Switching,
  trip: Trip,
): readonly Going[] {
  const { netns } = bridge;
  const entered = entering(trip, netns);
  if (typeof entered === "string") return [unknown(trip, { why: "not-followed", netns })];
  const before = between(entered, { in: bridge.name, ports: { in: port.name, out: null } });
  return past(meetRules(world, netns, "prerouting", before), (met) =>
    met.packet.destination === trip.packet.destination
      ? switched(world, { bridge, port, to, nextHop }, met)
      : [unknown(met, { why: "not-followed", netns })],
  );
}

/** The bridge's forward and postrouting, then over the pair. */
export function switched(
  world: World,
  { bridge, port, to, nextHop }: Switching,
  trip: Trip,
): readonly Going[] {
  const { netns } = bridge;
  const within = between(trip, {
    in: bridge.name,
    out: bridge.name,
    ports: { in: port.name, out: to.name },
  });
  return past(meetRules(world, netns, "forward", within), (forwarded) =>
    past(meetRules(world, netns, "postrouting", forwarded), (met) => [
      going(leaving(met, netns), passing(bridge, port, nextHop)),
    ]),
  );
}

const passing = (bridge: Bridge, from: Link, nextHop: string): Move => ({
  move: "out",
  link: bridge,
  nextHop,
  from,
});

/** A frame at a port: for the bridge itself, which has addresses, or for another port. */
export function frame(world: World, move: Of<"frame">, trip: Trip): readonly Going[] {
  const { bridge, port, nextHop } = move;
  const doubt = frameRules(world, bridge.netns);
  if (doubt !== null) return [unknown(trip, doubt)];
  if (bridge.filtersVlans === true) return [unknown(trip, { why: "bridge-port", link: port.id })];
  return checked(trip, allPass([isCarrying(bridge), passesPort(port)]), (passed) => {
    if (isLocal(world, bridge.netns, nextHop))
      return [going(passed, { move: "in", link: bridge, port })];
    const [to] = atBridge(world, bridge.id, nextHop).ports;
    const sees = seesFrames(world, bridge, passed.packet.family);
    if (sees === null)
      return [
        unknown(passed, {
          why: "setting-not-read",
          netns: bridge.netns,
          name: `net/bridge/${callsIptables[passed.packet.family]}`,
        }),
      ];
    if (to === undefined || !sees)
      return [going(noteSwitched(passed, bridge, port, to), passing(bridge, port, nextHop))];
    const noted = noteSwitched(passed, bridge, port, to);
    return meetAll(world, { bridge, port, to, nextHop }, noted);
  });
}

const noteSwitched = (trip: Trip, bridge: Bridge, from: Link, to: Link | undefined): Trip =>
  to === undefined
    ? trip
    : noting(trip, { did: "switched", bridge: bridge.id, from: from.id, to: to.id });
