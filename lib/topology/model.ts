import type { Evidence, Gap } from "@/lib/facts/model";
import type { ContainerId, Key, LinkId, NetnsId, NetnsLabel, NetworkId } from "@/lib/net/ids";
import type { FirewallSummary } from "./firewall/model";

/**
 * What a host is made of, as flat readonly tables with ids. Crosses the wire; holds no words of the
 * host other than names and numbers: evidence refers to the facts, which stay on the server.
 */
export type Topology = {
  readonly format: "vethscope-topology/1";
  readonly host: Host;
  readonly namespaces: readonly Namespace[];
  readonly links: readonly Link[];
  readonly networks: readonly Network[];
  readonly containers: readonly Container[];
  readonly routes: readonly Route[];
  readonly leftovers: readonly Leftover[];
  /** Of this host as a whole; gaps of one namespace stand in that namespace too. */
  readonly gaps: readonly Gap[];
};

export type Host = {
  /** `local`, `sample`, …: the first part of every id. */
  readonly id: string;
  readonly key: Key;
  /** What the kernel calls itself (`uname -n`), or the id where that was not read. */
  readonly name: string;
  readonly source: "live" | "recorded";
  /** ISO 8601: when the facts were gathered. */
  readonly at: string;
  /** Ids never cross a reboot. null: not read. */
  readonly bootId: string | null;
  readonly kernel: string | null;
  readonly os: string | null;
  readonly engine: Engine;
  /** The host's own namespace; null: its links were not read. */
  readonly netns: NetnsId | null;
  /**
   * Every namespace that the host is known to have was read. Only then may a peer be called
   * `consistent` for want of any other candidate.
   */
  readonly complete: boolean;
  /**
   * To a reader of few rights a namespace may be known by a process and by a file, and nothing says that
   * both are one. `settled`: files that are those of containers in the list, as Docker keeps one for each
   * (they are not listed). `open`: so many rows at most may be another's.
   */
  readonly twice: { readonly settled: number; readonly open: number };
  /** Of the host's own namespace; the rules themselves do not cross with it (./firewall/model). */
  readonly firewall: FirewallSummary;
};

export type Engine =
  | {
      readonly status: "read";
      readonly name: string;
      readonly version: string;
      readonly api: string;
    }
  | { readonly status: "unread"; readonly why: Gap }
  | { readonly status: "not-asked" };

export type Namespace = {
  readonly id: NetnsId;
  readonly key: Key;
  readonly label: NetnsLabel;
  /** Unique among live namespaces of one boot. null: known only by a label (pasted text). */
  readonly inode: number | null;
  readonly name: NamespaceName;
  /** Those whose processes live in it; several for `--network container:X` and pods. */
  readonly containers: readonly ContainerId[];
  /** How it can be entered: nsfs paths, the shortest-lived last. At most a few. */
  readonly paths: readonly string[];
  /** Lowest pid in it, as the host counts. null: no process lives in it. */
  readonly pid: number | null;
  readonly read: { readonly status: "read" } | { readonly status: "unread"; readonly why: Gap };
};

/** What a namespace is called, and by whom. */
export type NamespaceName =
  | { readonly by: "host"; readonly text: string }
  | { readonly by: "container"; readonly text: string }
  /** A file in /run/netns (`ip netns`). */
  | { readonly by: "ip-netns"; readonly text: string }
  /** Kubernetes' or podman's pod: its name where an engine tells it, else its uid. */
  | { readonly by: "pod"; readonly text: string }
  /** Docker keeps three kinds of hidden namespaces for swarm; `text` is the network's name, else the digits of its id. */
  | { readonly by: "overlay"; readonly text: string }
  | { readonly by: "load-balancer"; readonly text: string }
  | { readonly by: "ingress"; readonly text: string }
  /** The systemd service all of whose processes live in it (`PrivateNetwork=`). */
  | { readonly by: "unit"; readonly text: string }
  /** comm of the lowest pid in it. */
  | { readonly by: "process"; readonly text: string }
  | { readonly by: "inode"; readonly text: string };

export type Address = {
  readonly family: "inet" | "inet6";
  readonly address: string;
  readonly prefix: number;
  readonly scope: string;
};

export type Counters = {
  readonly rxBytes: number;
  readonly rxPackets: number;
  readonly txBytes: number;
  readonly txPackets: number;
};

/** The VLANs (1 to 4094) in which a link takes part. */
export type Vlans = {
  /** To which frames without a tag belong. null: they are dropped. */
  readonly pvid: number | null;
  /** All of them, `pvid` too; both ends of a range belong to it. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
  readonly evidence: Evidence;
};

export type LinkBase = {
  readonly id: LinkId;
  readonly key: Key;
  readonly netns: NetnsId;
  /** Negative: pasted text (`ifconfig`, `brctl show`) that prints no numbers. */
  readonly ifindex: number;
  readonly name: string;
  /** As `ip link` prints it: `veth9a1c2d3@if4`, `orphan0@orphan1`, `docker0`. */
  readonly label: string;
  readonly mac: string | null;
  readonly mtu: number | null;
  /** operstate, where the driver keeps one; else by the flags UP and LOWER_UP. */
  readonly state: "up" | "down" | "unknown";
  /** The flag UP: what was asked for, not what is. */
  readonly adminUp: boolean;
  /** The bridge, bond or VRF that it is a port of. */
  readonly master: LinkId | null;
  /** STP state of a bridge port (`forwarding`, `disabled`, …). */
  readonly portState: string | null;
  /** A port of a bridge to which the frames of other isolated ports are not passed. null: no port, or not told. */
  readonly isolated: boolean | null;
  /** A port of a bridge that sends frames back by where they came. null: no port, or not told. */
  readonly hairpin: boolean | null;
  /** Of a port of a bridge that filters VLANs, and of that bridge itself. null: no such, or not read. */
  readonly vlans: Vlans | null;
  readonly addresses: readonly Address[];
  readonly counters: Counters | null;
  readonly evidence: Evidence;
};

export type Veth = LinkBase & {
  readonly kind: "veth";
  /** IFLA_LINK: the peer's ifindex in the peer's own namespace. null: the kernel did not say. */
  readonly iflink: number | null;
  /** IFLA_LINK_NETNSID: the peer's namespace as this link's namespace numbers it. null: the same namespace. */
  readonly nsid: number | null;
  readonly peer: VethPeer;
};

export type Bridge = LinkBase & {
  readonly kind: "bridge";
  /** The engine's network whose bridge this is, settled by its configured name or `br-`+id. */
  readonly network: NetworkId | null;
  /** Passes frames only between ports of one VLAN. null: not told. */
  readonly filtersVlans: boolean | null;
};

/** macvlan, ipvlan, vlan: a link on top of another. Its `iflink` is the lower device, never a peer. */
export type Stacked = LinkBase & {
  readonly kind: "macvlan" | "ipvlan" | "vlan";
  readonly iflink: number | null;
  readonly nsid: number | null;
  readonly lower: Lower;
};

export type Plain = LinkBase & {
  /** nic: a device without a kind of its own, so hardware or what looks like it to this namespace. */
  readonly kind: "nic" | "loopback" | "other";
  /** linkinfo's info_kind (`tun`, `wireguard`, …); null: none. */
  readonly infoKind: string | null;
};

/** A tunnel of Ethernet frames in UDP. Its iflink is no peer: in an overlay's namespace it is its own number. */
export type Vxlan = LinkBase & {
  readonly kind: "vxlan";
  /** VNI. null: not printed (an old iproute2), or found in the frames' metadata (`external`). */
  readonly vni: number | null;
  /** UDP. */
  readonly port: number | null;
  /** The address that its packets leave from, as configured; null: by the route. */
  readonly local: string | null;
  /** The namespace whose routes carry its packets; null: not settled. */
  readonly underlay: NetnsId | null;
  /** Other hosts that it sends to: from its own configuration and the fdb of its namespace. null: that was not read. */
  readonly remotes: readonly Remote[] | null;
};

export type Remote = {
  readonly address: string;
  /** Behind it, as the fdb says; the entry for unknown destinations (all zeros) is left out. */
  readonly macs: readonly string[];
  readonly evidence: readonly Evidence[];
};

export type Link = Veth | Bridge | Stacked | Vxlan | Plain;

/** Found, ambiguous, unseen and contradictory are different answers. Nothing is guessed. */
export type VethPeer =
  | {
      readonly status: "found";
      readonly link: LinkId;
      readonly proof: "exact" | "consistent";
      readonly by: readonly Check[];
    }
  | {
      readonly status: "ambiguous";
      readonly candidates: readonly LinkId[];
      readonly by: readonly Check[];
    }
  | { readonly status: "unseen"; readonly why: Unseen; readonly by: readonly Check[] }
  | {
      readonly status: "contradictory";
      readonly with: readonly LinkId[];
      readonly by: readonly Check[];
    };

/** Why a peer was not seen. `netns`: the namespace that holds it, where at least that much is known. */
export type Unseen =
  /** Its namespace is known but could not be read. */
  | { readonly reason: "netns-unread"; readonly netns: NetnsId; readonly why: Gap }
  /** No namespace that was found fits: it is held by something we cannot see from here. */
  | { readonly reason: "netns-unknown"; readonly nsid: number | null }
  /** The kernel gave no iflink. */
  | { readonly reason: "no-iflink" };

/** One thing that was looked at to settle a pair, and what it said. */
export type Check = {
  readonly check: CheckName;
  readonly holds: boolean;
  readonly evidence: readonly Evidence[];
};

export type CheckName =
  /** This end's iflink is the other end's ifindex. */
  | "iflink"
  /** The other end's iflink is this end's ifindex. */
  | "iflink-back"
  /** This end's nsid is, by the kernel's own map of this namespace, the namespace of the other end. */
  | "nsid"
  /** The other end's nsid is, by the map of its namespace, the namespace of this end. */
  | "nsid-back"
  /** `ip` prints the peer's name: both ends are in one namespace. */
  | "same-netns"
  /** Of everything that was read, nothing else fits these numbers. */
  | "only-candidate"
  /** Several links in other namespaces carry the ifindex that this end names. */
  | "number-is-shared"
  /** What one end sent is what the other received, alone among all that was read. */
  | "mirrored-counters"
  /** The bridge learned the other end's MAC on this port. Supports, never decides. */
  | "fdb";

export type Lower =
  | { readonly status: "found"; readonly link: LinkId; readonly proof: "exact" | "consistent" }
  | { readonly status: "unseen" };

export type Network = {
  readonly id: NetworkId;
  readonly key: Key;
  readonly engineId: string;
  readonly name: string;
  readonly driver: string;
  readonly internal: boolean;
  /** May its containers speak to each other (`com.docker.network.bridge.enable_icc`). null: not set, and the engine's default is yes. */
  readonly icc: boolean | null;
  readonly subnets: readonly { readonly subnet: string; readonly gateway: string | null }[];
  /** null: not a bridge network, or its bridge was not seen. */
  readonly bridge: LinkId | null;
  /** For macvlan and ipvlan: the name of the parent device, as configured. */
  readonly parent: string | null;
  readonly evidence: Evidence;
};

export type Container = {
  readonly id: ContainerId;
  readonly key: Key;
  /** The first 12 digits of its id, as `docker ps` prints it: by the engine or by its cgroup. LXC, nspawn: its name. */
  readonly engineId: string;
  /** The engine's name without the slash; where no engine answered, the first 12 digits of the id. */
  readonly name: string;
  readonly named: "engine" | "cgroup";
  readonly runtime: Runtime;
  /** Kubernetes' pod uid or podman's pod id: those of one pod share a namespace. null: none, or not known. */
  readonly pod: string | null;
  readonly image: string | null;
  /** `running`, `exited`, `paused`, … as the engine says; `running` where only its processes were seen. */
  readonly state: string;
  /** Compose project and service, from its labels. */
  readonly project: string | null;
  readonly service: string | null;
  /** The namespace that its processes live in, from its cgroup and their ns/net. null: not running or not seen. */
  readonly netns: NetnsId | null;
  readonly pid: number | null;
  readonly mode: ContainerMode;
  readonly attachments: readonly Attachment[];
  readonly ports: readonly PublishedPort[];
  readonly evidence: Evidence | null;
  /** Lines that place it in its namespace: its cgroup, and the inode of its ns/net. */
  readonly placed: readonly Evidence[];
};

/** By whom it was started: the engine that lists it, else what its cgroup tells. cri: by a kubelet through containerd or CRI-O. */
export type Runtime = "docker" | "podman" | "containerd" | "cri" | "lxc" | "nspawn" | "unknown";

export type ContainerMode =
  | { readonly kind: "own" }
  | { readonly kind: "host" }
  | { readonly kind: "none" }
  /** `--network container:X`; `of` is null where X is gone. */
  | { readonly kind: "container"; readonly of: ContainerId | null }
  /** Only the engine knows, and it was not asked. */
  | { readonly kind: "unknown" };

/** One network of a container, as the engine says. The link is found by MAC or address inside the namespace. */
export type Attachment = {
  readonly network: NetworkId | null;
  readonly networkName: string;
  readonly address: string | null;
  readonly gateway: string | null;
  readonly mac: string | null;
  readonly link: LinkId | null;
};

export type PublishedPort = {
  /** null: exposed, not published. */
  readonly hostAddress: string | null;
  readonly hostPort: number | null;
  readonly containerPort: number;
  readonly protocol: string;
};

/** A plain file where namespaces are kept, which holds none: what was mounted there is gone. */
export type Leftover = { readonly path: string; readonly evidence: Evidence };

export type Route = {
  readonly netns: NetnsId;
  readonly family: "inet" | "inet6";
  /** `default` or a prefix. */
  readonly to: string;
  readonly via: string | null;
  readonly dev: string | null;
  readonly table: string;
};
