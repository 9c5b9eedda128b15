import type { BridgeMac } from "@/lib/probes/bridge-macs";
import type { Bridge, Link, Topology } from "@/lib/topology/model";
import type { KnownMac } from "./model";

/** What may be behind a port: its own address and, of a veth, that of its other end. */
function behind(port: Link | undefined, byId: ReadonlyMap<string, Link>): readonly Link[] {
  if (port === undefined) return [];
  const peer = port.kind === "veth" && port.peer.status === "found" ? port.peer.link : null;
  const far = peer === null ? undefined : byId.get(peer);
  return far === undefined ? [port] : [far, port];
}

const order: Readonly<Record<BridgeMac["kind"], number>> = {
  learned: 0,
  static: 1,
  permanent: 2,
  own: 3,
};

/** The rows of one bridge's table with their ports and owners, what was learned first. Multicast groups are left out. */
export function knownMacs(
  topology: Topology,
  bridge: Bridge,
  rows: readonly BridgeMac[],
): readonly KnownMac[] {
  const byId = new Map<string, Link>(topology.links.map((link) => [link.id, link]));
  const ports = new Map(
    topology.links
      .filter(({ id, master }) => master === bridge.id || id === bridge.id)
      .map((link) => [link.name, link] as const),
  );
  return rows
    .filter(({ mac }) => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0)
    .map((row) => {
      const port = row.port === null ? undefined : ports.get(row.port);
      const owner = behind(port, byId).find(({ mac }) => mac === row.mac);
      return {
        mac: row.mac,
        kind: row.kind,
        vlan: row.vlan,
        portName: row.port,
        port: port?.key ?? null,
        link: owner?.key ?? null,
      };
    })
    .toSorted(
      (a, b) =>
        order[a.kind] - order[b.kind] ||
        (a.portName ?? "").localeCompare(b.portName ?? "", "en") ||
        a.mac.localeCompare(b.mac, "en"),
    );
}
