import type { Key } from "@/lib/net/ids";
import type { Firewall, RuleCounters } from "@/lib/topology/firewall/model";

/** Packets by rule at one reading. Decimal: kernels count to 2^64. */
export type Tally = ReadonlyMap<Key, string>;

export const tallyOf = (firewall: Firewall): Tally =>
  new Map(
    firewall.status !== "read"
      ? []
      : firewall.tables.flatMap(({ chains }) =>
          chains.flatMap(({ rules }) =>
            rules.flatMap(({ key, counters }) =>
              counters === null ? [] : [[key, counters.packets] as const],
            ),
          ),
        ),
  );

/** more: so many packets since. none: as before. restarted: it counts from zero again. new: it was not there. */
export type Growth =
  | { readonly since: "more"; readonly packets: bigint }
  | { readonly since: "none" | "restarted" | "new" };

/** How a rule's counter went on since an earlier reading; null: there is none, or the rule does not count. */
export function growthOf(
  key: Key,
  counters: RuleCounters | null,
  before: Tally | null,
): Growth | null {
  if (before === null || counters === null) return null;
  const then = before.get(key);
  if (then === undefined) return { since: "new" };
  if (then === counters.packets) return { since: "none" };
  const packets = BigInt(counters.packets) - BigInt(then);
  return packets < 0n ? { since: "restarted" } : { since: "more", packets };
}
