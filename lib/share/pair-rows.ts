import type { ContainerId, LinkId, NetworkId } from "@/lib/net/ids";
import type { Bridge, Container, Link, Network, Topology, Veth } from "@/lib/topology/model";

type PairProof = "exact" | "consistent" | "ambiguous" | "unseen" | "contradictory";

/** One cable, or what is known of one: the row that people write scripts for. Names as the host gives them. */
export type PairRow = {
  /** Of those that live at the inner end; empty: none does, or it is not known. */
  readonly containers: readonly Container[];
  /** What the inner end's namespace is called. */
  readonly namespace: string | null;
  /** In the container, or in the namespace that is not the host's. null: not seen. */
  readonly inner: Link | null;
  /** On the host, or on the side of the bridge. null: not seen, or no pair. */
  readonly outer: Link | null;
  readonly bridge: Bridge | null;
  readonly network: Network | null;
  readonly address: string | null;
  /** null: no veth is here (host network, macvlan, not running). */
  readonly proof: PairProof | null;
};

type Tables = {
  readonly topology: Topology;
  readonly links: ReadonlyMap<LinkId, Link>;
  readonly networks: ReadonlyMap<NetworkId, Network>;
  readonly containers: ReadonlyMap<ContainerId, Container>;
  readonly attached: ReadonlyMap<LinkId, NetworkId | null>;
  readonly homes: ReadonlyMap<string, Topology["namespaces"][number]>;
};

const byId = <Id, Row extends { readonly id: Id }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.id, row]));

const tablesOf = (topology: Topology): Tables => ({
  topology,
  links: byId(topology.links),
  networks: byId(topology.networks),
  containers: byId(topology.containers),
  attached: new Map(
    topology.containers.flatMap(({ attachments }) =>
      attachments.flatMap(({ link, network }) => (link === null ? [] : [[link, network] as const])),
    ),
  ),
  homes: byId<string, Topology["namespaces"][number]>(topology.namespaces),
});

/** Every link that is up has a link-local address, which tells nobody apart. */
const addressOf = (link: Link | null): string | null => {
  const routable = link?.addresses.filter(({ scope }) => scope !== "link") ?? [];
  const { address, prefix } = routable.find(({ family }) => family === "inet") ?? routable[0] ?? {};
  return address === undefined ? null : `${address}/${prefix}`;
};

const bridgeOf = ({ links }: Tables, link: Link | null): Bridge | null => {
  const master = link?.master ? links.get(link.master) : undefined;
  return master?.kind === "bridge" ? master : null;
};

const rowOf = (
  tables: Tables,
  inner: Link | null,
  outer: Link | null,
  proof: PairProof | null,
): PairRow => {
  const { homes, containers, networks, attached } = tables;
  const home = inner === null ? undefined : homes.get(inner.netns);
  const bridge = bridgeOf(tables, outer) ?? bridgeOf(tables, inner);
  const network = (inner && attached.get(inner.id)) ?? bridge?.network ?? null;
  return {
    containers: (home?.containers ?? []).flatMap((id) => containers.get(id) ?? []),
    namespace: home?.name.text ?? null,
    inner,
    outer,
    bridge,
    network: network === null ? null : (networks.get(network) ?? null),
    address: addressOf(inner ?? outer),
    proof,
  };
};

/** A bridge's port is the outer end; else the host's; else the first that is named. */
const isOuter = (tables: Tables, link: Veth, other: Veth): boolean => {
  const score = (each: Veth) =>
    2 * Number(bridgeOf(tables, each) !== null) + Number(each.netns === tables.topology.host.netns);
  return score(link) === score(other) ? link.id < other.id : score(link) > score(other);
};

const vethRow = (tables: Tables, link: Veth): readonly PairRow[] => {
  const { peer } = link;
  if (peer.status !== "found") {
    const isHosts = link.netns === tables.topology.host.netns || bridgeOf(tables, link) !== null;
    return [rowOf(tables, isHosts ? null : link, isHosts ? link : null, peer.status)];
  }
  const other = tables.links.get(peer.link);
  if (other?.kind !== "veth") return [rowOf(tables, link, null, peer.proof)];
  return isOuter(tables, link, other) ? [rowOf(tables, other, link, peer.proof)] : [];
};

const stackedRow = (tables: Tables, link: Link): readonly PairRow[] =>
  link.kind === "macvlan" || link.kind === "ipvlan" ? [rowOf(tables, link, null, null)] : [];

/** Every veth pair once, then what is stacked, then containers that have neither. */
export function pairRows(topology: Topology): readonly PairRow[] {
  const tables = tablesOf(topology);
  const cabled = topology.links.flatMap((link) =>
    link.kind === "veth" ? vethRow(tables, link) : stackedRow(tables, link),
  );
  const shown = new Set(cabled.flatMap(({ containers }) => containers.map(({ id }) => id)));
  const others = topology.containers.filter(({ id }) => !shown.has(id));
  return [
    ...cabled,
    ...others.map((container): PairRow => {
      const [attachment] = container.attachments;
      return {
        ...rowOf(tables, null, null, null),
        containers: [container],
        network: attachment?.network ? (tables.networks.get(attachment.network) ?? null) : null,
        address: attachment?.address ?? null,
      };
    }),
  ];
}
