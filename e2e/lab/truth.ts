/**
 * What the lab knows because it made it. Shaped as the `truth.json` of recorded hosts, so that a
 * test reads both alike.
 */
export type End = {
  readonly netns: number;
  /** Every name of the namespace: `(host)`, `(ip netns X)`, containers. */
  readonly of: readonly string[];
  readonly ifname: string;
  readonly ifindex: number;
  readonly master?: string;
};

export type ContainerTruth = {
  /** As the lab host numbers it; 0 when it does not run. */
  readonly pid: number;
  readonly netns: string | null;
  readonly network_mode: string;
  readonly state: string;
};

export type Truth = {
  readonly host_netns: number;
  readonly containers: Readonly<Record<string, ContainerTruth>>;
  readonly veth_pairs: readonly (readonly [End, End])[];
  /** Child first, then its parent. */
  readonly macvlan_parents: readonly (readonly [End, End])[];
  /** Links of the host whose other end is on another host. */
  readonly peer_unseen: readonly End[];
};

export type LabHost = {
  readonly name: string;
  /** The host's init, as the sandbox numbers it. */
  readonly pid: number;
  readonly address: string;
  readonly sshPort: number;
  readonly sshKeyFile: string;
  readonly knownHostsFile: string;
  readonly user: string;
  /** Path inside the host. */
  readonly dockerSocket: string;
};

export type Lab = Truth & {
  readonly secretMark: string;
  readonly hosts: readonly LabHost[];
  /** Namespaces of the lab that are no hosts, by their names under /run/netns. */
  readonly around: { readonly underlay: string; readonly outside: string };
};
