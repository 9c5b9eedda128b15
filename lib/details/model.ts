import type { Gap } from "@/lib/facts/model";
import type { Key } from "@/lib/net/ids";

/**
 * What one panel tells of one thing, and what no picture needs: it stays with the facts until somebody
 * looks. Text of the host is not yet made safe to look at.
 */
export type Details = {
  readonly link: LinkDetail | null;
  /** Of a bridge: its ports. */
  readonly ports: readonly { readonly key: Key; readonly port: PortDetail }[];
  readonly container: ContainerDetail | null;
};

/** A link as `ip -d -s addr` prints it. null: that form of the answer does not tell. */
export type LinkDetail = {
  /** `BROADCAST`, `UP`, `LOWER_UP`, …: as the kernel calls them. */
  readonly flags: readonly string[];
  readonly qdisc: string | null;
  readonly broadcast: string | null;
  readonly altNames: readonly string[];
  /** A text that an administrator gave it. */
  readonly alias: string | null;
  /** The bus and the place on it, of hardware: `pci 0000:00:03.0`. */
  readonly device: string | null;
  readonly minMtu: number | null;
  readonly maxMtu: number | null;
  /** It can never be moved to another namespace. null: this kernel or this `ip` does not print it. */
  readonly netnsImmutable: boolean | null;
  readonly addresses: readonly AddressDetail[];
  /** Packets. */
  readonly losses: Losses | null;
  readonly port: PortDetail | null;
  readonly bridge: BridgeDetail | null;
  /** What its kind adds (`mode bridge`, `id 20`, `protocol 802.1Q`), as name and value of the kernel. */
  readonly settings: readonly (readonly [name: string, value: string])[];
};

/** One line `inet …` and the one below it. */
export type AddressDetail = {
  readonly family: "inet" | "inet6";
  readonly address: string;
  readonly prefix: number;
  /** The other end of a point-to-point link. */
  readonly peer: string | null;
  readonly broadcast: string | null;
  readonly scope: string;
  /** `dynamic`, `secondary`, `temporary`, `deprecated`, `tentative`, … */
  readonly flags: readonly string[];
  /** IPv4 only: the link's name, or `eth0:1`. */
  readonly label: string | null;
  /** Who made it (`kernel_ll`, `kernel_ra`), where that is printed. */
  readonly protocol: string | null;
  readonly valid: Lifetime | null;
  readonly preferred: Lifetime | null;
};

/** Seconds. */
export type Lifetime = "forever" | number;

export type Losses = {
  readonly rxErrors: number;
  readonly rxDropped: number;
  readonly txErrors: number;
  readonly txDropped: number;
};

/** A link as a port of its bridge. */
export type PortDetail = {
  readonly state: string | null;
  readonly hairpin: boolean | null;
  readonly isolated: boolean | null;
  readonly learning: boolean | null;
  /** Frames to unknown addresses are sent out here. */
  readonly flood: boolean | null;
  /** Frames are taken only from addresses that are in the table already. */
  readonly locked: boolean | null;
  readonly priority: number | null;
  readonly cost: number | null;
};

export type BridgeDetail = {
  readonly stp: boolean | null;
  /** Seconds. */
  readonly forwardDelay: number | null;
  /** Seconds after which a learned address is forgotten. */
  readonly ageing: number | null;
  readonly bridgeId: string | null;
  readonly rootId: string | null;
  readonly filtersVlans: boolean | null;
  readonly defaultPvid: number | null;
  readonly multicastSnooping: boolean | null;
  /** Its frames pass iptables by a setting of this bridge; the system's own setting is another. */
  readonly callsIptables: boolean | null;
};

export type ContainerDetail = {
  readonly mounts: readonly Mount[];
  readonly endpoints: readonly EndpointDetail[];
  /** `sha256:` and 64 digits. null: these facts do not hold it. */
  readonly imageId: string | null;
  /** `Up 3 minutes (healthy)`, in the engine's words. */
  readonly status: string | null;
};

/** Text in the engine's words; "" is null. */
export type Mount = {
  /** `bind`, `volume`, `tmpfs`, … */
  readonly type: string;
  readonly name: string | null;
  readonly source: string | null;
  readonly destination: string;
  readonly writable: boolean | null;
  /** `rprivate`, `rshared`, … */
  readonly propagation: string | null;
  /** Other containers that mount the same source. */
  readonly sharedWith: readonly Key[];
};

/** What the engine tells of one network of a container besides its first address. */
export type EndpointDetail = {
  readonly network: string;
  readonly address6: string | null;
  readonly gateway6: string | null;
  readonly aliases: readonly string[];
  readonly dnsNames: readonly string[];
};

/** One more question, asked of the host when it was opened. */
export type Opened =
  | {
      readonly status: "read";
      /** ISO 8601: when it was asked; of a recording: when that was made. */
      readonly at: string;
      /** As one would type it; the engine's as `GET …`. */
      readonly command: string;
      readonly value: OpenedValue;
    }
  | { readonly status: "missing"; readonly gap: Gap }
  /** A recording does not hold it, and there is no host to ask. */
  | { readonly status: "not-recorded" };

export type OpenedQuestion = "macs" | "device" | "tools" | "image";

export type OpenedValue =
  | { readonly question: "macs"; readonly macs: readonly KnownMac[] }
  | { readonly question: "device"; readonly device: Device }
  | { readonly question: "tools"; readonly tools: readonly string[] }
  | {
      readonly question: "image";
      /** Digests, lowest first. */
      readonly layers: readonly string[];
      /** Bytes. */
      readonly size: number | null;
    };

/** A row of a bridge's forwarding table, and whose address it is. */
export type KnownMac = {
  readonly mac: string;
  readonly kind: "learned" | "permanent" | "static" | "own";
  readonly vlan: number | null;
  readonly portName: string | null;
  readonly port: Key | null;
  /** The link that has this address, where one was read behind that port. */
  readonly link: Key | null;
};

type Device = {
  /** Mbit/s; null: the driver tells none (virtual devices). */
  readonly speed: number | null;
  readonly duplex: string | null;
  readonly driver: string | null;
  readonly bus: string | null;
};
