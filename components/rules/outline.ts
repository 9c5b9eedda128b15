import type { Key } from "@/lib/net/ids";
import type { Chain, Rule, Table } from "@/lib/topology/firewall/model";
import { chainId, type Home, type ReadFirewall, tableId } from "./chain-id";
import { meets, type PacketKind } from "./hook-lines";
import { textOf } from "./rule-text";
import { type Caller, type Jumps, jumpsIn } from "./targets";

/** One line of the list of rules. `id` is unique in it. */
export type OutlineRow =
  | {
      readonly kind: "table";
      readonly id: string;
      readonly table: Table;
      readonly chains: number;
      readonly rules: number;
    }
  | (Home & {
      readonly kind: "chain";
      readonly id: string;
      readonly open: boolean;
      readonly used: boolean;
      /** Of its rules, those that are listed when it is open. */
      readonly left: number;
      readonly callers: readonly Caller[];
    })
  | (Home & {
      readonly kind: "rule";
      readonly id: string;
      readonly rule: Rule;
      readonly targets: readonly string[];
    })
  /** Chains that no packet comes to, folded into one line. */
  | {
      readonly kind: "unused";
      readonly id: string;
      readonly table: Table;
      readonly chains: number;
      readonly open: boolean;
    };

export type Wanted = {
  /** null: all. */
  readonly packets: PacketKind | null;
  /** In lower case; each has to be in a rule's text, its chain's or its table's name. */
  readonly terms: readonly string[];
  /** Rules that are left; null: all. */
  readonly only: ReadonlySet<Key> | null;
  /** Chains (and lines of unused ones) that the reader opened or closed, by id. */
  readonly turned: ReadonlyMap<string, boolean>;
};

export const termsOf = (typed: string): readonly string[] =>
  typed.toLowerCase().split(/\s+/u).filter(Boolean);

/** What is the same for every search of one rule set: made once, at the first or before it. */
type Known = {
  readonly jumps: (table: Table) => Jumps;
  /** In lower case: what a search looks through. */
  readonly text: (home: Home, rule: Rule) => string;
};

type Asked = Wanted & { readonly known: Known };

const isNarrowed = ({ terms, only }: Wanted): boolean => terms.length > 0 || only !== null;

function leftOf(home: Home, { terms, only, known }: Asked): readonly Rule[] {
  const { table, chain } = home;
  const around = `${table.family} ${table.name} ${chain.name}`.toLowerCase();
  const open = terms.filter((term) => !around.includes(term));
  return chain.rules.filter((rule) => {
    if (only !== null && !only.has(rule.key)) return false;
    if (open.length === 0) return true;
    const text = known.text(home, rule);
    return open.every((term) => text.includes(term));
  });
}

const nowhere: readonly string[] = [];

type Opened = { readonly home: Home; readonly left: readonly Rule[]; readonly used: boolean };

function chainRows(
  { home, left, used }: Opened,
  { callers, targets }: Jumps,
  asked: Asked,
): readonly OutlineRow[] {
  const { table, chain } = home;
  const id = chainId(table, chain.name);
  const open = asked.turned.get(id) ?? true;
  const head: OutlineRow = {
    kind: "chain",
    id,
    ...home,
    open,
    used,
    left: left.length,
    callers: callers.get(chain.name) ?? [],
  };
  if (!open) return [head];
  return [
    head,
    ...left.map(
      (rule): OutlineRow => ({
        kind: "rule",
        id: rule.key,
        ...home,
        rule,
        targets: targets.get(rule) ?? nowhere,
      }),
    ),
  ];
}

/** Hooked chains first, by when they are met; the rest by name. */
const chainOrder = (a: Chain, b: Chain): number =>
  Number(a.base === null) - Number(b.base === null) ||
  (a.base?.priority ?? 0) - (b.base?.priority ?? 0) ||
  0;

function tableRows(table: Table, asked: Asked): readonly OutlineRow[] {
  const jumps = asked.known.jumps(table);
  const chains = table.chains
    .toSorted(chainOrder)
    .map((chain): Opened => {
      const home = { table, chain };
      return { home, left: leftOf(home, asked), used: jumps.used.has(chain.name) };
    })
    .filter(({ left }) => !isNarrowed(asked) || left.length > 0);
  if (chains.length === 0 && isNarrowed(asked)) return [];
  const used = chains.filter((each) => each.used);
  const unused = chains.filter((each) => !each.used);
  const id = `${tableId(table)}#unused`;
  // What was searched for is shown wherever it is.
  const open = asked.turned.get(id) ?? asked.terms.length > 0;
  const rows = (each: Opened) => chainRows(each, jumps, asked);
  return [
    {
      kind: "table",
      id: tableId(table),
      table,
      chains: table.chains.length,
      rules: table.chains.reduce((sum, { rules }) => sum + rules.length, 0),
    },
    ...used.flatMap(rows),
    ...(unused.length === 0
      ? []
      : [
          { kind: "unused", id, table, chains: unused.length, open } satisfies OutlineRow,
          ...(open ? unused.flatMap(rows) : []),
        ]),
  ];
}

function knownOf({ tables, sets }: ReadFirewall): Known & { readonly prepare: () => void } {
  const jumps = new Map<Table, Jumps>();
  const texts = new Map<Rule, string>();
  const known: Known = {
    jumps: (table) => {
      const made = jumps.get(table) ?? jumpsIn(table, sets);
      jumps.set(table, made);
      return made;
    },
    text: ({ table, chain }, rule) => {
      const made =
        texts.get(rule) ?? `${textOf(table, chain.name, rule)} ${rule.madeBy.who}`.toLowerCase();
      texts.set(rule, made);
      return made;
    },
  };
  return {
    ...known,
    prepare: () => {
      for (const table of tables)
        for (const chain of table.chains)
          for (const rule of chain.rules) known.text({ table, chain }, rule);
    },
  };
}

/** A rule set as one list. */
export type Outliner = {
  /** Tables, their chains and their rules as its lines; unused chains folded until they are asked for. */
  readonly rows: (wanted: Wanted) => readonly OutlineRow[];
  /** Does what the first search would have to do. */
  readonly prepare: () => void;
};

export function outliner(firewall: ReadFirewall): Outliner {
  const { prepare, ...known } = knownOf(firewall);
  return {
    rows: (wanted) =>
      firewall.tables
        .filter(({ family }) => wanted.packets === null || meets(wanted.packets, family))
        .flatMap((table) => tableRows(table, { ...wanted, known })),
    prepare,
  };
}
