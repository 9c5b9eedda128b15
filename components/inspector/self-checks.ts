import type { Pair, TopologyIndex } from "@/components/workbench/topology-index";
import type { MessageKey } from "@/lib/messages/keys";
import { shellQuote } from "@/lib/net/shell-quote";
import type { Bridge, Namespace, Veth } from "@/lib/topology/model";

/** A command to type on the host, and what it prints where things are as drawn. */
export type SelfCheck = {
  readonly command: string;
  /** null: more than a line. `…` stands for what is left out. */
  readonly prints: string | null;
  /** What the host has to have for it. */
  readonly tools: readonly string[];
  readonly note: MessageKey | null;
};

const check = (
  command: readonly (readonly string[])[],
  prints: string | null,
  note: MessageKey | null = null,
): SelfCheck => ({
  command: command.map(shellQuote).join(" | "),
  prints,
  tools: command.flatMap(([tool = "", ...rest]) =>
    tool === "nsenter" && rest[2] === "-n" ? [tool, rest[3] ?? ""] : [tool],
  ),
  note,
});

const header = (veth: Veth): string => `${veth.ifindex}: ${veth.label}: …`;
const sysfs = (veth: Veth): string => `/sys/class/net/${veth.name}/iflink`;

/** By the engine's own tool, for a container that it lists. */
const byEngine = (index: TopologyIndex, netns: Namespace, veth: Veth): SelfCheck | null => {
  const holder = index.container(netns.containers[0] ?? null);
  const { engine } = index.topology.host;
  if (engine.status !== "read" || holder?.named !== "engine") return null;
  const tool = engine.name.toLowerCase().includes("podman") ? "podman" : "docker";
  const argv = [tool, "exec", holder.name, "cat", sysfs(veth)];
  return check([argv], `${veth.iflink}`, "selfCheck.needsCat");
};

/** The container's own /sys, seen from outside: it needs no tool in the image (netfacts: sysfs is of who mounted it). */
const byRoot = ({ pid }: Namespace, veth: Veth): SelfCheck | null =>
  pid === null ? null : check([["cat", `/proc/${pid}/root${sysfs(veth)}`]], `${veth.iflink}`);

/** By its name in /run/netns, else by a process that lives in it. */
const entered = ({ name, pid }: Namespace, veth: Veth): SelfCheck | null => {
  if (name.by === "ip-netns") return check([["ip", "-n", name.text, "a"]], header(veth));
  if (pid === null) return null;
  return check([["nsenter", "-t", `${pid}`, "-n", "ip", "a"]], header(veth));
};

const inside = (index: TopologyIndex, netns: Namespace, veth: Veth): readonly SelfCheck[] => {
  const told = byEngine(index, netns, veth);
  const read = told === null ? null : byRoot(netns, veth);
  return [told, read, entered(netns, veth)].filter((each) => each !== null);
};

const onHost = (veth: Veth): readonly SelfCheck[] => [
  check(
    [
      ["ip", "-o", "link"],
      ["grep", `^${veth.ifindex}:`],
    ],
    header(veth),
  ),
  ...(veth.iflink === null
    ? []
    : [
        check(
          [
            ["ethtool", "-S", veth.name],
            ["grep", "peer_ifindex"],
          ],
          `peer_ifindex: ${veth.iflink}`,
        ),
      ]),
];

const nsidMap = (near: Veth, far: Namespace): readonly SelfCheck[] =>
  near.nsid === null || far.inode === null
    ? []
    : [
        check(
          [
            ["lsns", "-t", "net", "-no", "NS,NETNSID"],
            ["grep", `${far.inode}`],
          ],
          `${far.inode} ${near.nsid}`,
        ),
      ];

/** As a port of its bridge, and what the bridge learned there; an address is forgotten in some minutes. */
const inBridge = (index: TopologyIndex, { near, far }: Pair): readonly SelfCheck[] => {
  const bridge = index.link(near.master);
  if (bridge?.kind !== "bridge") return [];
  const learned = near.peer.by.some((each) => each.check === "fdb" && each.holds);
  return [
    check([["brctl", "show", bridge.name]], `${bridge.name} … ${near.name}`),
    ...(learned && far.mac !== null
      ? [
          check(
            [
              ["bridge", "fdb", "show", "br", bridge.name],
              ["grep", far.mac],
            ],
            `${far.mac} dev ${near.name} master ${bridge.name}`,
          ),
        ]
      : []),
  ];
};

const ofEnd = (index: TopologyIndex, veth: Veth): readonly SelfCheck[] => {
  const netns = index.namespace(veth.netns);
  if (netns === null) return [];
  return netns.id === index.topology.host.netns ? onHost(veth) : inside(index, netns, veth);
};

/**
 * The commands of the articles, with the names and numbers of this pair. Typed on the host itself,
 * as root; interface and container names are quoted, since they may hold anything.
 */
export const selfChecks = (index: TopologyIndex, pair: Pair): readonly SelfCheck[] => {
  const { near, far } = pair;
  const apart = near.netns === index.topology.host.netns && far.netns !== near.netns;
  const there = apart ? index.namespace(far.netns) : null;
  const checks = [
    ...ofEnd(index, far),
    ...ofEnd(index, near),
    ...(there === null ? [] : nsidMap(near, there)),
    ...(there === null ? [] : inBridge(index, pair)),
  ];
  return checks.filter(
    (each, at) => checks.findIndex(({ command }) => command === each.command) === at,
  );
};

/** Which namespaces this one has a number for: what an end says of the other's is one of them. */
const numbered = (veth: Veth): readonly SelfCheck[] => [
  check([["ip", "netns", "list-id"]], veth.nsid === null ? null : `nsid ${veth.nsid} …`),
];

/** Of an end whose other end is not settled: what it says of itself, and of the namespace that it points to. */
export const endChecks = (index: TopologyIndex, veth: Veth): readonly SelfCheck[] =>
  veth.netns === index.topology.host.netns
    ? [...onHost(veth), ...numbered(veth)]
    : ofEnd(index, veth);

/** The same for a bridge of the host: its ports, its table, its settings. */
export const bridgeChecks = (
  index: TopologyIndex,
  { name, netns }: Bridge,
): readonly SelfCheck[] =>
  netns === index.topology.host.netns
    ? [
        check([["brctl", "show", name]], null),
        check([["ip", "-d", "link", "show", "master", name]], null),
        check([["bridge", "fdb", "show", "br", name]], null),
        check([["ip", "-d", "link", "show", "dev", name]], null),
      ]
    : [];
