import type { Evidence, Gap } from "@/lib/facts/model";
import { type ContainerId, key, type NetnsId, type NetworkId } from "@/lib/net/ids";
import type { Action, Lookup, MapElement } from "@/lib/topology/firewall/actions";
import type { Match } from "@/lib/topology/firewall/matches";
import type {
  Chain,
  Firewall,
  NetnsRules,
  Rule,
  RuleSet,
  Table,
} from "@/lib/topology/firewall/model";
import type { ElementValue, Field } from "@/lib/topology/firewall/values";
import type { Listening, Socket } from "@/lib/topology/listening";
import type { Topology } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";
import { withKeys } from "./ruled-keys";
import { type Maker, privateNet, publicNet6, publicV4 } from "./secrets";

const nobody = { who: "unclaimed", because: "nothing" } as const;

/** An address of the internet, of anybody's, of both families; networks of them. */
const ways = (make: Maker) => ({
  single: () => make.address(publicV4(make), true),
  own: () => make.address([...privateNet(make), make.byte()], false),
  net: () => make.address([...publicV4(make).slice(0, 3), 0], true),
  net6: () => make.address([...publicNet6(make), 0, 0, 0, 0, 0, 0, 0, 0], true),
});

const valuesOf = (make: Maker): readonly ElementValue[] => {
  const { single, own, net, net6 } = ways(make);
  return [
    { of: "prefix", address: net(), length: 24 },
    { of: "prefix", address: net6(), length: 64 },
    { of: "prefix", address: own(), length: 32 },
    { of: "range", first: single(), last: single() },
    { of: "masked", address: single(), mask: "255.0.0.255" },
    { of: "range", first: 8000, last: 8010 },
    { of: "name", name: make.word(12), wildcard: false },
    { of: "name", name: make.word(9), wildcard: true },
    { of: "name", name: "veth", wildcard: true },
    { of: "text", text: make.word() },
    { of: "text", text: single() },
  ];
};

const fieldsOf = (make: Maker): readonly Field[] => [
  { of: "in-interface", by: "name" },
  { of: "source", family: "ip" },
  { of: "destination-port", protocol: make.word() },
  { of: "address-type", which: "source" },
  { of: "mark" },
  { of: "opaque", text: make.word() },
];

const mappingsOf = (make: Maker): readonly MapElement[] => [
  { key: valuesOf(make), to: { of: "value", values: valuesOf(make) } },
  {
    key: [{ of: "name", name: make.word(10), wildcard: false }],
    to: { of: "verdict", verdict: { kind: "jump", chain: make.word() } },
  },
  { key: [], to: { of: "verdict", verdict: { kind: "reject", with: make.word() } } },
];

const lookupsOf = (make: Maker): readonly Lookup[] => [
  { fields: fieldsOf(make), map: { of: "set", name: make.word() } },
  { fields: fieldsOf(make), map: { of: "elements", elements: mappingsOf(make) } },
];

/** Every kind of condition, with something in each of its texts. */
const matchesOf = (make: Maker): readonly Match[] => {
  const { single, own, net, net6 } = ways(make);
  const is = { part: "match", negated: make.die(2) === 0 } as const;
  const set = () => ({ of: "set", name: make.word() }) as const;
  const name = (text: string, wildcard = false) => ({ of: "name", name: text, wildcard }) as const;
  return [
    { ...is, kind: "in-interface", interfaces: [name(make.word(11)), set()], by: "name" },
    { ...is, kind: "out-interface", interfaces: [name("veth", true)], by: "index" },
    { ...is, kind: "out-interface", interfaces: [name(make.word(8), true)], by: "name" },
    {
      ...is,
      kind: "source",
      family: "ip",
      addresses: [
        { of: "prefix", address: net(), length: 24 },
        { of: "prefix", address: own(), length: 32 },
        set(),
      ],
    },
    {
      ...is,
      kind: "destination",
      family: "ip6",
      addresses: [{ of: "prefix", address: net6(), length: 64 }],
    },
    {
      ...is,
      kind: "source",
      family: "ip",
      addresses: [{ of: "range", first: single(), last: single() }],
      module: "iprange",
    },
    {
      ...is,
      kind: "destination",
      family: "ip",
      addresses: [{ of: "masked", address: single(), mask: "255.255.0.255" }],
    },
    { ...is, kind: "protocol", protocols: ["tcp", make.word(), set()], by: "l4proto" },
    {
      ...is,
      kind: "destination-port",
      protocol: make.word(),
      ports: [{ of: "range", first: 80, last: 80 }, set()],
      module: "multiport",
    },
    { ...is, kind: "address-type", of: "source", types: ["local", make.word()], from: null },
    { ...is, kind: "ct-state", states: ["new", make.word()], module: "state" },
    { ...is, kind: "ct-status", statuses: [make.word()] },
    { ...is, kind: "ct-direction", direction: "reply" },
    {
      ...is,
      kind: "ct-destination",
      direction: "original",
      addresses: [{ of: "prefix", address: single(), length: 32 }],
    },
    { ...is, kind: "ct-source-port", direction: "reply", ports: [set()] },
    { ...is, kind: "mark", value: 5, mask: 255 },
    { ...is, kind: "ipset", name: make.word(), ends: ["source", "destination"] },
    { ...is, kind: "set", fields: fieldsOf(make), in: set() },
    { ...is, kind: "set", fields: [], in: { of: "elements", elements: [valuesOf(make)] } },
    { ...is, kind: "tcp-flags", mask: ["fin", make.word()], set: [make.word()] },
    { ...is, kind: "icmp-type", version: 4, types: [make.word()], code: make.word() },
    { ...is, kind: "bridge-port", what: "in", port: name(make.word(12)) },
    { ...is, kind: "bridge-port", what: "out", port: name(make.word(8), true) },
    { ...is, kind: "owner", what: "uid", value: make.word() },
    { ...is, kind: "limit", text: `--limit 3/min --name ${make.word()}`, module: make.word() },
    { ...is, kind: "recent", text: `--set --name ${make.word()} --rsource ${single()}` },
    { ...is, kind: "family", family: "ip6" },
    { ...is, kind: "packet-type", types: [make.word()] },
    { ...is, kind: "mac-source", mac: make.mac(Array.from({ length: 6 }, make.byte)) },
    { ...is, kind: "comment", text: `for ${make.word()} at ${single()}` },
    { ...is, kind: "ipvs", text: `--vaddr ${single()}` },
    {
      ...is,
      kind: "ipsec",
      direction: "in",
      policy: "ipsec",
      text: `--tunnel-src ${single()} --reqid 7 ${make.word()}`,
    },
    { ...is, kind: "opaque", module: make.word(), text: `--hex-string "${make.word()}"` },
  ];
};

const actionsOf = (make: Maker): readonly Action[] => {
  const { single, own, net } = ways(make);
  const does = { part: "action" } as const;
  const one = own();
  const nat = {
    ports: { first: 80, last: 81, base: 2000 },
    lookup: null,
    flags: ["random", make.word()],
    family: "ip",
  } as const;
  const [byName = null, byElements = null] = lookupsOf(make);
  return [
    { ...does, kind: "accept" },
    { ...does, kind: "reject", with: make.word() },
    { ...does, kind: "jump", chain: make.word() },
    { ...does, kind: "goto", chain: `filter-forward-in__${make.word(11)}` },
    { ...does, ...nat, kind: "dnat", addresses: { first: one, last: one } },
    { ...does, ...nat, kind: "snat", addresses: { first: single(), last: single() } },
    { ...does, ...nat, kind: "dnat", addresses: null, lookup: byElements },
    { ...does, kind: "masquerade", ports: null, flags: [make.word()] },
    { ...does, kind: "redirect", ports: { first: 1, last: 1 }, flags: [] },
    { ...does, kind: "netmap", to: `${net()}/24` },
    { ...does, kind: "set-mark", value: 1, mask: 255 },
    { ...does, kind: "save-mark", text: make.word() },
    { ...does, kind: "log", target: "log", text: `--log-prefix "${make.word()} "` },
    { ...does, kind: "counter", name: make.word() },
    { ...does, kind: "notrack" },
    { ...does, kind: "tcp-mss", size: "pmtu" },
    { ...does, kind: "tcp-mss", size: 1400 },
    { ...does, kind: "queue", text: make.word() },
    ...(byName === null ? [] : [{ ...does, kind: "verdict-map", lookup: byName } as const]),
    { ...does, kind: "opaque", name: make.word(), text: make.word(), flow: "goes-on" },
  ];
};

function rulesIn(make: Maker, evidence: Evidence): readonly Rule[] {
  const parts = [
    ...matchesOf(make).map((each) => [each]),
    ...actionsOf(make).map((each) => [each]),
  ];
  return parts.map((own, nth) => ({
    key: key(""),
    place: nth + 1,
    parts: own,
    counters: nth % 2 === 0 ? { packets: "18446744073709551615", bytes: "0" } : null,
    comment: nth % 3 === 0 ? `${make.word()} ${make.address(publicV4(make), true)}` : null,
    handle: nth,
    verbatim: nth % 4 === 0 ? `-s ${make.address(publicV4(make), true)} -j ${make.word()}` : null,
    madeBy: nobody,
    evidence,
  }));
}

const chainOf = (make: Maker, name: string, evidence: Evidence): Chain => ({
  name,
  base: { type: "filter", hook: "input", priority: 0, policy: "drop" },
  counters: { packets: "12", bytes: "345" },
  rules: rulesIn(make, evidence),
  madeBy: nobody,
  evidence,
});

const setsOf = (make: Maker, table: string, evidence: Evidence): readonly RuleSet[] => [
  {
    backend: "ipset",
    table: null,
    name: make.word(),
    type: `hash:net,${make.word()}`,
    holds: { of: "elements", elements: valuesOf(make).map((each) => [each]), except: [0] },
    options: `family inet comment "${make.word()}"`,
    evidence,
  },
  {
    backend: "nft",
    table: { family: "inet", name: table },
    name: make.word(),
    type: "ifname : verdict",
    holds: { of: "mappings", elements: mappingsOf(make) },
    options: "flags interval",
    evidence,
  },
];

function firewallOf(make: Maker, evidence: Evidence, gap: Gap): Firewall {
  const name = make.word();
  const tables: readonly Table[] = [
    {
      backend: "iptables-nft",
      family: "ip",
      name: "filter",
      chains: [chainOf(make, "INPUT", evidence), chainOf(make, make.word(), evidence)],
      madeBy: nobody,
      evidence,
    },
    {
      backend: "nft",
      family: "inet",
      name,
      chains: [chainOf(make, make.word(), evidence)],
      madeBy: nobody,
      evidence,
    },
  ];
  return {
    status: "read",
    sources: [
      { backend: "nft", family: null, version: `1.0.6-${make.word()}`, state: { status: "read" } },
      {
        backend: "iptables-legacy",
        family: "ip",
        version: null,
        state: { status: "unreadable", why: gap },
      },
      { backend: "ipset", family: null, version: null, state: { status: "absent" } },
    ],
    tables,
    sets: setsOf(make, name, evidence),
    opaque: 3,
  };
}

const settingsOf = (make: Maker, evidence: Evidence): NetnsRules["settings"] => ({
  status: "read",
  settings: [
    { name: "net/ipv4/ip_forward", value: "1", evidence },
    { name: `net/ipv4/conf/${make.word(12)}/rp_filter`, value: make.word(), evidence },
    { name: `net/${make.word()}`, value: "0", evidence },
  ],
});

type Where = { readonly home: NetnsId; readonly inside: ContainerId };

function listeningOf(
  make: Maker,
  { home, inside }: Where,
  evidence: Evidence,
  gap: Gap,
): Listening {
  const { single, own } = ways(make);
  const socket = (of: Pick<Socket, "address" | "holder">): Socket => ({
    key: key(""),
    netns: home,
    protocol: "tcp",
    family: "inet",
    port: 8080,
    answersIpv4: "yes",
    uid: 1000,
    evidence,
    ...of,
  });
  const sockets = [
    socket({
      address: single(),
      holder: {
        by: "processes",
        processes: [
          { pid: 7, name: make.word(), container: inside },
          { pid: 8, name: "docker-proxy", container: null },
        ],
      },
    }),
    socket({ address: own(), holder: { by: "kernel" } }),
    socket({ address: "0.0.0.0", holder: { by: "unknown" } }),
  ];
  return {
    sockets:
      make.die(9) === 0
        ? { status: "unreadable", why: gap }
        : { status: "read", sockets, namespaces: [home] },
    proxies: [
      {
        pid: 9,
        protocol: make.word(),
        hostAddress: single(),
        hostPort: 8080,
        containerAddress: own(),
        containerPort: 80,
        evidence,
      },
    ],
  };
}

/** Rules, settings and sockets of a host of which every text gives something away. */
export function secretRuling(
  make: Maker,
  topology: Topology,
  networks: readonly NetworkId[],
  gap: Gap,
): Ruling {
  const evidence: Evidence = {
    answer: topology.networks[0]?.evidence.answer ?? topology.links[0]?.evidence.answer ?? fail(),
    at: { path: [make.word(), 1] },
  };
  const home = topology.namespaces[0]?.id ?? fail();
  const inside = topology.namespaces[1]?.id ?? fail();
  const ruling: Ruling = {
    rules: [
      {
        netns: home,
        firewall: firewallOf(make, evidence, gap),
        settings: settingsOf(make, evidence),
      },
      {
        netns: inside,
        firewall: { status: "unreadable", why: gap },
        settings: { status: "unreadable", why: gap },
      },
    ],
    listening: listeningOf(
      make,
      { home, inside: topology.containers[0]?.id ?? fail() },
      evidence,
      gap,
    ),
    options: networks.flatMap((network) => [
      { network, name: "com.docker.network.bridge.gateway_mode_ipv4", value: "routed" },
      { network, name: make.word(), value: make.word() },
    ]),
  };
  return withKeys(ruling, topology);
}

const fail = (): never => {
  throw new Error("no such row");
};
