/**
 * Every name by which rows of one snapshot (ids) and of one host over time (keys) are told apart.
 * Ids are made here and nowhere else.
 */
declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

/** Unique in one snapshot: host and what the gatherer calls the namespace (its inode where known). */
export type NetnsId = Brand<"NetnsId">;
/** Unique in one snapshot: namespace and ifindex. */
export type LinkId = Brand<"LinkId">;
export type ContainerId = Brand<"ContainerId">;
export type NetworkId = Brand<"NetworkId">;
/** The same thing tomorrow: `ctr:web`, `net:shop`, `if:ctr:web/eth0`, `peer:ctr:web/eth0`. Goes into URLs. */
export type Key = Brand<"Key">;

/**
 * What a gatherer calls a network namespace: its inode in decimal where that is known, else a label
 * such as `pasted 1`.
 */
export type NetnsLabel = Brand<"NetnsLabel">;

/** Names the answer to one question: the probe, and the namespace it was asked in (`ip-addr@4026531840`). */
export type AnswerId = Brand<"AnswerId">;

export const netnsLabel = (label: string | number): NetnsLabel => `${label}` as NetnsLabel;

export const answerId = (probe: string, netns: NetnsLabel | null): AnswerId =>
  (netns === null ? probe : `${probe}@${netns}`) as AnswerId;

/** Inodes are unique among the live namespaces of one boot of one host, so the host is part of the name. */
export const netnsId = (host: string, label: NetnsLabel): NetnsId => `${host}/${label}` as NetnsId;

/** An ifindex is unique only inside its namespace. */
export const linkId = (netns: NetnsId, ifindex: number): LinkId => `${netns}/${ifindex}` as LinkId;

/** By its place among the containers of the snapshot: 64 random digits would be half of what crosses the wire. */
export const containerId = (host: string, place: number): ContainerId =>
  `${host}/ctr/${place}` as ContainerId;

export const networkId = (host: string, engineId: string): NetworkId =>
  `${host}/net/${engineId}` as NetworkId;

/** Only for what really identifies a thing over time; see the forms at {@link Key}. */
export const key = (text: string): Key => text as Key;
