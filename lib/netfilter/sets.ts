import type { Key } from "@/lib/net/ids";
import type { RuleSet, Table } from "@/lib/topology/firewall/model";
import type { ElementValue, Field, PortRange } from "@/lib/topology/firewall/values";
import { type Answer, all, some, told } from "./answer";
import { addressFits, nameFits, portsFit, wordFits } from "./compare";
import type { Doubt, Packet, Place, Ports } from "./packet";

/** A rule that is being asked, and where it stands: sets are looked up in its table (nft) or beside all (ipset). */
export type Asking = Place & { readonly table: Table; readonly rule: Key };

/** null: it was not read. */
export function setNamed(name: string, { firewall, table }: Asking): RuleSet | null {
  const isMine = (set: RuleSet): boolean =>
    table.backend === "nft"
      ? set.table?.family === table.family && set.table.name === table.name
      : set.backend === "ipset";
  return firewall.sets.find((set) => set.name === name && isMine(set)) ?? null;
}

const unknownField = (rule: Key, field: string): Doubt => ({ why: "unknown-field", rule, field });

const states = (packet: Packet): readonly string[] => {
  const { state, translated } = packet.connection;
  return [
    state,
    ...(translated.source ? ["snat"] : []),
    ...(translated.destination ? ["dnat"] : []),
  ];
};

const words = (value: ElementValue): string | null => {
  if (value.of === "text") return value.text;
  return value.of === "name" ? value.name : null;
};

/** Marks are printed as `0x1` or `1`. */
const isMark = (mark: number, value: ElementValue, doubt: Doubt): Answer => {
  const number = Number(words(value) ?? "?");
  return Number.isNaN(number) ? doubt : told(number === mark);
};

const isAddress = (text: string, value: ElementValue, doubt: Doubt): Answer => {
  if (value.of === "prefix" || value.of === "masked") return told(addressFits(text, value));
  if (value.of !== "range" || isPortRange(value)) return doubt;
  return told(addressFits(text, value));
};

const isPortRange = (value: ElementValue): value is PortRange =>
  value.of === "range" && typeof value.first === "number";

const isPort = (
  packet: Packet,
  end: "source" | "destination",
  value: ElementValue,
  doubt: Doubt,
): Answer => (isPortRange(value) ? portsFit(portsAt(packet, end), value, doubt) : doubt);

export const portsAt = (packet: Packet, end: "source" | "destination"): Ports =>
  end === "source" ? packet.sourcePort : packet.destinationPort;

type Asker = (packet: Packet, field: Field, value: ElementValue, asking: Asking) => Answer;
type Of<Name extends Field["of"]> = Field extends infer One extends Field
  ? One extends Field
    ? Name extends One["of"]
      ? One
      : never
    : never
  : never;

const anInterface: Asker = (packet, field, value, { rule }) => {
  const name = field.of === "in-interface" ? packet.in : packet.out;
  return value.of === "name" ? told(nameFits(name, value)) : unknownField(rule, field.of);
};

const anAddress: Asker = (packet, field, value, { rule }) => {
  const { of, family } = field as Of<"source">;
  if (family !== packet.family) return "no";
  return isAddress(packet[of], value, unknownField(rule, of));
};

const aPort: Asker = (packet, field, value, { rule }) => {
  const { of, protocol } = field as Of<"source-port">;
  if (protocol !== null && protocol !== packet.protocol) return "no";
  const end = of === "source-port" ? "source" : "destination";
  return isPort(packet, end, value, unknownField(rule, of));
};

const aState: Asker = (packet, _, value) =>
  some(states(packet).map((state) => wordFits(state, value)));

const fields: Readonly<Record<Field["of"], Asker>> = {
  "in-interface": anInterface,
  "out-interface": anInterface,
  source: anAddress,
  destination: anAddress,
  protocol: (packet, _, value) => wordFits(packet.protocol, value),
  "source-port": aPort,
  "destination-port": aPort,
  mark: (packet, { of }, value, { rule }) => isMark(packet.mark, value, unknownField(rule, of)),
  "ct-mark": (packet, { of }, value, { rule }) =>
    isMark(packet.connection.mark, value, unknownField(rule, of)),
  "ct-state": aState,
  "ct-status": aState,
  "ct-direction": (packet, _, value) => wordFits(packet.connection.direction, value),
  "address-type": (packet, field, value, { rule, ground }) => {
    const type = ground.addressType(packet[(field as Of<"address-type">).which], null);
    return type === null ? unknownField(rule, field.of) : wordFits(type, value);
  },
  opaque: (_, field, __, { rule }) => ({
    why: "opaque",
    rule,
    text: (field as Of<"opaque">).text,
  }),
};

/** Whether this value is what the packet has in this field. A packet without the field: no. */
const fieldFits: Asker = (packet, field, value, asking) =>
  fields[field.of](packet, field, value, asking);

/** All fields of an element. */
export const elementFits = (
  packet: Packet,
  fields: readonly Field[],
  element: readonly ElementValue[],
  asking: Asking,
): Answer =>
  all(
    fields.map((field, nth) => {
      const value = element[nth];
      return value === undefined ? "no" : fieldFits(packet, field, value, asking);
    }),
  );

/** A set that is asked with these fields. An element that is an exception (`nomatch`) takes out what it holds. */
export function inSet(
  packet: Packet,
  fields: readonly Field[],
  name: string,
  asking: Asking,
): Answer {
  const set = setNamed(name, asking);
  if (set === null || set.holds.of !== "elements")
    return { why: "set", rule: asking.rule, set: name };
  const { elements, except } = set.holds;
  const fits = elements.map((element) => elementFits(packet, fields, element, asking));
  const excepted = some(except.map((nth) => fits[nth] ?? "no"));
  if (excepted !== "no") return { why: "set", rule: asking.rule, set: name };
  return some(fits);
}

/** Which fields of the packet an ipset's dimensions look up, by its declared type (`hash:ip,port`). */
export function ipsetFields(
  type: string,
  ends: readonly ("source" | "destination")[],
  family: Packet["family"],
): readonly Field[] {
  const dimensions = (type.split(":")[1] ?? "").split(",");
  return dimensions.map((dimension, nth) => fieldOf(dimension, ends[nth] ?? "source", family));
}

function fieldOf(
  dimension: string,
  end: "source" | "destination",
  family: Packet["family"],
): Field {
  switch (dimension) {
    case "ip":
    case "net":
      return { of: end, family };
    case "port":
      return { of: `${end}-port`, protocol: null };
    case "iface":
      return { of: end === "source" ? "in-interface" : "out-interface", by: "name" };
    default:
      return { of: "opaque", text: dimension };
  }
}
