import type { Backend } from "@/lib/topology/firewall/model";
import type { PlacedRule, RuleGround } from "./ground";

type Family = "ip" | "ip6";
type Argv = readonly string[];

/** The command that shows and changes the rules of one kind; nft's is none of them. */
export const iptablesOf = (backend: Backend, family: string): string =>
  `${family === "ip6" ? "ip6tables" : "iptables"}${backend === "iptables-legacy" ? "-legacy" : ""}`;

/** Where Docker keeps its rules of this family; iptables-nft where it has none. */
export function dockerBackend({ rules }: RuleGround, family: Family): Backend {
  const found = rules.find(
    ({ table, rule }) =>
      rule.madeBy.who === "docker" && (table.family === family || table.family === "inet"),
  );
  return found?.table.backend ?? "iptables-nft";
}

/** nft reads its arguments as a program: what is no plain word is never put into one. */
export const isPlain = (...names: readonly string[]): boolean =>
  names.every((name) => /^[A-Za-z0-9_.-]+$/.test(name));

/** What takes one rule out; none where its table has an odd name. */
export function removal({ table, chain, rule }: PlacedRule): readonly Argv[] {
  const { backend, family, name } = table;
  if (backend !== "nft")
    return [[iptablesOf(backend, family), "-t", name, "-D", chain.name, `${rule.place}`]];
  if (rule.handle === null || !isPlain(name, chain.name)) return [];
  return [["nft", "delete", "rule", family, name, chain.name, "handle", `${rule.handle}`]];
}

/** A table of a person's own before Docker's rules: its nftables backend has no DOCKER-USER. */
export const ownTableOf = (family: Family): readonly Argv[] => [
  ["nft", "add", "table", family, "published"],
  [
    ...["nft", "add", "chain", family, "published", "forward"],
    "{ type filter hook forward priority -1 ; policy accept ; }",
  ],
];
