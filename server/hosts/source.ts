import type { HostFacts } from "@/lib/facts/model";
import type { Progress } from "@/server/gather/gather";

export type Reading = {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
};

/** A host that can be read, and how. */
export type HostSource = {
  /** In URLs, and the first part of every id: `local`, `sample`. */
  readonly id: string;
  readonly source: HostFacts["source"];
  /** What a host denies is in the facts' gaps; a throw is our own bug. */
  readonly gather: (reading: Reading) => Promise<HostFacts>;
};
