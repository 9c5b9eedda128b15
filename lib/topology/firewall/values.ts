/**
 * What rules compare a packet with. One form for both readers: iptables' `10.0.0.1` is the prefix
 * 10.0.0.1/32, and nft's `{ 80, 443 }` is a list of two. A list holds where one of its values does.
 */
export type AddressValue =
  | { readonly of: "prefix"; readonly address: string; readonly length: number }
  | { readonly of: "range"; readonly first: string; readonly last: string }
  /** A mask that is no prefix: `10.0.0.1/255.0.0.255`. */
  | { readonly of: "masked"; readonly address: string; readonly mask: string }
  | SetReference;

/** Also of one port, where first and last are equal. */
export type PortValue = PortRange | SetReference;

export type PortRange = { readonly of: "range"; readonly first: number; readonly last: number };

/** `wildcard`: the name is the beginning of those that are meant (`veth+`, nft's `"veth*"`); alone, of all. */
export type InterfaceValue =
  | { readonly of: "name"; readonly name: string; readonly wildcard: boolean }
  | SetReference;

/** nft's `@name`: the elements are in {@link RuleSet} of the same table. */
export type SetReference = { readonly of: "set"; readonly name: string };

/** What of a packet is looked up in a map or in a set of several fields. */
export type Field =
  | { readonly of: "in-interface" | "out-interface"; readonly by: "name" | "index" }
  | { readonly of: "source" | "destination"; readonly family: "ip" | "ip6" }
  | { readonly of: "protocol" }
  | {
      readonly of: "source-port" | "destination-port";
      /** Of whose header: that it is this protocol is part of the question. null: whichever (nft's `th`). */
      readonly protocol: string | null;
    }
  | { readonly of: "mark" | "ct-mark" | "ct-state" | "ct-status" | "ct-direction" }
  | { readonly of: "address-type"; readonly which: "source" | "destination" }
  /** As nft prints it. */
  | { readonly of: "opaque"; readonly text: string };

/** One field of an element of a set or map. */
export type ElementValue =
  | Exclude<AddressValue, SetReference>
  | PortRange
  | { readonly of: "name"; readonly name: string; readonly wildcard: boolean }
  /** A protocol, a state, a mark, or what no reader understood: as nft or ipset prints it. */
  | { readonly of: "text"; readonly text: string };
