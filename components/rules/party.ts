import type { TopologyIndex } from "@/components/workbench/topology-index";
import type { LinkId } from "@/lib/net/ids";
import { type Cidr, type IpAddress, ipAddress } from "@/lib/net/ip-address";
import type { Container, Link } from "@/lib/topology/model";

/** An interface of the host at which rules see packets come and go, and who is behind it. */
export type Door = {
  readonly name: string;
  /** Addresses of who is plugged in there; null: anybody, as behind a NIC. */
  readonly behind: readonly IpAddress[] | null;
};

/** What of a container a rule of the host can name, and through which interfaces it speaks with others. */
export type Party = {
  readonly addresses: readonly IpAddress[];
  /** Its bridges; or the veth itself, where it is on none. */
  readonly doors: readonly Door[];
  /** All others of the host. */
  readonly others: readonly Door[];
  /** Ports of the host that lead to it. */
  readonly published: readonly { readonly protocol: string; readonly port: number }[];
  /** Addresses of the host itself. */
  readonly host: readonly IpAddress[];
  /** Subnets of the host's bridges: nobody beyond a NIC sends from there. */
  readonly inside: readonly Cidr[];
};

const bytesOf = (texts: readonly (string | null)[]): readonly IpAddress[] =>
  texts.flatMap((text) => {
    const bytes = text === null ? null : ipAddress(text);
    return bytes === null ? [] : [bytes];
  });

const addressesOf = (links: readonly Link[]): readonly IpAddress[] =>
  bytesOf(links.flatMap(({ addresses }) => addresses.map(({ address }) => address)));

const peerOf = (index: TopologyIndex, link: Link): Link | null => {
  if (link.kind !== "veth") return null;
  const pair = index.pair(link);
  return pair === null ? null : pair.near.id === link.id ? pair.far : pair.near;
};

/** Frames come to rules by the bridge that a link is a port of. */
function doorOf(index: TopologyIndex, link: Link): LinkId | null {
  const near = peerOf(index, link);
  if (near === null || near.netns !== index.topology.host.netns) return null;
  return index.link(near.master)?.id ?? near.id;
}

function behind(index: TopologyIndex, link: Link): Door["behind"] {
  const ports = link.kind === "bridge" ? index.portsOf(link.id) : [link];
  const peers = ports.map((port) => peerOf(index, port));
  const isOpen = peers.some((peer) => peer === null);
  return isOpen ? null : addressesOf(peers.filter((peer) => peer !== null));
}

const subnetsOf = (links: readonly Link[]): readonly Cidr[] =>
  links
    .filter(({ kind }) => kind === "bridge")
    .flatMap(({ addresses }) =>
      addresses.flatMap(({ address, prefix }) => {
        const bytes = ipAddress(address);
        return bytes === null ? [] : [{ address: bytes, prefix }];
      }),
    );

/**
 * A container as the rules of the host see it. null: it shares the host's network, so that each rule can touch it;
 * or how it is attached was not seen.
 */
export function partyOf(index: TopologyIndex, container: Container): Party | null {
  const { netns } = container;
  const host = index.topology.host.netns;
  if (netns === null || host === null || netns === host) return null;
  const links = index.linksIn(netns).filter(({ kind }) => kind !== "loopback");
  const addresses = [
    ...addressesOf(links),
    ...bytesOf(container.attachments.map(({ address }) => address)),
  ];
  const own = new Set(links.flatMap((link) => doorOf(index, link) ?? []));
  if (addresses.length === 0 || own.size === 0) return null;
  const outer = index
    .linksIn(host)
    .filter(({ kind, master }) => kind !== "loopback" && master === null);
  const doors = outer.map((link) => ({
    isOwn: own.has(link.id),
    door: { name: link.name, behind: behind(index, link) },
  }));
  return {
    addresses,
    doors: doors.filter(({ isOwn }) => isOwn).map(({ door }) => door),
    others: doors.filter(({ isOwn }) => !isOwn).map(({ door }) => door),
    published: container.ports.flatMap(({ protocol, hostPort }) =>
      hostPort === null ? [] : [{ protocol, port: hostPort }],
    ),
    host: addressesOf(index.linksIn(host)),
    inside: subnetsOf(outer),
  };
}
