import type { Reading } from "./define";
import { readLines } from "./lines";

/** The peer's ifindex in the peer's own namespace: the same number as iflink, and as little proof alone. */
export type PeerIfindex = { readonly peer: number; readonly at: number };

/** Reads `ethtool -S LINK`: veth is the only driver with this line (netfacts §1.1). */
export const readEthtoolStats = (text: string): Reading<PeerIfindex> =>
  readLines(text, (line, at) => {
    const peer = /^\s*peer_ifindex:\s+(\d+)\s*$/.exec(line)?.[1];
    if (peer !== undefined) return { peer: Number(peer), at };
    return /^(NIC statistics:|no stats available|\s+\S.*:\s*\d+)\s*$/.test(line) ? undefined : null;
  });
