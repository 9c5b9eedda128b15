import { isJsonObject } from "@/lib/facts/json-object";
import type { Evidence } from "@/lib/facts/model";
import { type AnswerId, answerId, type Key, type NetnsId } from "@/lib/net/ids";
import { shellQuote } from "@/lib/net/shell-quote";
import type {
  Bridge,
  Container,
  Link,
  Namespace,
  Network,
  Topology,
  Veth,
} from "@/lib/topology/model";
import type { Look, Place, ReadHost } from "./model";

/** A proven pair between the host and another namespace, with whatever is known around it. */
export type ExamplePair = {
  readonly near: Veth;
  readonly far: Veth;
  readonly inside: Namespace;
  readonly container: Container | null;
  readonly bridge: Bridge | null;
};

const byKey = <Row extends { readonly key: Key }>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));

/** The wanted row where it is among them; else the first by key, which stays the same from reading to reading. */
export const chosen = <Row extends { readonly key: Key }>(
  rows: readonly Row[],
  wanted: Key | null,
): Row | null => rows.find(({ key }) => key === wanted) ?? byKey(rows)[0] ?? null;

const masterOf = (topology: Topology, link: Link): Bridge | null => {
  const master = topology.links.find(({ id }) => id === link.master);
  return master?.kind === "bridge" ? master : null;
};

const pairOf = (topology: Topology, near: Veth): ExamplePair | null => {
  const { peer } = near;
  if (peer.status !== "found") return null;
  const far = topology.links.find(({ id }) => id === peer.link);
  if (far?.kind !== "veth" || far.netns === near.netns) return null;
  const inside = topology.namespaces.find(({ id }) => id === far.netns);
  if (inside === undefined) return null;
  return {
    near,
    far,
    inside,
    container: topology.containers.find(({ id }) => id === inside.containers[0]) ?? null,
    bridge: masterOf(topology, near),
  };
};

const keysOf = ({ near, far, inside, container, bridge }: ExamplePair): readonly Key[] => [
  near.key,
  far.key,
  inside.key,
  ...(container === null ? [] : [container.key]),
  ...(bridge === null ? [] : [bridge.key]),
];

/** A container on a bridge says more than a bare cable; the articles are about docker0 and eth0. */
const worth = ({ container, bridge, far }: ExamplePair): number =>
  8 * Number(container !== null) +
  4 * Number(bridge !== null) +
  2 * Number(bridge?.name === "docker0") +
  Number(far.name === "eth0");

/** One pair to explain with: of what is wanted, else the one with most around it. */
export const examplePair = (
  { topology }: ReadHost,
  wanted: Key | null,
  fits: (pair: ExamplePair) => boolean = () => true,
): ExamplePair | null => {
  const home = topology.host.netns;
  const veths = topology.links.filter((link) => link.kind === "veth" && link.netns === home);
  const pairs = byKey(veths)
    .flatMap((link) => (link.kind === "veth" ? (pairOf(topology, link) ?? []) : []))
    .filter(fits);
  const most = Math.max(...pairs.map(worth));
  return (
    pairs.find((pair) => wanted !== null && keysOf(pair).includes(wanted)) ??
    pairs.find((pair) => worth(pair) === most) ??
    null
  );
};

/** A command that asks the kernel, in a namespace; null: no way in is known. */
export const inside = (
  topology: Topology,
  netns: NetnsId,
  argv: readonly string[],
): string | null => {
  if (netns === topology.host.netns) return shellQuote(argv);
  const namespace = topology.namespaces.find(({ id }) => id === netns);
  if (namespace === undefined) return null;
  if (namespace.name.by === "ip-netns" && argv[0] === "ip") {
    return shellQuote(["ip", "-n", namespace.name.text, ...argv.slice(1)]);
  }
  if (namespace.pid !== null)
    return shellQuote(["nsenter", "-t", `${namespace.pid}`, "-n", ...argv]);
  const [path] = namespace.paths;
  return path === undefined ? null : shellQuote(["nsenter", `--net=${path}`, ...argv]);
};

/**
 * A file as a container sees it. Not by nsenter: under it /sys is still the host's. null: no engine
 * would let one in.
 */
export const fileInside = (topology: Topology, netns: NetnsId, file: string): string | null => {
  const namespace = topology.namespaces.find(({ id }) => id === netns);
  const holder = topology.containers.find(({ id }) => id === namespace?.containers[0]);
  return topology.host.engine.status === "read" && holder?.named === "engine"
    ? shellQuote([engineTool(topology), "exec", holder.name, "cat", file])
    : null;
};

/** `docker`, or `podman` where that is the engine that answered. */
export const engineTool = ({ host }: Topology): "docker" | "podman" =>
  host.engine.status === "read" && host.engine.name.toLowerCase().includes("podman")
    ? "podman"
    : "docker";

/** What a piece of evidence points at, of JSON only these fields. */
export const at = (
  evidence: Evidence | readonly Evidence[],
  fields: readonly string[] = [],
): Place | null => {
  const all = [evidence].flat() as readonly Evidence[];
  const [first] = all;
  if (first === undefined) return null;
  return {
    answer: first.answer,
    at: all.filter(({ answer }) => answer === first.answer).map((each) => each.at),
    fields,
  };
};

/** A whole answer, where it was given. */
export const whole = (
  { facts }: ReadHost,
  probe: string,
  netns: Namespace | null,
  fields: readonly string[] = [],
): Place | null => {
  const id: AnswerId = answerId(probe, netns?.label ?? null);
  return facts.answers.some((answer) => answer.id === id) ? { answer: id, at: [], fields } : null;
};

/** Elements of a JSON answer that fit; null: it was not asked, is text, or nothing fits. */
export const where = (
  { facts }: ReadHost,
  probe: string,
  netns: Namespace | null,
  fits: (element: Readonly<Record<string, unknown>>) => boolean,
  fields: readonly string[],
): Place | null => {
  const id = answerId(probe, netns?.label ?? null);
  const answer = facts.answers.find((each) => each.id === id);
  const found = elementsOf(answer?.stdout ?? "").flatMap((element, nth) =>
    isJsonObject(element) && fits(element) ? [{ path: [nth] }] : [],
  );
  return found.length === 0 ? null : { answer: id, at: found, fields };
};

/** Lines of an answer that fit; null: none does. */
export const linesWhere = (
  { facts }: ReadHost,
  probe: string,
  fits: (line: string) => boolean,
  netns: Namespace | null = null,
): Place | null => {
  const id = answerId(probe, netns?.label ?? null);
  const answer = facts.answers.find((each) => each.id === id);
  const found = (answer?.stdout ?? "")
    .split("\n")
    .flatMap((text, line) => (fits(text) ? [{ line }] : []));
  return found.length === 0 ? null : { answer: id, at: found, fields: [] };
};

const elementsOf = (text: string): readonly unknown[] => {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
};

export const homeOf = ({ host, namespaces }: Topology): Namespace | null =>
  namespaces.find(({ id }) => id === host.netns) ?? null;

/** The line that says which namespace a process is in: `4 4026532567 /proc/489/ns/net`. */
export const placedByInode = ({ placed }: Container): readonly Evidence[] =>
  placed.filter(({ answer }) => answer === answerId("netns-paths", null));

export const networkOf = ({ networks }: Topology, bridge: Bridge | null): Network | null =>
  networks.find(({ id }) => id === bridge?.network) ?? null;

/** Leaves out what has no command or no answer to look for. */
export const looks = (
  ...all: readonly { readonly typed: string | null; readonly place: Look["place"] }[]
): readonly Look[] => all.flatMap(({ typed, place }) => (typed === null ? [] : [{ typed, place }]));
