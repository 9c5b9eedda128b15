import type { BaseChain, Hook } from "./model";

const hooks: Readonly<Record<string, Hook>> = {
  PREROUTING: "prerouting",
  INPUT: "input",
  FORWARD: "forward",
  OUTPUT: "output",
  POSTROUTING: "postrouting",
};

const filterHooks = ["INPUT", "FORWARD", "OUTPUT"];

/** By table: its chains, and the priority at which they are registered (linux/netfilter_ipv4.h). */
const tables: Readonly<
  Record<string, { readonly chains: readonly string[]; readonly at: number }>
> = {
  raw: { chains: ["PREROUTING", "OUTPUT"], at: -300 },
  mangle: { chains: Object.keys(hooks), at: -150 },
  nat: { chains: ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"], at: -100 },
  filter: { chains: filterHooks, at: 0 },
  security: { chains: filterHooks, at: 50 },
};

/** Sources are translated late: nat's INPUT and POSTROUTING come at 100. */
const priorityOf = (table: string, hook: Hook, at: number): number =>
  table === "nat" && (hook === "input" || hook === "postrouting") ? 100 : at;

/** A base chain of iptables, where hook and priority follow from the names. null: no base chain. */
export function iptablesBase(
  table: string,
  chain: string,
  policy: string | null,
): BaseChain | null {
  const of = Object.hasOwn(tables, table) ? tables[table] : undefined;
  const hook = Object.hasOwn(hooks, chain) ? hooks[chain] : undefined;
  if (policy === null || of === undefined || hook === undefined) return null;
  if (!of.chains.includes(chain)) return null;
  const isRoute = table === "mangle" && chain === "OUTPUT";
  const isNat = table === "nat";
  return {
    type: isNat ? "nat" : isRoute ? "route" : "filter",
    hook,
    priority: priorityOf(table, hook, of.at),
    policy: policy === "DROP" ? "drop" : "accept",
  };
}
