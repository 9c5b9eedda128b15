import type { Match } from "@/lib/topology/firewall/matches";
import type { AddressValue, InterfaceValue, PortValue } from "@/lib/topology/firewall/values";
import { type Answer, all, not, some, told } from "./answer";
import { addressFits, nameFits, portsFit } from "./compare";
import type { Doubt, Packet } from "./packet";
import { type Asking, elementFits, inSet, ipsetFields, portsAt, setNamed } from "./sets";

/**
 * Whether a condition holds for a packet. `lacks`: the packet has not what is asked for, so it holds
 * neither straight nor negated (nft_payload breaks off; iptables' tcp match needs a TCP header).
 */
type Said = Answer | "lacks";

type Kind = Match["kind"];
/** Several kinds may share a shape, so `Extract` would find none. */
type Of<Name extends Kind> = Match extends infer One extends Match
  ? One extends Match
    ? Name extends One["kind"]
      ? One
      : never
    : never
  : never;
type Asker<Name extends Kind> = (match: Of<Name>, packet: Packet, asking: Asking) => Said;

const unknown = (asking: Asking, field: string): Doubt => ({
  why: "unknown-field",
  rule: asking.rule,
  field,
});

const interfaceFits = (
  name: string | null,
  values: readonly InterfaceValue[],
  of: "in-interface" | "out-interface",
  packet: Packet,
  asking: Asking,
): Answer =>
  some(
    values.map((value) =>
      value.of === "set"
        ? inSet(packet, [{ of, by: "name" }], value.name, asking)
        : told(nameFits(name, value)),
    ),
  );

const addressAmong = (
  text: string,
  values: readonly AddressValue[],
  whenSet: (name: string) => Answer,
): Answer =>
  some(
    values.map((value) =>
      value.of === "set" ? whenSet(value.name) : told(addressFits(text, value)),
    ),
  );

const portAmong = (
  end: "source" | "destination",
  values: readonly PortValue[],
  protocol: string | null,
  packet: Packet,
  asking: Asking,
): Answer =>
  some(
    values.map((value) => {
      const of = end === "source" ? "source-port" : "destination-port";
      if (value.of === "set") return inSet(packet, [{ of, protocol }], value.name, asking);
      return portsFit(portsAt(packet, end), value, unknown(asking, of));
    }),
  );

const ends = (match: Of<"source" | "destination">, packet: Packet, asking: Asking): Said => {
  const { kind, family } = match;
  if (family !== packet.family) return "lacks";
  return addressAmong(packet[kind], match.addresses, (name) =>
    inSet(packet, [{ of: kind, family }], name, asking),
  );
};

const ports = (
  match: Of<"source-port" | "destination-port" | "port">,
  packet: Packet,
  asking: Asking,
): Said => {
  if (match.protocol !== null && match.protocol !== packet.protocol) return "lacks";
  const at = (end: "source" | "destination"): Answer =>
    portAmong(end, match.ports, match.protocol, packet, asking);
  if (match.kind === "port") return some([at("source"), at("destination")]);
  return at(match.kind === "source-port" ? "source" : "destination");
};

const connectionStates = ({ connection }: Packet): readonly string[] => [
  connection.state,
  ...(connection.translated.source ? ["snat"] : []),
  ...(connection.translated.destination ? ["dnat"] : []),
];

/** Those that only the connection's later life decides (assured, confirmed) cannot be told of a first packet. */
const statuses = (packet: Packet, asking: Asking, wanted: readonly string[]): Answer =>
  some(
    wanted.map((status) => {
      if (status === "snat" || status === "dnat")
        return told(connectionStates(packet).includes(status));
      if (status === "expected") return "no";
      if (status === "none") return unknown(asking, "ct status none");
      const isFirst = packet.connection.state === "new";
      return isFirst ? told(false) : unknown(asking, `ct status ${status}`);
    }),
  );

/** Of the connection's answers nothing is known before all translation is done. */
const began = (match: Of<"ct-source" | "ct-destination">, packet: Packet, asking: Asking): Said => {
  if (packet.connection.state === "untracked") return "lacks";
  if (match.direction === "reply") return unknown(asking, match.kind);
  const text = packet.connection.began[match.kind === "ct-source" ? "source" : "destination"];
  return addressAmong(text, match.addresses, () => unknown(asking, match.kind));
};

const beganPort = (
  match: Of<"ct-source-port" | "ct-destination-port">,
  packet: Packet,
  asking: Asking,
): Said => {
  if (packet.connection.state === "untracked") return "lacks";
  if (match.direction === "reply") return unknown(asking, match.kind);
  const { sourcePort, destinationPort } = packet.connection.began;
  const ours = match.kind === "ct-source-port" ? sourcePort : destinationPort;
  return some(
    match.ports.map((value) =>
      value.of === "set"
        ? unknown(asking, match.kind)
        : portsFit(ours, value, unknown(asking, match.kind)),
    ),
  );
};

/** A first TCP packet has SYN alone; of later ones only that they are no such packet. */
const flags = (match: Of<"tcp-flags">, packet: Packet, asking: Asking): Said => {
  if (packet.protocol !== "tcp") return "lacks";
  const wanted = [...match.set].toSorted().join();
  if (packet.connection.state === "new" && packet.connection.direction === "original")
    return told(wanted === match.mask.filter((flag) => flag === "syn").join());
  const isFirstOnly = wanted === "syn" && match.mask.includes("ack");
  return isFirstOnly ? "no" : unknown(asking, "tcp flags");
};

const bridgePort = ({ what, port }: Of<"bridge-port">, packet: Packet, asking: Asking): Said => {
  const { ports: crossed } = packet;
  if (what === "bridged") return told(crossed?.in != null && crossed.out != null);
  if (what === "is-in" || what === "in") {
    if (crossed?.in == null) return told(false);
    return what === "is-in" || port === null
      ? "yes"
      : interfaceFits(crossed.in, [port], "in-interface", packet, asking);
  }
  if (crossed?.out == null) return told(false);
  return what === "is-out" || port === null
    ? "yes"
    : interfaceFits(crossed.out, [port], "out-interface", packet, asking);
};

const protocols = (match: Of<"protocol">, packet: Packet, asking: Asking): Said =>
  some(
    match.protocols.map((each) => {
      if (typeof each !== "string") return inSet(packet, [{ of: "protocol" }], each.name, asking);
      return told(each === "all" || each.toLowerCase() === packet.protocol);
    }),
  );

const addressType = (match: Of<"address-type">, packet: Packet, asking: Asking): Said => {
  const on = { in: packet.in, out: packet.out };
  const type = asking.ground.addressType(packet[match.of], match.from && on[match.from]);
  return type === null ? unknown(asking, "address type") : told(match.types.includes(type));
};

const ipset = (match: Of<"ipset">, packet: Packet, asking: Asking): Said => {
  const set = setNamed(match.name, asking);
  if (set === null) return { why: "set", rule: asking.rule, set: match.name };
  return inSet(packet, ipsetFields(set.type, match.ends, packet.family), match.name, asking);
};

const chance = (
  match: Of<"limit" | "statistic" | "recent" | "time">,
  _: Packet,
  { rule }: Asking,
): Said => ({
  why: "chance",
  rule,
  text: match.text,
});

/** `>>> 0`: marks are 32 bits without a sign. */
const masked = (mark: number, { value, mask }: { value: number; mask: number }): Said =>
  told((mark & mask) >>> 0 === value >>> 0);

const askers: { readonly [Name in Kind]: Asker<Name> } = {
  "in-interface": (match, packet, asking) =>
    interfaceFits(packet.in, match.interfaces, "in-interface", packet, asking),
  "out-interface": (match, packet, asking) =>
    interfaceFits(packet.out, match.interfaces, "out-interface", packet, asking),
  source: ends,
  destination: ends,
  protocol: protocols,
  "source-port": ports,
  "destination-port": ports,
  port: ports,
  "address-type": addressType,
  "ct-state": (match, packet) =>
    some(match.states.map((state) => told(connectionStates(packet).includes(state)))),
  "ct-status": (match, packet, asking) =>
    packet.connection.state === "untracked" ? "lacks" : statuses(packet, asking, match.statuses),
  "ct-direction": (match, packet) =>
    packet.connection.state === "untracked"
      ? "lacks"
      : told(match.direction === packet.connection.direction),
  "ct-source": began,
  "ct-destination": began,
  "ct-source-port": beganPort,
  "ct-destination-port": beganPort,
  mark: (match, packet) => masked(packet.mark, match),
  "ct-mark": (match, packet) =>
    packet.connection.state === "untracked" ? "lacks" : masked(packet.connection.mark, match),
  ipset,
  set: (match, packet, asking) => {
    const { fields, in: among } = match;
    if (among.of === "set") return inSet(packet, fields, among.name, asking);
    return some(among.elements.map((element) => elementFits(packet, fields, element, asking)));
  },
  "tcp-flags": flags,
  // Only TCP and UDP are asked about here.
  "icmp-type": () => "lacks",
  "bridge-port": bridgePort,
  owner: (_, packet, asking) => (packet.in === null ? unknown(asking, "owner") : "lacks"),
  limit: chance,
  statistic: chance,
  recent: chance,
  time: chance,
  family: (match, packet) => told(match.family === packet.family),
  "packet-type": (match, _, asking) =>
    match.types.includes("host") && match.types.length > 1 ? "yes" : unknown(asking, "packet type"),
  "mac-source": (_, packet, asking) => (packet.in === null ? "lacks" : unknown(asking, "mac")),
  comment: () => "yes",
  ipvs: (_, __, asking) => unknown(asking, "ipvs"),
  ipsec: (_, __, asking) => unknown(asking, "ipsec"),
  opaque: (match, _, { rule }) => ({ why: "opaque", rule, text: match.text }),
};

/** Whether the condition holds for the packet, negation included. */
function holds(match: Match, packet: Packet, asking: Asking): Answer {
  const ask = askers[match.kind] as Asker<Kind>;
  const said = ask(match as Of<Kind>, packet, asking);
  if (said === "lacks") return "no";
  return match.negated ? not(said) : said;
}

/** All conditions of a run: one that does not hold settles it, whatever is not known of the others. */
export const allHold = (matches: readonly Match[], packet: Packet, asking: Asking): Answer =>
  all(matches.map((match) => holds(match, packet, asking)));
