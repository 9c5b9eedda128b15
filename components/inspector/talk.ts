import type { Bridge, Link, Network } from "@/lib/topology/model";

/** One thing that the facts of a bridge say about who reaches whom. `ports`: those that it is about. */
export type Talk =
  | { readonly says: "free" | "alone" | "iccOff" | "internal" | "vlansUnread" | "portsUnread" }
  | { readonly says: "isolated" | "noVlan"; readonly ports: readonly Link[] }
  | { readonly says: "vlan"; readonly pvid: number; readonly ports: readonly Link[] };

function ofVlans(bridge: Bridge, ports: readonly Link[]): readonly Talk[] {
  if (bridge.filtersVlans !== true) return [];
  if (ports.some(({ vlans }) => vlans === null)) return [{ says: "vlansUnread" }];
  const groups = Map.groupBy(ports, ({ vlans }) => vlans?.pvid ?? null);
  return [...groups]
    .toSorted(([a], [b]) => (a ?? 0) - (b ?? 0))
    .map(
      ([pvid, all]): Talk =>
        pvid === null ? { says: "noVlan", ports: all } : { says: "vlan", pvid, ports: all },
    );
}

function ofIsolation(ports: readonly Link[]): readonly Talk[] {
  const isolated = ports.filter((port) => port.isolated === true);
  return [
    ...(isolated.length > 0 ? [{ says: "isolated", ports: isolated } as const] : []),
    ...(ports.some((port) => port.isolated === null) ? [{ says: "portsUnread" } as const] : []),
  ];
}

/** What a bridge and its network's options say; rules of the host are another matter. */
export function talkIn(
  bridge: Bridge,
  ports: readonly Link[],
  network: Network | null,
): readonly Talk[] {
  const ofNetwork: readonly Talk[] = [
    ...(network?.icc === false ? [{ says: "iccOff" } as const] : []),
    ...(network?.internal === true ? [{ says: "internal" } as const] : []),
  ];
  if (ports.length === 0) return ofNetwork;
  const kept = [...ofVlans(bridge, ports), ...ofIsolation(ports)];
  if (ports.length === 1 && kept.length === 0) return [{ says: "alone" }, ...ofNetwork];
  return kept.length > 0 ? [...kept, ...ofNetwork] : [{ says: "free" }, ...ofNetwork];
}
