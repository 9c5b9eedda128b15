import type { NetnsId } from "@/lib/net/ids";
import { isOfThePacket } from "@/lib/netfilter/walk";
import type { DockerProxy, Socket } from "@/lib/topology/listening";
import { connect, type Result } from "./connection";
import type { Arrival, Doubt, Origin, Reach, Target, WayStep } from "./model";
import { isSame } from "./sendings";
import { distinct } from "./trip";
import { portName, type World } from "./world";

/** One way that a connection may take, with what a docker-proxy made of it. */
type Outcome = Result & { readonly proxied: boolean };

const hasName = ({ holder }: Socket, name: string): boolean =>
  holder.by === "processes" && holder.processes.some((process) => process.name === name);

/** The docker-proxy that holds a socket. unknown: one may, and it is not told which or where it leads. */
function proxyOf(world: World, socket: Socket): DockerProxy | "unknown" | null {
  const { holder, protocol, port, address } = socket;
  if (socket.netns !== world.host) return null;
  const found = world
    .proxiesOn(portName({ protocol, port }))
    .find(
      (proxy) =>
        isSame(proxy.hostAddress, address) &&
        (holder.by !== "processes" || holder.processes.some(({ pid }) => pid === proxy.pid)),
    );
  if (found !== undefined) return found;
  return hasName(socket, "docker-proxy") ? "unknown" : null;
}

const isPublished = ({ published }: World, { protocol, port }: Socket): boolean =>
  published.has(`${protocol} ${port}`);

/** dockerd listens on a published port for which no docker-proxy runs, and accepts nobody. */
const isOnlyHeld = (world: World, socket: Socket): boolean =>
  socket.netns === world.host && hasName(socket, "dockerd") && isPublished(world, socket);

const unsure = (result: Result, doubt: Doubt): Outcome => ({
  ...result,
  ending: { end: "unknown", doubt, at: null },
  proxied: false,
});

const connected = new WeakMap<World, Map<string, readonly Result[]>>();

/** What a docker-proxy sends on is the same, whoever asked for it: worked out once. */
function byProgram(world: World, netns: NetnsId, to: Target): readonly Result[] {
  const known = connected.get(world) ?? new Map<string, readonly Result[]>();
  connected.set(world, known);
  const name = `${netns} ${to.protocol} ${to.address} ${to.port}`;
  const found = known.get(name) ?? connect(world, { at: "namespace", netns }, to);
  known.set(name, found);
  return found;
}

/** What became of it beyond the socket that got it. */
function beyondSocket(
  world: World,
  protocol: Target["protocol"],
  result: Result,
): readonly Outcome[] {
  const { ending } = result;
  if (ending.end !== "arrived" || ending.socket === null) return [{ ...result, proxied: false }];
  const { socket, netns } = ending;
  const proxy = proxyOf(world, socket);
  const notRead: Doubt = { why: "sockets-not-read", netns };
  if (proxy === "unknown") return [unsure(result, notRead)];
  if (proxy !== null) {
    const to = { protocol, address: proxy.containerAddress, port: proxy.containerPort };
    return byProgram(world, netns, to).map((second) => joined(result, second));
  }
  if (isOnlyHeld(world, socket))
    return [
      {
        ...result,
        ending: { end: "stopped", stop: { why: "only-held", netns, socket: socket.key } },
        proxied: false,
      },
    ];
  if (socket.holder.by === "unknown" && netns === world.host && isPublished(world, socket))
    return [unsure(result, notRead)];
  return [{ ...result, proxied: false }];
}

const byProxy = (step: WayStep): WayStep =>
  step.did === "sent" ? { ...step, by: "docker-proxy" } : step;

const joined = (first: Result, second: Result): Outcome => ({
  ...second,
  way: [...first.way, ...second.way.map(byProxy)],
  doubts: [...first.doubts, ...second.doubts],
  conditions: [...first.conditions, ...second.conditions],
  proxied: true,
});

const isThere = ({ ending }: Outcome): boolean => ending.end === "arrived";

/** A program could have got it, had one listened; or one may have. */
const wouldBe = ({ ending }: Outcome): boolean =>
  ending.end === "stopped"
    ? ending.stop.why === "nobody-listens" || ending.stop.why === "only-held"
    : ending.end === "unknown" && ending.at !== null;

/** What is not known hides the answer, unless it holds in spite of that. */
function answerOf(
  outcomes: readonly Outcome[],
  holds: (outcome: Outcome) => boolean,
): Reach["answer"] {
  const isOpen = outcomes.some(
    (outcome) =>
      outcome.doubts.some(isInPacket) || (outcome.ending.end === "unknown" && !holds(outcome)),
  );
  if (isOpen || outcomes.length === 0) return "cannot-tell";
  if (outcomes.every(holds)) return "yes";
  return outcomes.some(holds) ? "cannot-tell" : "no";
}

const isInPacket = (doubt: Doubt): boolean =>
  (doubt.why === "one-of-several" || doubt.why === "unknown-address") && isOfThePacket(doubt);

function arrivalOf({ ending, proxied }: Outcome): readonly Arrival[] {
  if (ending.end === "arrived" && ending.socket !== null) {
    const { netns, port, key } = ending.socket;
    return [{ netns, port, socket: key, proxied }];
  }
  if (ending.end === "unknown" && ending.at !== null)
    return [{ ...ending.at, socket: null, proxied }];
  if (ending.end === "stopped" && ending.stop.why === "nobody-listens")
    return [{ netns: ending.stop.netns, port: ending.stop.port, socket: null, proxied }];
  return [];
}

const doubtsOf = ({ ending, doubts }: Outcome): readonly Doubt[] =>
  ending.end === "unknown" && ending.doubt !== null ? [...doubts, ending.doubt] : doubts;

/** Of those that end all the same, one on whose way least is not known: the last, since it came furthest. */
const surest = (outcomes: readonly Outcome[]): Outcome | undefined => {
  const least = Math.min(...outcomes.map(({ doubts }) => doubts.length));
  return outcomes.findLast(({ doubts }) => doubts.length === least);
};

/** From the ways that a connection may take to one answer: certain only where all of them agree. */
function settle(outcomes: readonly Outcome[]): Reach {
  const answer = answerOf(outcomes, isThere);
  const arrives = answerOf(outcomes, (outcome) => isThere(outcome) || wouldBe(outcome));
  const shown = outcomes.find(isThere) ?? outcomes.find(wouldBe) ?? surest(outcomes);
  const end = shown?.ending;
  const stop = end?.end === "stopped" && answer === "no" ? end.stop : null;
  return {
    answer,
    arrives,
    ends: distinct(outcomes.flatMap(arrivalOf)),
    stop: stop === null || shown === undefined ? null : { at: stop, phase: shown.phase },
    doubts: answer === "cannot-tell" ? distinct(outcomes.flatMap(doubtsOf)) : [],
    conditions: distinct(outcomes.flatMap(({ conditions }) => conditions)),
    way: shown?.way ?? [],
  };
}

/**
 * Whether a new connection from there gets to a program at this address and port: by all rules, routes and settings that
 * were read. yes and no are certain but for the conditions; all else is cannot-tell.
 */
export const reach = (world: World, origin: Origin, target: Target): Reach =>
  settle(
    connect(world, origin, target).flatMap((result) =>
      beyondSocket(world, target.protocol, result),
    ),
  );
