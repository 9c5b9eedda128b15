import type { Key } from "@/lib/net/ids";
import type { Firewall, Hook, Maker } from "@/lib/topology/firewall/model";

/** Which way a packet goes: where from and to, as it stands in its header. */
export type Tuple = {
  readonly source: string;
  readonly sourcePort: Ports;
  readonly destination: string;
  readonly destinationPort: Ports;
};

/** One port, or any of several (of a connection that takes one that is free). */
export type Ports = { readonly first: number; readonly last: number };

/**
 * A packet of a connection at one moment of its way through one namespace. What a rule may ask and is not here
 * (size, time, user) is not known, and nothing is concluded from it.
 */
export type Packet = Tuple & {
  readonly family: "ip" | "ip6";
  readonly protocol: "tcp" | "udp";
  /** Interface names; null: none (yet). Bridged frames: the bridge's. */
  readonly in: string | null;
  readonly out: string | null;
  /** The bridge ports by which it came and leaves, where frames of a bridge are shown to iptables. */
  readonly ports: { readonly in: string | null; readonly out: string | null } | null;
  readonly mark: number;
  readonly connection: Connection;
};

export type Connection = {
  /** new: the first packet, which alone meets nat chains. */
  readonly state: "new" | "established" | "untracked";
  /** original: of the side that began; reply: of the other. */
  readonly direction: "original" | "reply";
  readonly mark: number;
  /** Its header when it entered this namespace, before any translation. */
  readonly began: Tuple;
  readonly translated: { readonly destination: boolean; readonly source: boolean };
  /**
   * Whether nat has settled this end, changed or not: it is asked once. A packet to the host itself keeps from
   * output and postrouting what prerouting and input would settle.
   */
  readonly decided: { readonly destination: boolean; readonly source: boolean };
};

/** What Linux takes for the client's end by itself (ip_local_port_range). */
export const ephemeral: Ports = { first: 32_768, last: 60_999 };

export const familyOf = (address: string): Packet["family"] =>
  address.includes(":") ? "ip6" : "ip";

/** The first packet of a connection, before it met anything. */
export const newPacket = (began: Tuple, protocol: Packet["protocol"]): Packet => ({
  ...began,
  family: familyOf(began.destination),
  protocol,
  in: null,
  out: null,
  ports: null,
  mark: 0,
  connection: {
    state: "new",
    direction: "original",
    mark: 0,
    began,
    translated: { destination: false, source: false },
    decided: { destination: false, source: false },
  },
});

/** What a namespace's addresses and routes say, as far as rules ask for it. */
export type Ground = {
  /** local, broadcast, multicast, unicast, …; null: not known. `on`: as seen from one interface. */
  readonly addressType: (address: string, on: string | null) => string | null;
  /** The address that a masqueraded packet gets that leaves by this interface, or a redirected one that came by it; null: not known. */
  readonly addressOf: (name: string, family: "ip" | "ip6") => string | null;
};

/** The rules of the namespace, with what they are asked about. */
export type Place = {
  readonly firewall: Extract<Firewall, { status: "read" }>;
  readonly ground: Ground;
};

/** Why it cannot be told what becomes of a packet. */
export type Doubt =
  /** A condition or action that no reader understood. */
  | { readonly why: "opaque"; readonly rule: Key; readonly text: string }
  /** Chance, rate, clock, what was seen before. */
  | { readonly why: "chance"; readonly rule: Key; readonly text: string }
  /** It asks for something that is not known of this packet (its user, its MAC, its flags). */
  | { readonly why: "unknown-field"; readonly rule: Key; readonly field: string }
  /** A set or map that was not read, or has elements that nobody understood. */
  | { readonly why: "set"; readonly rule: Key; readonly set: string }
  | { readonly why: "missing-chain"; readonly rule: Key; readonly chain: string }
  /** Chains that jump to each other: the kernel refuses them, so what was read is not what is. */
  | { readonly why: "loop"; readonly rule: Key; readonly chain: string }
  /** A program decides. */
  | { readonly why: "queue"; readonly rule: Key }
  /** One of several addresses or ports is taken. */
  | { readonly why: "one-of-several"; readonly rule: Key }
  /** The packet gets an address of an interface of which none is known. */
  | { readonly why: "unknown-address"; readonly rule: Key }
  /** Rules of this kind could not be read. */
  | { readonly why: "unread-rules"; readonly backend: string }
  /** Two nat chains of equal priority: the one that was registered last is met first, and nobody tells which. */
  | { readonly why: "same-priority"; readonly hook: Hook }
  /** More ways than are followed. */
  | { readonly why: "too-many-ways"; readonly hook: Hook };

/** A rule that did something to the packet or sent it elsewhere, in the order of the way. */
export type Step = {
  readonly hook: Hook;
  readonly backend: string;
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  /** null: the policy of the chain. */
  readonly rule: Key | null;
  readonly place: number | null;
  readonly madeBy: Maker;
  /** `accept`, `drop`, `jump DOCKER`, `dnat`, … as the action's kind; `to`: the chain of a jump. */
  readonly did: string;
  readonly to: string | null;
  /** Header after it, where it changed. */
  readonly after: Tuple | null;
};

/** Where a packet stands: itself, what was done to it, and what of that is not sure. */
export type Traveller = {
  readonly packet: Packet;
  readonly steps: readonly Step[];
  readonly doubts: readonly Doubt[];
};

/** What a hook did with it. Several where it cannot be told: each is possible, with its doubts. */
export type Outcome = {
  readonly verdict: "accept" | "drop" | "reject" | "taken";
  readonly traveller: Traveller;
};

export const tupleOf = ({ source, sourcePort, destination, destinationPort }: Tuple): Tuple => ({
  source,
  sourcePort,
  destination,
  destinationPort,
});
