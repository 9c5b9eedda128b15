import type { Backend, Chain, Firewall, Rule, Table } from "@/lib/topology/firewall/model";

export type ReadFirewall = Extract<Firewall, { readonly status: "read" }>;

/** A chain with the table that it is in: rules jump within one table only. */
export type Home = { readonly table: Table; readonly chain: Chain };

export type HomedRule = Home & { readonly rule: Rule };

/** Of one namespace; the same after the next reading. */
export const tableId = ({ backend, family, name }: Table): string => `${backend}/${family}/${name}`;

export const chainId = (table: Table, chain: string): string => `${tableId(table)}/${chain}`;

/** As people type it: `ip6tables`, `nft inet`. */
export const toolName = (backend: Backend, family: Table["family"] | null): string => {
  switch (backend) {
    case "iptables-nft":
      return family === "ip6" ? "ip6tables-nft" : "iptables-nft";
    case "iptables-legacy":
      return family === "ip6" ? "ip6tables-legacy" : "iptables-legacy";
    case "nft":
      return family === null ? "nft" : `nft ${family}`;
    case "ipset":
      return "ipset";
  }
};
