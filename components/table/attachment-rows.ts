import { type ProofName, proofOf } from "@/components/inspector/proof-words";
import { pairKey, type TopologyIndex } from "@/components/workbench/topology-index";
import { runs } from "@/lib/graph/boxes";
import type { Key, LinkId } from "@/lib/net/ids";
import type {
  Bridge,
  Container,
  Link,
  Namespace,
  Network,
  Stacked,
  Veth,
} from "@/lib/topology/model";

/** One attachment: the same rows as the picture, without its arrangement. */
export type AttachmentRow = {
  /** Of the pair, the lone end or the container: what choosing the row selects. Unique in a table. */
  readonly key: Key;
  readonly bridge: Bridge | null;
  readonly network: Network | null;
  /** Host end, or the lower device of a macvlan; null: none, or not seen. */
  readonly near: Link | null;
  /** Container end; null: none, or not seen. */
  readonly far: Link | null;
  /** Where the far end is, or the near end of a lone one. */
  readonly namespace: Namespace | null;
  readonly containers: readonly Container[];
  readonly address: string | null;
  /** null: there is nothing to prove, since no veth and nothing stacked is here. */
  readonly proof: ProofName | null;
};

/** Every interface that is up has a link-local one, which tells nobody apart. */
const firstAddress = (link: Link | null): string | null => {
  const routable = link?.addresses.filter(({ scope }) => scope !== "link") ?? [];
  const address = routable.find(({ family }) => family === "inet") ?? routable[0];
  return address === undefined ? null : `${address.address}/${address.prefix}`;
};

const holders = (index: TopologyIndex, namespace: Namespace | null): readonly Container[] =>
  namespace === null || namespace.name.by === "host"
    ? []
    : namespace.containers.map((id) => index.container(id)).filter((each) => each !== null);

const bridgeOf = (index: TopologyIndex, ...ends: readonly (Link | null)[]): Bridge | null => {
  for (const end of ends) {
    const master = index.link(end?.master ?? null);
    if (master?.kind === "bridge") return master;
  }
  return null;
};

const rowOf = (
  index: TopologyIndex,
  ends: { readonly key: Key; readonly near: Link | null; readonly far: Link | null },
  proof: ProofName | null,
): AttachmentRow => {
  const namespace = index.namespace((ends.far ?? ends.near)?.netns ?? null);
  const bridge = bridgeOf(index, ends.near, ends.far);
  const attachment = ends.far === null ? null : index.attachmentOf(ends.far.id);
  return {
    ...ends,
    bridge,
    network: index.network(attachment?.network ?? bridge?.network ?? null),
    namespace,
    containers: holders(index, namespace),
    address: firstAddress(ends.far) ?? (ends.far === null ? firstAddress(ends.near) : null),
    proof,
  };
};

const loneEnd = (index: TopologyIndex, veth: Veth): AttachmentRow => {
  const onHost = veth.netns === index.topology.host.netns;
  const ends = { near: onHost ? veth : null, far: onHost ? null : veth };
  return rowOf(index, { key: veth.key, ...ends }, proofOf(veth.peer));
};

const vethRows = (index: TopologyIndex): readonly AttachmentRow[] => {
  const told = new Set<LinkId>();
  const rows: AttachmentRow[] = [];
  const veths = index.topology.links.filter((link) => link.kind === "veth");
  for (const veth of veths) {
    if (told.has(veth.id)) continue;
    const pair = index.pair(veth);
    if (pair === null) {
      rows.push(loneEnd(index, veth));
      continue;
    }
    told.add(pair.near.id).add(pair.far.id);
    const ends = { key: pairKey(pair), near: pair.near, far: pair.far };
    rows.push(rowOf(index, ends, proofOf(veth.peer)));
  }
  return rows;
};

const stackedRow = (index: TopologyIndex, link: Stacked): AttachmentRow => {
  const near = link.lower.status === "found" ? index.link(link.lower.link) : null;
  return rowOf(index, { key: link.key, near, far: link }, proofOf(link.lower));
};

/** Links inside a container that are no veth: macvlan and the like, and hardware that was moved there. */
const otherRows = (index: TopologyIndex): readonly AttachmentRow[] => {
  const inside = index.topology.links.filter((link) => link.netns !== index.topology.host.netns);
  return inside.flatMap((link) => {
    if (link.kind === "nic") return [rowOf(index, { key: link.key, near: null, far: link }, null)];
    if (link.kind === "macvlan" || link.kind === "ipvlan" || link.kind === "vlan") {
      return [stackedRow(index, link)];
    }
    return [];
  });
};

const unattached = (index: TopologyIndex, container: Container): AttachmentRow => ({
  key: container.key,
  bridge: null,
  network: index.network(container.attachments[0]?.network ?? null),
  near: null,
  far: null,
  namespace: index.namespace(container.netns),
  containers: [container],
  address: container.attachments[0]?.address ?? null,
  proof: null,
});

/**
 * Every attachment of the host, and the containers that have none (host network, `none`, not
 * running), in the order of the topology. `stopped`: containers that do not run are listed too.
 */
export const attachmentRows = (
  index: TopologyIndex,
  { stopped }: { readonly stopped: boolean },
): readonly AttachmentRow[] => {
  const attached = [...vethRows(index), ...otherRows(index)];
  const shown = new Set(attached.flatMap((row) => row.containers.map(({ id }) => id)));
  const rest = index.topology.containers.filter(
    (container) => !shown.has(container.id) && (stopped || runs(container)),
  );
  return [...attached, ...rest.map((container) => unattached(index, container))];
};
