import type { Ports } from "@/lib/netfilter/packet";
import type { Lookup, MapElement, NatPorts } from "@/lib/topology/firewall/actions";
import type { RuleSet, Table } from "@/lib/topology/firewall/model";
import type { AddressValue, ElementValue, Field } from "@/lib/topology/firewall/values";

/** What one element of a map is for, and where it sends to: nft's `dnat to tcp dport map { 80 : 10.0.0.2 }`. */
export type Mapped = {
  readonly protocol: string | null;
  /** null: any. */
  readonly ports: Ports | null;
  /** Empty: any. */
  readonly on: readonly AddressValue[];
  readonly address: string;
  readonly becomes: NatPorts | null;
};

type Said = Pick<Mapped, "protocol" | "ports" | "on">;

const spanOf = (value: ElementValue): Ports | null =>
  value.of === "range" && typeof value.first === "number" && typeof value.last === "number"
    ? { first: value.first, last: value.last }
    : null;

/** What one field of a key says; null: something else is asked, so that it is not known for what the element is. */
function saidBy(said: Said, field: Field, value: ElementValue): Said | null {
  if (field.of === "destination-port") {
    const ports = spanOf(value);
    return ports && { ...said, ports, protocol: field.protocol ?? said.protocol };
  }
  if (field.of === "destination" && value.of === "prefix") return { ...said, on: [value] };
  return field.of === "protocol" && value.of === "text" ? { ...said, protocol: value.text } : null;
}

function targetOf({ to }: MapElement): Pick<Mapped, "address" | "becomes"> | null {
  if (to.of !== "value") return null;
  const [address, port] = to.values;
  if (address?.of !== "prefix") return null;
  return { address: address.address, becomes: port === undefined ? null : spanOf(port) };
}

function mappedBy(fields: readonly Field[], element: MapElement): readonly Mapped[] {
  let said: Said | null = { protocol: null, ports: null, on: [] };
  for (const [nth, field] of fields.entries()) {
    const value = element.key[nth];
    said = said && value ? saidBy(said, field, value) : null;
  }
  const target = targetOf(element);
  return said === null || target === null ? [] : [{ ...said, ...target }];
}

function elementsOf(
  { map }: Lookup,
  { family, name }: Table,
  sets: readonly RuleSet[],
): readonly MapElement[] {
  if (map.of === "elements") return map.elements;
  const set = sets.find(
    ({ table, name: own }) => own === map.name && table?.family === family && table.name === name,
  );
  return set?.holds.of === "mappings" ? set.holds.elements : [];
}

/** All that a map sends on, element by element; those that ask for something else than ports and addresses are left out. */
export const mappedSendings = (
  lookup: Lookup,
  table: Table,
  sets: readonly RuleSet[],
): readonly Mapped[] =>
  elementsOf(lookup, table, sets).flatMap((element) => mappedBy(lookup.fields, element));
