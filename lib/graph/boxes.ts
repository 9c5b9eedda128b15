import type { NetnsId } from "@/lib/net/ids";
import type { Container, Namespace, PublishedPort } from "@/lib/topology/model";
import type { Lookup } from "./lookup";
import type { Badge, Box, PortTag, RestState } from "./model";
import { naturally, shortened, visible } from "./names";

const longestName = 26;

export const runs = (container: Container): boolean =>
  container.netns !== null || ["running", "paused", "restarting"].includes(container.state);

// The words of Docker and of Podman.
const stateWords: Readonly<Record<string, "running" | RestState>> = {
  running: "running",
  paused: "paused",
  restarting: "restarting",
  created: "created",
  configured: "created",
  initialized: "created",
  exited: "stopped",
  stopped: "stopped",
  stopping: "stopped",
  removing: "stopped",
  dead: "stopped",
};

/** What an engine's word for a state means; null: it is not known here. */
export const wordedState = (word: string): "running" | RestState | null =>
  Object.hasOwn(stateWords, word) ? (stateWords[word] ?? null) : null;

/** Of a word that is not known, whether it runs is all that can be said. */
const stateOf = (container: Container): "running" | RestState =>
  wordedState(container.state) ?? (runs(container) ? "running" : "stopped");

const containerBadge = (container: Container): Badge => ({
  key: container.key,
  name: shortened(visible(container.name), longestName),
  full: visible(container.name),
  state: stateOf(container),
  word: visible(container.state),
  container: container.id,
});

const namespaceBadge = (namespace: Namespace): Badge => {
  const full = visible(namespace.name.text);
  return {
    key: namespace.key,
    name:
      namespace.name.by === "host"
        ? shortened(full, longestName)
        : `netns: ${shortened(full, longestName)}`,
    full,
    state: "none",
    word: null,
    container: null,
  };
};

const loopback = /^(127[.]|::1$)/;

/** Docker lists a port once for each address family: one tag for both. */
const portTags = (ports: readonly PublishedPort[]): readonly PortTag[] => {
  const tags = new Map<string, PortTag>();
  for (const { hostAddress, hostPort, protocol } of ports) {
    if (hostPort === null) continue;
    const local = hostAddress !== null && loopback.test(hostAddress);
    const text = `${local ? "lo:" : ":"}${hostPort}${protocol === "tcp" ? "" : `/${visible(protocol)}`}`;
    tags.set(text, { text, reach: local ? "loopback" : "open" });
  }
  const all = [...tags.values()];
  if (all.length <= 3) return all;
  return [...all.slice(0, 2), { text: `+${all.length - 2}`, reach: "open" }];
};

/** The box of one container of which only the engine knows: its namespace was not seen or not read. */
export const containerBox = (container: Container, ghost: boolean, unread: boolean): Box => ({
  key: container.key,
  kind: "container",
  netns: container.netns,
  badges: [containerBadge(container)],
  ghost,
  unread,
  ports: ghost ? [] : portTags(container.ports),
});

const containersIn = (known: Lookup, { containers }: Namespace): readonly Container[] => {
  const found = containers.flatMap((id) => known.container.get(id) ?? []);
  return found.length < 2
    ? found
    : found.sort((a, b) => ownersFirst(a, b) || naturally(a.name, b.name));
};

/** Whoever joined another's namespace stands after the one whose namespace it is. */
const ownersFirst = (a: Container, b: Container): number =>
  Number(a.mode.kind === "container") - Number(b.mode.kind === "container");

/** A namespace as a box: named by its containers, or else by what it is called. */
export const namespaceBox = (known: Lookup, id: NetnsId, ghost: boolean): Box | null => {
  const namespace = known.namespace.get(id);
  if (namespace === undefined) return null;
  const unread = namespace.read.status === "unread";
  const containers = id === known.topology.host.netns ? [] : containersIn(known, namespace);
  const [first] = containers;
  if (first === undefined) {
    return {
      key: namespace.key,
      kind: namespace.name.by === "host" ? "host" : "namespace",
      netns: id,
      badges: [namespaceBadge(namespace)],
      ghost,
      unread,
      ports: [],
    };
  }
  return {
    key: first.key,
    kind: "container",
    netns: id,
    badges: containers.map(containerBadge),
    ghost,
    unread,
    ports: ghost ? [] : portTags(containers.flatMap(({ ports }) => ports)),
  };
};

/** By compose project, then by name; what has neither comes last. */
export const boxOrder = (known: Lookup, box: Box | null): readonly [string, string] => {
  const [badge] = box?.badges ?? [];
  if (badge === undefined) return ["\u{10ffff}", ""];
  const container = badge.container === null ? undefined : known.container.get(badge.container);
  if (container === undefined) return ["\u{10fffe}", badge.full];
  return [container.project ?? "", container.name];
};
