import type { Chain, Hook, Rule, Table } from "@/lib/topology/firewall/model";
import type { Doubt, Outcome, Place, Step, Traveller } from "./packet";

/** What a chain, or a rule, did with one traveller: a verdict for this base chain, or back to where it came from. */
export type Left =
  | {
      readonly kind: "verdict";
      readonly verdict: Outcome["verdict"];
      readonly traveller: Traveller;
    }
  | { readonly kind: "back" | "on"; readonly traveller: Traveller };

/** Where evaluation stands. `visited`: chains from the base chain to here. */
export type Walk = {
  readonly place: Place;
  readonly hook: Hook;
  readonly table: Table;
  readonly chain: Chain;
  readonly visited: readonly string[];
  /** From the first rule of `walk.chain` to a verdict or back. */
  readonly through: (walk: Walk, start: Traveller) => readonly Left[];
};

export const doubting = (traveller: Traveller, doubt: Doubt): Traveller => ({
  ...traveller,
  doubts: traveller.doubts.includes(doubt) ? traveller.doubts : [...traveller.doubts, doubt],
});

export const stepOf = (walk: Walk, rule: Rule | null, did: string, to: string | null): Step => ({
  hook: walk.hook,
  backend: walk.table.backend,
  family: walk.table.family,
  table: walk.table.name,
  chain: walk.chain.name,
  rule: rule?.key ?? null,
  place: rule?.place ?? null,
  madeBy: (rule ?? walk.chain).madeBy.who,
  did,
  to,
  after: null,
});

/** Adds a step; `packet` where it was changed. */
export const stepped = (traveller: Traveller, step: Step): Traveller => ({
  ...traveller,
  steps: [...traveller.steps, step],
});

const joined = (before: readonly Doubt[], more: readonly Doubt[]): readonly Doubt[] => [
  ...before,
  ...more.filter((doubt) => !before.includes(doubt)),
];

const sameness = (left: Left): string =>
  `${left.kind} ${left.kind === "verdict" ? left.verdict : ""} ${JSON.stringify(left.traveller.packet)}`;

/** The packet then only stands for those that it may be. */
export const isOfThePacket = ({ why }: Doubt): boolean =>
  why === "one-of-several" || why === "unknown-address";

/**
 * Ways that end the same are one. Where only one is left it is taken for certain, whatever was
 * doubted since `start`; but not that one address of several was taken, since the packet then only stands for all.
 */
export function settled(start: Traveller, ways: readonly Left[]): readonly Left[] {
  if (ways.length < 2) return ways;
  const distinct = new Map<string, Left>();
  for (const way of ways) {
    const same = sameness(way);
    const before = distinct.get(same);
    if (before === undefined || way.traveller.doubts.length < before.traveller.doubts.length)
      distinct.set(same, way);
  }
  const left = [...distinct.values()];
  const [only] = left;
  if (left.length > 1 || only === undefined) return left;
  const kept = only.traveller.doubts.filter(isOfThePacket);
  return [{ ...only, traveller: { ...only.traveller, doubts: joined(start.doubts, kept) } }];
}
