import { readFileSync } from "node:fs";
import type { HostFacts } from "@/lib/facts/model";
import { type LinkId, linkId, netnsId, netnsLabel } from "@/lib/net/ids";

type End = { readonly netns: number; readonly ifindex: number; readonly ifname: string };

/** Which ends really belong together, from how a host was made. The same shape in the lab and in recorded hosts. */
export type Truth = {
  readonly veth_pairs: readonly (readonly [End, End])[];
  readonly macvlan_parents: readonly (readonly [End, End])[];
  readonly peer_unseen: readonly End[];
};

export const recordedHosts = [
  "docker-20.10-debian-12",
  "docker-26.1-debian-13",
  "docker-28.5-debian-sid",
] as const;

const json = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../lib/recorded-hosts/${file}`, import.meta.url), "utf8"));

export const recordedFacts = (name: string): HostFacts => json(`${name}.json`) as HostFacts;
export const recordedTruth = (name: string): Truth => json(`${name}.truth.json`) as Truth;

export const endId = (host: string, end: End): LinkId =>
  linkId(netnsId(host, netnsLabel(end.netns)), end.ifindex);

/** Every end of every pair, with its other end. */
export const otherEnds = (host: string, truth: Truth): ReadonlyMap<LinkId, LinkId> =>
  new Map(
    truth.veth_pairs.flatMap(([a, b]) => [
      [endId(host, a), endId(host, b)],
      [endId(host, b), endId(host, a)],
    ]),
  );
