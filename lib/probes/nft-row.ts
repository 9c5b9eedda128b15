/** JSON as nft prints it; what is in it is read by lib/topology/firewall. */
export type NftObject = Readonly<Record<string, unknown>>;

/** One object of a ruleset. */
export type NftRow = {
  /** table, chain, rule, set, map, element, counter, …: as nft calls it. */
  readonly kind: string;
  readonly value: NftObject;
  /** A reference into the answer: JSON path, or line of the text. */
  readonly at: { readonly path: readonly (string | number)[] } | { readonly line: number };
};
