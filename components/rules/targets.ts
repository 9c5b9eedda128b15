import type { Action, MapElement, Verdict } from "@/lib/topology/firewall/actions";
import type { Chain, Rule, RuleSet, Table } from "@/lib/topology/firewall/model";

const chainOf = (verdict: Action | Verdict): readonly string[] =>
  verdict.kind === "jump" || verdict.kind === "goto" ? [verdict.chain] : [];

/** The elements of a verdict map, its own or those of a named one. */
export function mapElements(
  action: Extract<Action, { readonly kind: "verdict-map" }>,
  table: Table,
  sets: readonly RuleSet[],
): readonly MapElement[] {
  const { map } = action.lookup;
  if (map.of === "elements") return map.elements;
  const named = sets.find(
    (set) =>
      set.name === map.name && set.table?.name === table.name && set.table.family === table.family,
  );
  return named?.holds.of === "mappings" ? named.holds.elements : [];
}

/** The chains that a rule may lead to, each once. They may be missing. */
const targetsOf = ({ parts }: Rule, table: Table, sets: readonly RuleSet[]): readonly string[] => [
  ...new Set(
    parts.flatMap((part) => {
      if (part.part !== "action") return [];
      if (part.kind !== "verdict-map") return chainOf(part);
      return mapElements(part, table, sets).flatMap(({ to }) =>
        to.of === "verdict" ? chainOf(to.verdict) : [],
      );
    }),
  ),
];

/** Where a chain is jumped to from. */
export type Caller = { readonly chain: Chain; readonly rule: Rule };

export type Jumps = {
  /** By the chain that is jumped to. */
  readonly callers: ReadonlyMap<string, readonly Caller[]>;
  /** Chains that a packet can come to: hooked, or jumped to from one that is. */
  readonly used: ReadonlySet<string>;
  /** The chains that a rule may lead to; rules that lead nowhere are not in it. */
  readonly targets: ReadonlyMap<Rule, readonly string[]>;
};

type Links = Pick<Jumps, "callers" | "targets"> & {
  readonly next: ReadonlyMap<string, ReadonlySet<string>>;
};

function linksIn(table: Table, sets: readonly RuleSet[]): Links {
  const callers = new Map<string, Caller[]>();
  const next = new Map<string, Set<string>>();
  const targets = new Map<Rule, readonly string[]>();
  const link = (target: string, caller: Caller): void => {
    const known = callers.get(target);
    if (known === undefined) callers.set(target, [caller]);
    else known.push(caller);
  };
  for (const chain of table.chains) {
    const after = new Set<string>();
    for (const rule of chain.rules) {
      const led = targetsOf(rule, table, sets);
      if (led.length > 0) targets.set(rule, led);
      for (const target of led) {
        after.add(target);
        link(target, { chain, rule });
      }
    }
    next.set(chain.name, after);
  }
  return { callers, targets, next };
}

/** Who leads to whom in one table. Chains that call each other in a ring are walked once. */
export function jumpsIn(table: Table, sets: readonly RuleSet[]): Jumps {
  const { next, ...links } = linksIn(table, sets);
  const used = new Set<string>();
  const open = table.chains.filter(({ base }) => base !== null).map(({ name }) => name);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    open.push(...(next.get(name) ?? []));
  }
  return { ...links, used };
}
