import { throughHook } from "@/lib/netfilter/hook";
import { ephemeral, newPacket, type Outcome, type Packet } from "@/lib/netfilter/packet";
import type { Family } from "@/lib/ports/world";
import type { Hook } from "@/lib/topology/firewall/model";
import type { RuleGround } from "./ground";

/** The first packet of a connection, at its first hook. */
export type Flow = {
  readonly family: Family;
  readonly protocol: "tcp" | "udp";
  readonly in: string | null;
  readonly out: string | null;
  readonly source: string;
  readonly destination: string;
  readonly port: number;
};

/** Documentation addresses (RFC 5737, RFC 3849), which stand for all that no rule names. */
export const elsewhere: Readonly<Record<Family, string>> = {
  ip: "203.0.113.254",
  ip6: "2001:db8:ffff::fe",
};

export function packetOf(flow: Flow): Packet {
  const { family, protocol, source, destination, port } = flow;
  const destinationPort = { first: port, last: port };
  const began = { source, sourcePort: ephemeral, destination, destinationPort };
  return { ...newPacket(began, protocol), family, in: flow.in, out: flow.out };
}

/** All that the host's rules at one hook may do with it; several, where they do not settle it. Empty: they were not read. */
export const meet = (ground: RuleGround, hook: Hook, packet: Packet): readonly Outcome[] =>
  ground.place === null ? [] : throughHook(ground.place, hook, { packet, steps: [], doubts: [] });

export const isEnd = ({ verdict }: Outcome): boolean => verdict === "drop" || verdict === "reject";

/** What goes on beyond a hook, where that is settled. null: it ends there, or it cannot be told. */
export function onward(outcomes: readonly Outcome[]): Packet | null {
  const [only] = outcomes;
  return outcomes.length === 1 && only?.verdict === "accept" ? only.traveller.packet : null;
}

/** From a container behind a bridge to the world: as it leaves prerouting for the way out. */
export function outbound(
  ground: RuleGround,
  bridge: string,
  uplink: string,
  family: Family,
  source: string,
): Packet | null {
  const flow: Flow = {
    family,
    protocol: "tcp",
    in: bridge,
    out: null,
    source,
    destination: elsewhere[family],
    port: 443,
  };
  const met = onward(meet(ground, "prerouting", packetOf(flow)));
  // Sent to a proxy of the host: it does not leave by this way.
  if (met === null || met.destination !== flow.destination) return null;
  return { ...met, out: uplink };
}
