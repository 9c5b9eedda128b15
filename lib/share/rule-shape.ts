import { isJsonObject } from "@/lib/facts/json-object";
import type {
  Action,
  Lookup,
  MapElement,
  NatPorts,
  Verdict,
} from "@/lib/topology/firewall/actions";
import type { Match } from "@/lib/topology/firewall/matches";
import type {
  AddressValue,
  ElementValue,
  Field,
  InterfaceValue,
  PortRange,
  PortValue,
  SetReference,
} from "@/lib/topology/firewall/values";
import {
  either,
  flag,
  list,
  literal,
  named,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Shape,
  union,
} from "./shape";
import { address, interfaceName, mac, range, text } from "./text-shapes";

export const family = oneOf<"ip" | "ip6">({ ip: true, ip6: true });
const by = oneOf<"name" | "index">({ name: true, index: true });
const end = oneOf<"source" | "destination">({ source: true, destination: true });
const direction = oneOf<"original" | "reply">({ original: true, reply: true });

/** A state, a flag, a type, as kernel and tools call them. */
const word = text("rule-word", "word of iptables or nft");
const words = list(word);
const protocol = text("ip-protocol", "name of a protocol, else its number");
const printed = text("rule-text", "options as printed");
const unread = text("opaque", "what no reader understood, as printed");

export const setName = text("set", "name of a set or map");
const chainName = text("chain", "name of a chain of the same table");
const setReference = object<SetReference>({ of: oneOf({ set: true }), name: setName });

const namedInterface = { name: interfaceName, wildcard: flag };
const addresses = {
  prefix: { address: text("net-address", "of `length` bits"), length: number },
  range: { first: address, last: address },
  masked: { address, mask: address },
} as const;

const addressValue = named(
  "AddressValue",
  union<AddressValue, "of">("of", { ...addresses, set: { name: setName } }),
);
const portRange = object<PortRange>({ of: oneOf({ range: true }), first: number, last: number });
const portValue = union<PortValue, "of">("of", {
  range: { first: number, last: number },
  set: { name: setName },
});
const interfaceValue = union<InterfaceValue, "of">("of", {
  name: namedInterface,
  set: { name: setName },
});

const isOfPorts = (value: unknown): boolean =>
  isJsonObject(value) && value["of"] === "range" && typeof value["first"] === "number";

export const elementValue: Shape<ElementValue> = named(
  "ElementValue",
  either(
    isOfPorts,
    portRange,
    union<Exclude<ElementValue, PortRange>, "of">("of", {
      ...addresses,
      name: namedInterface,
      text: { text: text("element", "as printed") },
    }),
  ),
);

const field = union<Field, "of">("of", {
  "in-interface": { by },
  "out-interface": { by },
  source: { family },
  destination: { family },
  protocol: {},
  "source-port": { protocol: nullable(protocol) },
  "destination-port": { protocol: nullable(protocol) },
  mark: {},
  "ct-mark": {},
  "ct-state": {},
  "ct-status": {},
  "ct-direction": {},
  "address-type": { which: end },
  opaque: { text: unread },
});

const verdicts = {
  accept: {},
  drop: {},
  reject: { with: nullable(word) },
  return: {},
  continue: {},
  jump: { chain: chainName },
  goto: { chain: chainName },
} as const;

export const mapElement = named(
  "MapElement",
  object<MapElement>({
    key: list(elementValue),
    to: union<MapElement["to"], "of">("of", {
      verdict: { verdict: union<Verdict, "kind">("kind", verdicts) },
      value: { values: list(elementValue) },
    }),
  }),
);

const lookup = named(
  "Lookup",
  object<Lookup>({
    fields: list(field),
    map: union<Lookup["map"], "of">("of", {
      set: { name: setName },
      elements: { elements: list(mapElement) },
    }),
  }),
);

const natPorts = nullable(
  object<NatPorts>({ first: number, last: number, base: optional(number) }),
);

const ipVersion = literal<4 | 6>(4, 6);

const isMatch = { part: oneOf<"match">({ match: true }), negated: flag } as const;
const ofInterface = { ...isMatch, interfaces: list(interfaceValue), by };
const ofPort = {
  ...isMatch,
  protocol: nullable(protocol),
  ports: list(portValue),
  module: optional(oneOf<"multiport">({ multiport: true })),
};
const ofAddress = {
  ...isMatch,
  family,
  addresses: list(addressValue),
  module: optional(oneOf<"iprange">({ iprange: true })),
};
const ofConnection = { ...isMatch, direction, addresses: list(addressValue) };
const ofConnectionPort = { ...isMatch, direction, ports: list(portValue) };
const ofMark = { ...isMatch, value: number, mask: number };
const undecided = {
  ...isMatch,
  text: printed,
  module: optional(text("rule-module", "of iptables")),
};

const match = union<Match, "kind">("kind", {
  "in-interface": ofInterface,
  "out-interface": ofInterface,
  source: ofAddress,
  destination: ofAddress,
  protocol: {
    ...isMatch,
    protocols: list(either((value) => typeof value === "string", protocol, setReference)),
    by: oneOf<"l4proto" | "header">({ l4proto: true, header: true }),
  },
  "source-port": ofPort,
  "destination-port": ofPort,
  port: ofPort,
  "address-type": {
    ...isMatch,
    of: end,
    types: words,
    from: nullable(oneOf<"in" | "out">({ in: true, out: true })),
  },
  "ct-state": {
    ...isMatch,
    states: words,
    module: optional(oneOf<"state">({ state: true })),
  },
  "ct-status": { ...isMatch, statuses: words },
  "ct-direction": { ...isMatch, direction },
  "ct-source": ofConnection,
  "ct-destination": ofConnection,
  "ct-source-port": ofConnectionPort,
  "ct-destination-port": ofConnectionPort,
  mark: ofMark,
  "ct-mark": ofMark,
  ipset: { ...isMatch, name: setName, ends: list(end) },
  set: {
    ...isMatch,
    fields: list(field),
    in: union<Extract<Match, { kind: "set" }>["in"], "of">("of", {
      set: { name: setName },
      elements: { elements: list(list(elementValue)) },
    }),
  },
  "tcp-flags": { ...isMatch, mask: words, set: words },
  "icmp-type": {
    ...isMatch,
    version: ipVersion,
    types: words,
    code: nullable(word),
  },
  "bridge-port": {
    ...isMatch,
    what: oneOf<"in" | "out" | "is-in" | "is-out" | "bridged">({
      in: true,
      out: true,
      "is-in": true,
      "is-out": true,
      bridged: true,
    }),
    port: nullable(interfaceValue),
  },
  owner: {
    ...isMatch,
    what: oneOf<"uid" | "gid" | "socket">({ uid: true, gid: true, socket: true }),
    value: nullable(text("user", "name, number or range of users or groups")),
  },
  limit: undecided,
  statistic: undecided,
  recent: undecided,
  time: undecided,
  family: { ...isMatch, family },
  "packet-type": { ...isMatch, types: words },
  "mac-source": { ...isMatch, mac },
  comment: { ...isMatch, text: text("rule-comment", "of iptables") },
  ipvs: { ...isMatch, text: printed },
  ipsec: {
    ...isMatch,
    direction: oneOf<"in" | "out">({ in: true, out: true }),
    policy: oneOf<"none" | "ipsec">({ none: true, ipsec: true }),
    text: printed,
  },
  opaque: {
    ...isMatch,
    module: nullable(text("rule-module", "of iptables")),
    text: unread,
  },
});

const isAction = { part: oneOf<"action">({ action: true }) } as const;
const toPorts = { ports: natPorts, flags: words };
const toAddress = {
  ...isAction,
  ...toPorts,
  addresses: nullable(
    object<{ readonly first: string; readonly last: string }>({
      first: address,
      last: address,
    }),
  ),
  lookup: nullable(lookup),
  family: nullable(family),
};
const toOwnPorts = { ...isAction, ...toPorts };
const toMark = { ...isAction, value: number, mask: number };
const copyMark = { ...isAction, text: printed };

const action = union<Action, "kind">("kind", {
  accept: isAction,
  drop: isAction,
  reject: { ...isAction, ...verdicts.reject },
  return: isAction,
  continue: isAction,
  jump: { ...isAction, chain: chainName },
  goto: { ...isAction, chain: chainName },
  dnat: toAddress,
  snat: toAddress,
  masquerade: toOwnPorts,
  redirect: toOwnPorts,
  netmap: { ...isAction, to: range },
  "set-mark": toMark,
  "set-ct-mark": toMark,
  "save-mark": copyMark,
  "restore-mark": copyMark,
  log: {
    ...isAction,
    target: oneOf<"log" | "nflog" | "trace">({ log: true, nflog: true, trace: true }),
    text: printed,
  },
  counter: { ...isAction, name: nullable(text("rule-object", "name of a counter")) },
  notrack: isAction,
  "tcp-mss": {
    ...isAction,
    size: either((value) => value === "pmtu", oneOf<"pmtu">({ pmtu: true }), number),
  },
  queue: { ...isAction, text: printed },
  "verdict-map": { ...isAction, lookup },
  opaque: {
    ...isAction,
    name: text("rule-module", "target of iptables, statement of nft"),
    text: unread,
    flow: oneOf<"unknown" | "goes-on">({ unknown: true, "goes-on": true }),
  },
});

/** A condition or an action of a rule, in the order in which the kernel meets them. */
export const part: Shape<Match | Action> = named(
  "RulePart",
  either((value) => isJsonObject(value) && value["part"] === "match", match, action),
);
