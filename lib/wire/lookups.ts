import type { ContainerId, LinkId, NetnsId, NetworkId } from "@/lib/net/ids";
import type { Link, Namespace, Network, Topology } from "@/lib/topology/model";
import type { Draft } from "./drafts";

export type Tables = "namespaces" | "links" | "networks" | "containers";

/** What predictors look up in the rows that are already there. */
export type Lookups = {
  readonly host: () => Draft<Topology["host"]>;
  readonly netns: (id: NetnsId | null | undefined) => Draft<Namespace> | undefined;
  readonly link: (id: LinkId | null | undefined) => Draft<Link> | undefined;
  readonly network: (id: NetworkId | null | undefined) => Draft<Network> | undefined;
  readonly networkOfBridge: (bridge: LinkId | null | undefined) => Draft<Network> | undefined;
  /** Without loopbacks. */
  readonly linksIn: (netns: NetnsId | null | undefined) => readonly Draft<Link>[];
  /** A link whose ifindex and iflink are the given one's, the other way round. */
  readonly mirror: (link: Draft<Link>) => Draft<Link> | undefined;
  readonly netnsOf: (container: ContainerId | undefined) => Draft<Namespace> | undefined;
  /** What links are like, by id and by what it says (./wire-peers fills it). */
  readonly likenesses: Map<string, readonly string[]>;
  readonly idAt: (table: Tables, row: number) => string | undefined;
  readonly rowOf: (table: Tables, id: string) => number | undefined;
};

/** Made at the first question, which comes when the columns that it needs are there. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const firstBy = <Row, K>(rows: readonly Row[], name: (row: Row) => K): ReadonlyMap<K, Row> =>
  new Map(rows.toReversed().map((row) => [name(row), row]));

export function lookups(topology: Draft<Topology>): Lookups {
  const { links, namespaces, networks } = {
    links: () => topology.links ?? [],
    namespaces: () => topology.namespaces ?? [],
    networks: () => topology.networks ?? [],
  };
  const byId = {
    namespaces: once(() => firstBy(namespaces(), ({ id }) => id)),
    links: once(() => firstBy(links(), ({ id }) => id)),
    networks: once(() => firstBy(networks(), ({ id }) => id)),
  };
  const bridges = once(() => firstBy(networks(), ({ bridge }) => bridge));
  const grouped = once(() =>
    Map.groupBy(
      links().filter(({ kind }) => kind !== "loopback"),
      ({ netns }) => netns,
    ),
  );
  const numbered = once(() => firstBy(links(), ({ ifindex, iflink }) => `${ifindex} ${iflink}`));
  const holders = once(
    () => new Map(namespaces().flatMap((each) => (each.containers ?? []).map((id) => [id, each]))),
  );
  const rowNumbers = (table: Tables) =>
    once(
      () =>
        new Map<string | undefined, number>(
          (topology[table] ?? []).map(({ id }, row) => [id, row]),
        ),
    );
  const rows = {
    namespaces: rowNumbers("namespaces"),
    links: rowNumbers("links"),
    networks: rowNumbers("networks"),
    containers: rowNumbers("containers"),
  };
  return {
    host: () => topology.host ?? {},
    netns: (id) => byId.namespaces().get(id ?? undefined),
    link: (id) => byId.links().get(id ?? undefined),
    network: (id) => byId.networks().get(id ?? undefined),
    networkOfBridge: (bridge) => (bridge ? bridges().get(bridge) : undefined),
    linksIn: (netns) => grouped().get(netns ?? undefined) ?? [],
    mirror: ({ ifindex, iflink }) => numbered().get(`${iflink} ${ifindex}`),
    netnsOf: (container) => (container === undefined ? undefined : holders().get(container)),
    likenesses: new Map(),
    idAt: (table, row) => topology[table]?.[row]?.id,
    rowOf: (table, id) => rows[table]().get(id),
  };
}
