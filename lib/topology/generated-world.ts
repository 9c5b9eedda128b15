import type { Answer, HostFacts } from "@/lib/facts/model";
import { answerId, type LinkId, linkId, type NetnsLabel, netnsId, netnsLabel } from "@/lib/net/ids";

/** A host that never was, for property tests and benchmarks: who is wired to whom is known by construction. */
export type World = {
  /** The first is the host's own namespace. */
  readonly namespaces: readonly WorldNetns[];
  readonly pairs: readonly (readonly [WorldEnd, WorldEnd])[];
};

export type WorldNetns = {
  readonly inode: number;
  /**
   * name: only a file in /run/netns, so lsns has no number for it. mount: only a file elsewhere, so
   * `ip netns` has none either.
   */
  readonly keptBy: "process" | "name" | "mount";
  /** What this namespace calls the others, by their place in `namespaces`. */
  readonly nsids: ReadonlyMap<number, number>;
};

/** One end of a veth pair: place of its namespace in `namespaces`, and its number there. */
export type WorldEnd = { readonly netns: number; readonly ifindex: number };

const host = "world";
const labelOf = (world: World, place: number): NetnsLabel =>
  netnsLabel(world.namespaces[place]?.inode ?? 0);
export const idOf = (world: World, { netns, ifindex }: WorldEnd): LinkId =>
  linkId(netnsId(host, labelOf(world, netns)), ifindex);

const nameOf = ({ ifindex }: WorldEnd): string => `veth${ifindex}`;

function linkJson(world: World, here: WorldEnd, there: WorldEnd): object {
  const common = {
    ifindex: here.ifindex,
    ifname: nameOf(here),
    flags: ["BROADCAST", "UP", "LOWER_UP"],
    mtu: 1500,
    operstate: "UP",
    link_type: "ether",
    linkinfo: { info_kind: "veth" },
    addr_info: [],
  };
  if (here.netns === there.netns) return { ...common, link: nameOf(there) };
  return {
    ...common,
    link_index: there.ifindex,
    link_netnsid: world.namespaces[here.netns]?.nsids.get(there.netns),
  };
}

function answer(probe: string, netns: NetnsLabel | null, stdout: string): Answer {
  return {
    id: answerId(probe, netns),
    probe,
    netns,
    entered: netns === null ? null : `/proc/${netns}/ns/net`,
    asked: { kind: "command", argv: [probe] },
    at: "2026-01-01T00:00:00.000Z",
    ms: 1,
    stdout,
    stderr: "",
    exit: 0,
    cut: false,
  };
}

const linksOf = (world: World, place: number): string => {
  const ends = world.pairs
    .flatMap(([a, b]) => [
      [a, b],
      [b, a],
    ])
    .filter(([here]) => here?.netns === place);
  return JSON.stringify(ends.map(([here, there]) => here && there && linkJson(world, here, there)));
};

/** Those that lsns sees: with a process of their own, or of ours for a moment. */
type Lived = (netns: WorldNetns) => boolean;
const byItself: Lived = ({ keptBy }) => keptBy === "process";

const lsnsOf = (world: World, place: number, isLived: Lived = byItself): string => {
  const rows = world.namespaces.flatMap((netns, other) => {
    if (!isLived(netns)) return [];
    const { inode } = netns;
    const nsid = world.namespaces[place]?.nsids.get(other) ?? "unassigned";
    return `${String(inode).padStart(10)}${String(1000 + other).padStart(7)}${String(nsid).padStart(11)}\n`;
  });
  return `        NS    PID    NETNSID\n${rows.join("")}`;
};

const namesOf = (world: World, place: number): string =>
  JSON.stringify(
    [...(world.namespaces[place]?.nsids ?? [])].map(([other, nsid]) =>
      world.namespaces[other]?.keptBy === "name" ? { nsid, name: `ns${other}` } : { nsid },
    ),
  );

/** What all that no process lives in say while one of ours does, and the host with them. */
const heldOf = (world: World): string =>
  world.namespaces
    .flatMap((netns, place) =>
      place > 0 && byItself(netns) ? [] : `@ ${netns.inode}\n${lsnsOf(world, place, () => true)}`,
    )
    .join("");

const pathTo = { process: "/proc", name: "/run/netns", mount: "/run/kept" } as const;

const pathsOf = (world: World): string => {
  const own = `4 ${world.namespaces[0]?.inode} /proc/self/ns/net\n`;
  const rows = world.namespaces.map(
    ({ inode, keptBy }, place) =>
      `4 ${inode} ${pathTo[keptBy]}/${keptBy === "process" ? `${1000 + place}/ns/net` : `ns${place}`}\n`,
  );
  return own + rows.join("");
};

/** What such a host would answer to every question that pairing needs; all observers are asked, and the held. */
export function worldFacts(world: World): HostFacts {
  const inside = world.namespaces.flatMap((_, place) => {
    const label = labelOf(world, place);
    return [
      answer("ip-addr", label, linksOf(world, place)),
      answer("ip-netns-ids", label, namesOf(world, place)),
      ...(place === 0 ? [] : [answer("lsns-observer", label, lsnsOf(world, place))]),
    ];
  });
  return {
    format: "vethscope-facts/1",
    host,
    source: "recorded",
    at: "2026-01-01T00:00:00.000Z",
    answers: [
      answer("netns-paths", null, pathsOf(world)),
      answer("lsns", null, lsnsOf(world, 0)),
      answer("lsns-held", null, heldOf(world)),
      ...inside,
    ],
    gaps: [],
  };
}
