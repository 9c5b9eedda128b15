import type { HostFacts } from "@/lib/facts/model";
import type { Topology } from "@/lib/topology/model";

export declare const understand: (facts: HostFacts) => Topology;
