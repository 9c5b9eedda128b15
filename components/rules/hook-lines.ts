import type { Family, Hook } from "@/lib/topology/firewall/model";
import type { Home, ReadFirewall } from "./chain-id";

/** In the order in which a packet may come to them. */
const hooks: readonly Hook[] = [
  "ingress",
  "prerouting",
  "input",
  "forward",
  "output",
  "postrouting",
  "egress",
];

/** frame: what crosses a bridge or comes by a device, before it is a packet of either family. */
export const packetKinds = ["ip", "ip6", "frame"] as const;
export type PacketKind = (typeof packetKinds)[number];

/** `inet` chains are met by both. */
const kinds: Readonly<Record<Family, readonly PacketKind[]>> = {
  ip: ["ip"],
  ip6: ["ip6"],
  inet: ["ip", "ip6"],
  bridge: ["frame"],
  arp: ["frame"],
  netdev: ["frame"],
};

export const meets = (kind: PacketKind, family: Family): boolean => kinds[family].includes(kind);

export type HookLine = {
  readonly hook: Hook;
  /** Base chains of all tables of all backends, those of lower priority first. */
  readonly chains: readonly Home[];
};

/** The order in which a packet of one kind meets base chains. Which of two with the same priority is first the kernel does not tell. */
export const hookLines = (firewall: ReadFirewall, kind: PacketKind): readonly HookLine[] => {
  const homes = firewall.tables
    .filter(({ family }) => meets(kind, family))
    .flatMap((table) => table.chains.map((chain): Home => ({ table, chain })));
  return hooks
    .map((hook) => ({
      hook,
      chains: homes
        .filter(({ chain }) => chain.base?.hook === hook)
        .sort((a, b) => (a.chain.base?.priority ?? 0) - (b.chain.base?.priority ?? 0)),
    }))
    .filter(({ chains }) => chains.length > 0);
};
