import type { Evidence, HostFacts } from "@/lib/facts/model";
import type { AnswerId, Key } from "@/lib/net/ids";
import type { Topology } from "@/lib/topology/model";

/** A host as it was last read. */
export type ReadHost = { readonly facts: HostFacts; readonly topology: Topology };

/** Where an answer to a question stands among the facts. */
export type Place = {
  readonly answer: AnswerId;
  /** The elements or lines that matter, in this order; empty: the whole answer. */
  readonly at: readonly Evidence["at"][];
  /** Of JSON: the fields that are printed, at whatever depth; empty: all of them. */
  readonly fields: readonly string[];
};

/** One thing to look at by hand. */
export type Look = {
  /** As the articles type it, with the names and numbers of this host, for a shell on it. */
  readonly typed: string;
  /** What the host answered to the same; null: Vethscope does not ask it; none: the answer has no such line. */
  readonly place: Place | "none" | null;
};

/** How a note shows itself on a host. */
type OnHost = {
  /** The thing that the looks are about, for the picture; null: the host as a whole. */
  readonly about: Key | null;
  readonly looks: readonly Look[];
};

/** null: as far as it was read, the host has no such thing. `wanted`: what is selected in the picture, taken where it fits. */
export type FindOnHost = (host: ReadHost, wanted: Key | null) => OnHost | null;
