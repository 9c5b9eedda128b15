import { type Grouping, groupings, type Orientation, orientations } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";
import type { Topology } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";
import { type Preset, presets, type Redacted, redact } from "./redact";
import { flag, nullable, object, oneOf, type Shape, since, textOf } from "./shape";

/** How it was looked at when it was sent: opened, it looks the same. */
export type Shown = {
  readonly orientation: Orientation;
  readonly stopped: boolean;
  readonly group: Grouping;
  readonly selected: Key | null;
  /** What its sender calls it. */
  readonly title: string | null;
  readonly redaction: Preset;
  /** Only of what its picture shows: that something is not in it says nothing of the host. */
  readonly part: boolean;
};

/** What leaves: frozen, redacted, and how to show it. */
export type Snapshot = {
  readonly topology: Topology;
  /** Rules, settings and sockets; null: they are not in it, and what they would show is not known. */
  readonly ruling: Ruling | null;
  readonly shown: Shown;
};

const words = <T extends string>(list: readonly T[]): Readonly<Record<T, true>> =>
  Object.fromEntries(list.map((word) => [word, true])) as Record<T, true>;

const isText = (value: unknown): value is string => typeof value === "string";
const isKey = (value: unknown): value is Key => typeof value === "string";

export const shownShape: Shape<Shown> = object<Shown>({
  orientation: oneOf(words(orientations)),
  stopped: flag,
  group: since(oneOf(words(groupings)), "network"),
  selected: nullable(textOf<Key>("key", isKey, "key of the row that is selected")),
  title: nullable(textOf("comment", isText, "what its sender calls it")),
  redaction: oneOf(words(presets)),
  part: since(flag, false),
});

/** A topology without a word on how it was looked at. */
export const plainlyShown: Shown = {
  orientation: "rails",
  stopped: false,
  group: "network",
  selected: null,
  title: null,
  redaction: "none",
  part: false,
};

export type Frozen = Pick<Redacted, "replaced" | "keyOf"> & { readonly snapshot: Snapshot };

/**
 * What is sent, made of what is seen: `alias` stands for the host's name, title and selection are the
 * sender's own, `given` is what decides there besides the wiring, where that is to go along. A recording from here on.
 */
export function freeze(
  topology: Topology,
  shown: Shown,
  alias: string | null = null,
  given: Ruling | null = null,
): Frozen {
  const { topology: now, ruling, replaced, keyOf } = redact(topology, shown.redaction, given);
  const host = { ...now.host, name: alias ?? now.host.name, source: "recorded" } as const;
  const selected = shown.selected === null ? null : keyOf(shown.selected);
  const snapshot = { topology: { ...now, host }, ruling, shown: { ...shown, selected } };
  return { snapshot, replaced, keyOf };
}
