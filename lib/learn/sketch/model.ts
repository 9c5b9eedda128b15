import type { ContainerMode, PublishedPort } from "@/lib/topology/model";

/** An end of a pair, or any other interface, as a sketch names it. */
export type SketchLink = {
  readonly ifindex: number;
  readonly name: string;
  /** `172.17.0.2/16` */
  readonly address?: string;
  readonly state?: "up" | "down";
  readonly portState?: string;
  readonly mtu?: number;
};

/** `in`: the namespace's name; not given: the host's own. */
export type SketchBridge = SketchLink & {
  readonly in?: string;
  /** Name of the network that it carries. */
  readonly network?: string;
};

/** A veth pair: `near` in the host's namespace (or `at`), `far` in that of `in`. */
export type SketchPair = {
  readonly at?: string;
  readonly near: SketchLink;
  readonly bridge?: string;
  readonly in: string;
  readonly far: SketchLink;
  readonly nsid?: number;
  readonly proof?: "exact" | "consistent" | "ambiguous";
};

/** On top of the host's NIC. */
type SketchStacked = SketchLink & {
  readonly kind: "macvlan" | "ipvlan";
  readonly in: string;
};

type SketchTunnel = SketchLink & {
  readonly in: string;
  readonly bridge: string;
  readonly vni: number;
  readonly remote: string;
};

export type SketchNetwork = {
  readonly name: string;
  readonly driver: string;
  readonly subnet?: string;
  readonly gateway?: string;
};

/** A container lives in a namespace of its own name, unless its mode says otherwise. */
export type SketchContainer = {
  readonly name: string;
  readonly image?: string;
  readonly on?: readonly string[];
  /** of: another container's name. */
  readonly mode?: Exclude<ContainerMode["kind"], "unknown">;
  readonly of?: string;
  readonly ports?: readonly PublishedPort[];
};

/** A host in a few words: what a note draws. */
export type Sketch = {
  readonly bridges?: readonly SketchBridge[];
  readonly pairs?: readonly SketchPair[];
  readonly stacked?: readonly SketchStacked[];
  readonly tunnels?: readonly SketchTunnel[];
  readonly networks?: readonly SketchNetwork[];
  readonly containers?: readonly SketchContainer[];
  /** Namespaces of no container. */
  readonly namespaces?: readonly { readonly name: string; readonly by: "ip-netns" | "overlay" }[];
};
