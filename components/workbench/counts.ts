import { runs } from "@/lib/graph/boxes";
import type { Topology } from "@/lib/topology/model";

/** How much of what there is; nothing here is a judgement. */
export type Counts = {
  readonly running: number;
  readonly stopped: number;
  readonly bridges: number;
  readonly pairs: number;
  readonly exactPairs: number;
  /** Veths whose peer is not settled. */
  readonly unpaired: number;
  readonly namespaces: number;
  readonly readNamespaces: number;
};

const counted = new WeakMap<Topology, Counts>();

/** Asked by several panels of one reading: counted once. */
export const countsOf = (topology: Topology): Counts => {
  const known = counted.get(topology) ?? count(topology);
  counted.set(topology, known);
  return known;
};

const count = ({ containers, links, namespaces }: Topology): Counts => {
  const veths = links.filter((link) => link.kind === "veth");
  const paired = veths.filter(({ peer }) => peer.status === "found");
  const exact = paired.filter(({ peer }) => peer.status === "found" && peer.proof === "exact");
  const running = containers.filter(runs);
  return {
    running: running.length,
    stopped: containers.length - running.length,
    bridges: links.filter((link) => link.kind === "bridge").length,
    // Each pair is in the table by both of its ends.
    pairs: Math.ceil(paired.length / 2),
    exactPairs: Math.ceil(exact.length / 2),
    unpaired: veths.length - paired.length,
    namespaces: namespaces.length,
    readNamespaces: namespaces.filter(({ read }) => read.status === "read").length,
  };
};
