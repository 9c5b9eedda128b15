import type { NetnsId } from "@/lib/net/ids";
import { readPastedLsns } from "@/lib/probes/pasted-lsns";
import type { Container, Link, Namespace, Topology } from "@/lib/topology/model";
import type { Block } from "./model";

/**
 * What a paste does not tell, and what would. `names`: links or containers that it is about;
 * `argv`: the command that settles it.
 */
export type Missing = {
  readonly what:
    | "host"
    | "inside"
    | "container"
    | "process"
    | "numbers"
    | "own-number"
    | "ethtool"
    | "host-end"
    | "other-end"
    | "ambiguous"
    | "contradictory"
    | "proof";
  readonly names: readonly string[];
  readonly argv: readonly string[];
};

/** At most so many names are told of one thing. */
const mostNames = 12;

const ipAddr = ["ip", "-d", "addr"] as const;
const maps = ["lsns", "-t", "net", "-o", "NS,PID,NETNSID"] as const;

type Veth = Extract<Link, { readonly kind: "veth" }>;

const veths = ({ links }: Topology): readonly Veth[] =>
  links.flatMap((link) => (link.kind === "veth" ? [link] : []));

const missing = (
  what: Missing["what"],
  names: readonly string[],
  argv: readonly string[],
): readonly Missing[] =>
  names.length === 0 ? [] : [{ what, names: [...new Set(names)].slice(0, mostNames), argv }];

/** How a namespace is asked: by its container's name, its file, or a process of it. */
function asked(netns: Namespace | undefined, argv: readonly string[]): readonly string[] {
  if (netns?.name.by === "container") return ["docker", "exec", netns.name.text, ...argv];
  if (netns?.name.by === "ip-netns") return ["ip", "netns", "exec", netns.name.text, ...argv];
  return netns?.pid == null ? argv : ["nsenter", "-t", `${netns.pid}`, "-n", ...argv];
}

const saysIflink = (link: Link): boolean => "iflink" in link && link.iflink !== null;

/** Links that only a tool without numbers printed, or only `cat …/iflink` told of, namespace by namespace. */
function unnumbered({ links, namespaces }: Topology): readonly Missing[] {
  const byNetns = Map.groupBy<NetnsId, Link>(
    links.filter(({ ifindex, kind }) => ifindex < 0 && kind !== "loopback" && kind !== "bridge"),
    ({ netns }) => netns,
  );
  return [...byNetns].flatMap(([id, all]) => {
    const netns = namespaces.find((each) => each.id === id);
    const names = all.map(({ name }) => name);
    if (!all.every(saysIflink)) return missing("numbers", names, asked(netns, ipAddr));
    const files = names.slice(0, mostNames).map((name) => `/sys/class/net/${name}/ifindex`);
    return missing("own-number", names, asked(netns, ["cat", ...files]));
  });
}

const unplaced = ({ containers }: Topology): readonly Container[] =>
  containers.filter(
    ({ netns, state, mode }) => netns === null && state === "running" && mode.kind !== "host",
  );

/** Ends whose peer is in no namespace of the paste: those of the host need a container's answer, and the reverse. */
function ends(topology: Topology): readonly Missing[] {
  const { host } = topology;
  const open = veths(topology).filter(
    ({ peer, ifindex }) => peer.status === "unseen" && ifindex > 0,
  );
  const [waiting] = unplaced(topology);
  const inside = open.filter(({ netns }) => netns === host.netns).map(({ label }) => label);
  const outside = open.filter(({ netns }) => netns !== host.netns).map(({ label }) => label);
  return [
    ...missing("other-end", inside, ["docker", "exec", waiting?.name ?? "CONTAINER", ...ipAddr]),
    ...missing("host-end", outside, ipAddr),
  ];
}

const labelsOf = (topology: Topology, status: Veth["peer"]["status"]): readonly string[] =>
  veths(topology)
    .filter(({ peer }) => peer.status === status)
    .map(({ label }) => label);

/** Whole sides of the picture that are not there. */
function sides({ host, namespaces, links }: Topology): readonly Missing[] {
  if (links.length === 0) return [];
  const inside = namespaces.filter(({ id }) => id !== host.netns);
  return [
    ...(host.netns === null ? [{ what: "host", names: [], argv: ipAddr } as const] : []),
    ...(inside.length === 0
      ? [{ what: "inside", names: [], argv: ["docker", "exec", "CONTAINER", ...ipAddr] } as const]
      : []),
  ];
}

/**
 * Namespaces that lsns lists with a number, so that the host has a link into each, and that are more than
 * those that are here. Which of them a container's is it does not say: those of a known process are left out.
 */
function unvisited({ host, namespaces }: Topology, blocks: readonly Block[]): readonly Missing[] {
  const listed = blocks
    .filter(({ kind }) => kind === "lsns")
    .flatMap(({ lines }) => readPastedLsns(lines.map(({ text }) => text).join("\n")).rows)
    .filter(({ nsid }) => nsid !== null);
  const inside = namespaces.filter(({ id }) => id !== host.netns);
  const known = new Set(inside.flatMap(({ pid }) => pid ?? []));
  const open = listed.filter(({ pid }) => pid !== null && !known.has(pid));
  if (new Set(listed.map(({ inode }) => inode)).size <= inside.length) return [];
  const names = open.map(({ pid, command }) => `${pid} ${command.slice(0, 40)}`.trim());
  const argv = ["nsenter", "-t", `${open[0]?.pid ?? "PID"}`, "-n", ...ipAddr];
  return missing("process", names, argv);
}

/** `ethtool -S` prints whose peer it tells of nowhere: only its command does. */
const nameless = (blocks: readonly Block[]): readonly Missing[] =>
  blocks.some(({ kind, argv }) => kind === "ethtool" && argv === null)
    ? [{ what: "ethtool", names: [], argv: ["ethtool", "-S", "LINK"] }]
    : [];

/** What a paste leaves open, the widest first. `topology`: of the facts of these blocks. */
export function missingFrom(topology: Topology, blocks: readonly Block[]): readonly Missing[] {
  const waiting = unplaced(topology).map(({ name }) => name);
  const [first] = waiting;
  return [
    ...sides(topology),
    ...missing("container", waiting, ["docker", "exec", first ?? "", ...ipAddr]),
    ...unvisited(topology, blocks),
    ...nameless(blocks),
    ...unnumbered(topology),
    ...ends(topology),
    ...missing("ambiguous", labelsOf(topology, "ambiguous"), maps),
    ...missing("contradictory", labelsOf(topology, "contradictory"), ipAddr),
    ...missing("proof", labelsOf(topology, "found"), maps),
  ];
}
