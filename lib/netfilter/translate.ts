import type { Action, Lookup, MapElement, NatPorts } from "@/lib/topology/firewall/actions";
import type { Rule } from "@/lib/topology/firewall/model";

import { type Doubt, type Packet, type Ports, type Traveller, tupleOf } from "./packet";
import type { Asking } from "./sets";
import { doubting, type Left, stepOf, stepped, type Walk } from "./walk";

type Of<Kind extends Action["kind"]> = Action extends infer One extends Action
  ? One extends Action
    ? Kind extends One["kind"]
      ? One
      : never
    : never
  : never;

type LookUp = (
  lookup: Lookup,
  packet: Packet,
  asking: Asking,
) => readonly { readonly element: MapElement; readonly doubt: Doubt | null }[] | null;

const any: Ports = { first: 1, last: 65_535 };

/** A translation ends the chain and is accepted by it; the connection keeps it. */
function translated(
  walk: Walk,
  rule: Rule,
  did: string,
  traveller: Traveller,
  change: Partial<Packet>,
  end: "source" | "destination",
): readonly Left[] {
  const { connection } = traveller.packet;
  const packet: Packet = {
    ...traveller.packet,
    ...change,
    connection: { ...connection, translated: { ...connection.translated, [end]: true } },
  };
  const step = { ...stepOf(walk, rule, did, null), after: tupleOf(packet) };
  return [
    { kind: "verdict", verdict: "accept", traveller: stepped({ ...traveller, packet }, step) },
  ];
}

const several = (rule: Rule): Doubt => ({ why: "one-of-several", rule: rule.key });

/** NF_NAT_RANGE_PROTO_OFFSET: counted from the base in 16 bits, and round again. */
const shiftedPort = ({ first, last, base = first }: NatPorts, port: number): number =>
  first + (((port - base) & 65_535) % (last - first + 1));

/** A port that is in the range already is kept (nf_nat_core: l4proto_in_range); else one of it is taken. */
function newPort(old: Ports, ports: NatPorts | null): { port: Ports; isOneOfSeveral: boolean } {
  if (ports?.base !== undefined && old.first === old.last) {
    const shifted = shiftedPort(ports, old.first);
    return { port: { first: shifted, last: shifted }, isOneOfSeveral: false };
  }
  if (ports === null || (ports.first <= old.first && old.last <= ports.last))
    return { port: old, isOneOfSeveral: false };
  const port = { first: ports.first, last: ports.first };
  return { port, isOneOfSeveral: ports.first !== ports.last };
}

type Target = Pick<Of<"dnat">, "addresses" | "ports">;

function toTarget(target: Target, rule: Rule, walk: Walk, traveller: Traveller): readonly Left[] {
  const { packet } = traveller;
  const { port, isOneOfSeveral } = newPort(packet.destinationPort, target.ports);
  const isOfSeveral =
    isOneOfSeveral ||
    (target.addresses !== null && target.addresses.first !== target.addresses.last);
  const unsure = isOfSeveral ? doubting(traveller, several(rule)) : traveller;
  const destination = target.addresses?.first ?? packet.destination;
  return translated(
    walk,
    rule,
    "dnat",
    unsure,
    { destination, destinationPort: port },
    "destination",
  );
}

/** nft maps to an address, or to an address and a port. null: the element's form is not known. */
function targetOf({ to }: MapElement): Target | null {
  if (to.of !== "value") return null;
  let target: Target = { addresses: null, ports: null };
  for (const value of to.values) {
    if (value.of === "prefix")
      target = { ...target, addresses: { first: value.address, last: value.address } };
    else if (
      value.of === "range" &&
      typeof value.first === "number" &&
      typeof value.last === "number"
    )
      target = { ...target, ports: { first: value.first, last: value.last } };
    else return null;
  }
  return target;
}

/** To another address or port. Only the first packet of a connection comes here. */
export function dnat(
  action: Of<"dnat">,
  rule: Rule,
  walk: Walk,
  traveller: Traveller,
  lookUp: LookUp,
): readonly Left[] {
  if (action.family !== null && action.family !== traveller.packet.family)
    return [{ kind: "on", traveller }];
  if (action.lookup === null) return toTarget(action, rule, walk, traveller);
  const asking = { ...walk.place, table: walk.table, rule: rule.key };
  const found = lookUp(action.lookup, traveller.packet, asking);
  const name = action.lookup.map.of === "set" ? action.lookup.map.name : "";
  const [first, ...others] = found ?? [];
  if (found !== null && first === undefined) return [{ kind: "on", traveller }];
  const target = first === undefined ? null : targetOf(first.element);
  if (first === undefined || target === null || first.doubt !== null || others.length > 0) {
    const unsure = doubting(traveller, { why: "set", rule: rule.key, set: name });
    return [
      { kind: "on", traveller: unsure },
      { kind: "verdict", verdict: "taken", traveller: unsure },
    ];
  }
  return toTarget(target, rule, walk, traveller);
}

const newPorts = (old: Ports, ports: NatPorts | null): Ports =>
  ports === null ? old : { first: ports.first, last: ports.last };

/** From another address or port. The port is kept where it is free, which nobody tells. */
export function snat(
  action: Of<"snat">,
  rule: Rule,
  walk: Walk,
  traveller: Traveller,
): readonly Left[] {
  if (action.family !== null && action.family !== traveller.packet.family)
    return [{ kind: "on", traveller }];
  const { addresses } = action;
  const isOfSeveral =
    action.lookup !== null || (addresses !== null && addresses.first !== addresses.last);
  const unsure = isOfSeveral ? doubting(traveller, several(rule)) : traveller;
  const { packet } = traveller;
  const change = {
    source: addresses?.first ?? packet.source,
    sourcePort: newPorts(packet.sourcePort, action.ports),
  };
  return translated(walk, rule, "snat", unsure, change, "source");
}

const unknownAddress = (rule: Rule): Doubt => ({
  why: "unknown-address",
  rule: rule.key,
});

/** From the address of the interface by which it leaves. */
export function masquerade(
  { ports }: Of<"masquerade">,
  rule: Rule,
  walk: Walk,
  traveller: Traveller,
): readonly Left[] {
  const { packet } = traveller;
  const { ground } = walk.place;
  const source = packet.out === null ? null : ground.addressOf(packet.out, packet.family);
  const unsure = source === null ? doubting(traveller, unknownAddress(rule)) : traveller;
  const change = {
    source: source ?? packet.source,
    sourcePort: ports === null ? any : newPorts(packet.sourcePort, ports),
  };
  return translated(walk, rule, "masquerade", unsure, change, "source");
}

const loopback = { ip: "127.0.0.1", ip6: "::1" } as const;

/** To this host itself: the address of the interface by which it came; of one's own packets, loopback. */
export function redirect(
  { ports }: Of<"redirect">,
  rule: Rule,
  walk: Walk,
  traveller: Traveller,
): readonly Left[] {
  const { packet } = traveller;
  const own =
    packet.in === null
      ? loopback[packet.family]
      : walk.place.ground.addressOf(packet.in, packet.family);
  const unsure = own === null ? doubting(traveller, unknownAddress(rule)) : traveller;
  const { port, isOneOfSeveral } = newPort(packet.destinationPort, ports);
  const sure = isOneOfSeveral ? doubting(unsure, several(rule)) : unsure;
  const change = { destination: own ?? packet.destination, destinationPort: port };
  return translated(walk, rule, "redirect", sure, change, "destination");
}
