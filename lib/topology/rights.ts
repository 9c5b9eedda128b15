import type { Gap, GapReason } from "@/lib/facts/model";
import type { Topology, VethPeer } from "./model";

/** What one must be allowed to do on a host, in the order of what each shows. */
export type RightName =
  /** Read ns/net of other users' processes: which namespaces there are (CAP_SYS_PTRACE). */
  | "see-namespaces"
  /** Enter them and read their links (CAP_SYS_ADMIN with CAP_SYS_PTRACE). */
  | "enter-namespaces"
  /** Ask the kernel which namespace each link-netnsid means: the proof of a pair. */
  | "map-namespaces"
  /** Read the engine's API: names of containers, networks and ports. */
  | "ask-engine"
  /** See other users' processes at all (/proc without hidepid). */
  | "see-processes";

/** partly: for some namespaces, or with an answer that is not whole. */
export type RightState = "have" | "partly" | "missing";

/**
 * `costs` and `gives` name messages (`rights.<name>.costs`, `.gives`): what the picture lacks without it,
 * and what would give it. `tool`: the right may be there, but the host has no tool to use it.
 */
export type Right = {
  readonly name: RightName;
  readonly state: RightState;
  readonly why: "allowed" | "denied" | "no-tool" | "not-there";
  /** What the host said when it refused; the first of them. */
  readonly told: Gap | null;
};

const isDenial = ({ reason }: GapReason): boolean =>
  reason === "permission-denied" || reason === "engine-denied";

const refusal = (gaps: readonly Gap[], probes: readonly string[]): Gap | null => {
  const told = gaps.filter(({ probe }) => probe !== null && probes.includes(probe));
  return told.find(isDenial) ?? told.find(({ reason }) => reason === "command-missing") ?? null;
};

const whyOf = (state: RightState, told: Gap | null): Right["why"] => {
  if (state === "have") return "allowed";
  if (told?.reason === "command-missing") return "no-tool";
  return told === null ? "not-there" : "denied";
};

const right = (name: RightName, state: RightState, told: Gap | null): Right => ({
  name,
  state,
  why: whyOf(state, told),
  told,
});

const part = (some: number, all: number): RightState => {
  if (some === all) return "have";
  return some === 0 ? "missing" : "partly";
};

/** Of a kernel that nobody asked (its engine alone is, a Mac, no shell) nothing is known: no right is there. */
const unasked =
  (name: RightName, settle: (topology: Topology) => Right) =>
  (topology: Topology): Right => {
    if (topology.namespaces.length > 0) return settle(topology);
    const told = topology.gaps.find(({ reason }) => reason === "no-shell") ?? null;
    return right(name, "missing", told);
  };

/** Namespaces of which only a process is known: their inode was not to be had. */
function seeNamespaces({ namespaces, gaps }: Topology): Right {
  const told = refusal(gaps, ["netns-paths", "netns-paths-after"]);
  const known = namespaces.filter(({ inode }) => inode !== null);
  if (told === null && known.length === namespaces.length)
    return right("see-namespaces", "have", null);
  // The host's own is anybody's to see.
  return right("see-namespaces", part(Math.max(0, known.length - 1), namespaces.length), told);
}

/** A link whose kind and numbers came from the kernel itself, not from what /proc shows to anyone. */
function enterNamespaces({ namespaces, links, host, gaps }: Topology): Right {
  const others = namespaces.filter(({ id }) => id !== host.netns);
  const inside = new Set(
    links.filter(({ evidence }) => evidence.answer.startsWith("ip-addr")).map(({ netns }) => netns),
  );
  const entered = others.filter(({ id }) => inside.has(id));
  const told = gaps.find((gap) => gap.netns !== null && isDenial(gap)) ?? null;
  if (others.length === 0) {
    const blind = refusal(gaps, ["netns-paths"]);
    return right("enter-namespaces", blind === null ? "have" : "missing", blind);
  }
  return right(
    "enter-namespaces",
    part(entered.length, others.length),
    told ?? refusal(gaps, ["netns-paths"]),
  );
}

/** Pairs inside one namespace need no map. */
function mapNamespaces({ links, gaps }: Topology): Right {
  const peers = links.flatMap((link) =>
    link.kind === "veth" && link.nsid !== null ? [link.peer] : [],
  );
  const isProven = (peer: VethPeer) => peer.status === "found" && peer.proof === "exact";
  const proven = peers.filter(isProven);
  const open = peers.filter(
    (peer) => peer.status === "ambiguous" || (peer.status === "found" && !isProven(peer)),
  );
  const told = refusal(gaps, ["lsns", "lsns-observer"]) ?? refusal(gaps, ["netns-paths"]);
  // Where there is nothing to prove, what was refused tells.
  const none = open.length === 0 && proven.length === 0;
  const untried = told === null ? "have" : "missing";
  const state = none ? untried : part(proven.length, proven.length + open.length);
  return right("map-namespaces", state, state === "have" ? null : told);
}

function askEngine({ host, gaps }: Topology): Right {
  if (host.engine.status === "read") {
    const lost = gaps.find(
      ({ probe, reason }) => probe?.startsWith("engine-") && reason === "engine-error",
    );
    return right("ask-engine", lost === undefined ? "have" : "partly", lost ?? null);
  }
  const told = gaps.find(isDenialOfEngine) ?? null;
  return right("ask-engine", "missing", told);
}

const isDenialOfEngine = ({ reason }: Gap): boolean => reason === "engine-denied";

/**
 * With hidepid a user sees only processes of their own: then not even /proc shows another namespace. Who
 * sees PID 1, which is nobody's own, has /proc without it, also where no other namespace is.
 */
function seeProcesses({ namespaces, host, containers }: Topology): Right {
  const shown = namespaces.some(({ id, pid }) => pid !== null && (id !== host.netns || pid === 1));
  const running = containers.filter(
    ({ state, mode }) => state === "running" && mode.kind !== "host",
  );
  const seen = running.filter(({ pid }) => pid !== null);
  if (running.length === 0) return right("see-processes", shown ? "have" : "missing", null);
  return right("see-processes", part(seen.length, running.length), null);
}

/**
 * What the reader of this picture was allowed to do, as a checklist: each right, whether it was there, and
 * what the host said where not. Which lines of sudoers would give them all is `sudoersLines`.
 */
export const rights = (topology: Topology): readonly Right[] => [
  unasked("see-processes", seeProcesses)(topology),
  unasked("see-namespaces", seeNamespaces)(topology),
  unasked("enter-namespaces", enterNamespaces)(topology),
  unasked("map-namespaces", mapNamespaces)(topology),
  askEngine(topology),
];

/** A line of sudoers and what it gives in truth. `used`: Vethscope sees more by it; else it changes nothing here. */
export type SudoersLine = {
  readonly line: string;
  readonly equalsRoot: boolean;
  readonly used: boolean;
};

/**
 * `user` stands for the account. Vethscope runs `sudo -n sh -s`, and only where that is allowed also asks the engine
 * by `sudo -n docker`. nsenter, ip (`ip netns exec`) and docker each start any program: a line for one of them is a
 * line for root, whatever its other words are.
 */
export const sudoersLines = (user: string): readonly SudoersLine[] => [
  { line: `${user} ALL=(root) NOPASSWD: ALL`, equalsRoot: true, used: true },
  { line: `${user} ALL=(root) NOPASSWD: /bin/sh -s`, equalsRoot: true, used: true },
  { line: `${user} ALL=(root) NOPASSWD: /usr/bin/nsenter`, equalsRoot: true, used: false },
  { line: `${user} ALL=(root) NOPASSWD: /sbin/ip`, equalsRoot: true, used: false },
  { line: `${user} ALL=(root) NOPASSWD: /usr/bin/docker`, equalsRoot: true, used: false },
  { line: `${user} ALL=(root) NOPASSWD: /usr/bin/lsns`, equalsRoot: false, used: false },
];
