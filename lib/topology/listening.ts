import type { Evidence, Gap } from "@/lib/facts/model";
import type { ContainerId, Key, NetnsId } from "@/lib/net/ids";

/** Who listens in which namespace, and what decides besides rules. Of all namespaces that a process lives in. */
export type Listening = {
  readonly sockets:
    | {
        readonly status: "read";
        readonly sockets: readonly Socket[];
        /** Those whose sockets were read: of any other it is not known whether somebody listens in it. */
        readonly namespaces: readonly NetnsId[];
      }
    | { readonly status: "unreadable"; readonly why: Gap }
    | { readonly status: "not-asked" };
  /** Every docker-proxy that runs, by its own command line. */
  readonly proxies: readonly DockerProxy[];
};

/** A TCP socket in state LISTEN, or a UDP socket that is not connected. */
export type Socket = {
  /** `socket:` by namespace, protocol, address and port. */
  readonly key: Key;
  readonly netns: NetnsId;
  readonly protocol: "tcp" | "udp";
  readonly family: "inet" | "inet6";
  /** `0.0.0.0` and `::`: any. */
  readonly address: string;
  readonly port: number;
  /**
   * Of a socket on `::`: whether it answers IPv4 too. The kernel tells it to `ss` alone, which would load a module. no: an IPv4 socket
   * has this port beside it; likely: none has, and that is what programs do unless told otherwise.
   */
  readonly answersIpv4: "yes" | "likely" | "no";
  /** The user who opened it, as the host counts. */
  readonly uid: number;
  /**
   * Those that hold it, the lowest pid first. kernel: no process does (vxlan, wireguard, NFS).
   * unknown: of other users, whose files may not be looked at.
   */
  readonly holder:
    | { readonly by: "processes"; readonly processes: readonly Process[] }
    | { readonly by: "kernel" }
    | { readonly by: "unknown" };
  readonly evidence: Evidence;
};

/**
 * `name`: comm, at most 15 bytes. Command lines are not read. `container`: whose cgroup it is in, whichever process of it
 * this is and whichever namespace it lives in; null: no container's.
 */
export type Process = {
  readonly pid: number;
  readonly name: string;
  readonly container: ContainerId | null;
};

/** `docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 8080 -container-ip 172.17.0.2 -container-port 80` */
export type DockerProxy = {
  readonly pid: number;
  readonly protocol: string;
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly containerAddress: string;
  readonly containerPort: number;
  readonly evidence: Evidence;
};

/** One file below /proc/sys of one namespace. */
type Setting = {
  /** As the path goes on: `net/ipv4/ip_forward`, `net/ipv4/conf/eth0.7/rp_filter` (names of links may hold dots). */
  readonly name: string;
  readonly value: string;
  readonly evidence: Evidence;
};

/** Sysctls of one namespace. A file that is not there is no row (bridge-nf-call-*: br_netfilter is not loaded). */
export type Settings =
  | { readonly status: "read"; readonly settings: readonly Setting[] }
  | { readonly status: "unreadable"; readonly why: Gap }
  | { readonly status: "not-asked" };
