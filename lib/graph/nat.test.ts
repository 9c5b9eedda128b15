import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import type { FirewallSummary, SourceSummary } from "@/lib/topology/firewall/model";
import type { PublishedPort, Topology } from "@/lib/topology/model";
import { graph } from "./graph";
import type { Nat } from "./model";
import { natKey } from "./nat";
import { pathOf } from "./path";
import { topologyOf } from "./test-world";

const words = wordsIn("en");

const world = (
  firewall: FirewallSummary,
  ports: ReadonlyMap<string, PublishedPort> = new Map(),
): Topology => {
  const topology = topologyOf({
    networks: [{ name: "bridge", bridge: "docker0" }],
    containers: [...ports.keys()].map((name) => ({ name, on: ["bridge"] })),
  });
  const containers = topology.containers.map((container) => {
    const port = ports.get(container.name);
    return port === undefined ? container : { ...container, ports: [port] };
  });
  return { ...topology, containers, host: { ...topology.host, firewall } };
};

const source = (change: Partial<SourceSummary>): SourceSummary => ({
  backend: "iptables-nft",
  family: "ip",
  status: "read",
  tables: 1,
  chains: 1,
  rules: 1,
  dnat: 0,
  snat: 0,
  why: null,
  ...change,
});

const read = (...sources: readonly SourceSummary[]): FirewallSummary => ({
  status: "read",
  sources,
  eras: [],
  makers: [],
});

const why = {
  probe: "nft-ruleset",
  netns: null,
  reason: "permission-denied",
  command: "nft",
  words: "no",
} as const;

const natOf = (topology: Topology): Nat | null =>
  graph(topology, { orientation: "rails", stopped: false }, words).nat;

const published = (
  name: string,
  hostPort: number,
  hostAddress = "0.0.0.0",
): readonly [string, PublishedPort] => [
  name,
  { hostAddress, hostPort, containerPort: 80, protocol: "tcp" },
];

test("where rules were read and none translates, there is no column for it", () => {
  expect(natOf(world(read(source({}))))).toBeNull();
});

test("rules of both families of one backend are counted together, backends stand beside each other", () => {
  const nat = natOf(
    world(
      read(
        source({ dnat: 2, snat: 3 }),
        source({ family: "ip6", dnat: 1 }),
        source({ backend: "nft", family: null, dnat: 4 }),
      ),
    ),
  );
  expect(nat?.backends).toEqual([
    { name: "iptables (nft)", counts: "DNAT 3 · SNAT 3", unread: false },
    { name: "nftables", counts: "DNAT 4 · SNAT 0", unread: false },
  ]);
});

test("what could not be read is unknown, not none, also where the rest was", () => {
  expect(natOf(world({ status: "unreadable", why }))?.backends).toEqual([
    { name: "rules", counts: "not read: unknown", unread: true },
  ]);
  const partly = natOf(
    world(read(source({ dnat: 1 }), source({ family: "ip6", status: "unreadable", why }))),
  );
  expect(partly?.backends).toEqual([
    { name: "iptables (nft)", counts: "DNAT 1 · SNAT 0, rest not read", unread: true },
  ]);
});

test("published ports by number; loopback is told apart; many are counted", () => {
  const nat = natOf(
    world(
      read(source({ dnat: 1 })),
      new Map([published("web", 8080), published("db", 5432, "127.0.0.1")]),
    ),
  );
  expect(nat?.ports.map(({ text, reach }) => [text, reach])).toEqual([
    ["127.0.0.1:5432 → db", "loopback"],
    ["0.0.0.0:8080 → web", "open"],
  ]);
  const many = Array.from({ length: 40 }, (_, at) => published(`c${at}`, 9000 + at));
  const crowded = natOf(world(read(source({ dnat: 40 })), new Map(many)));
  expect(crowded?.ports).toHaveLength(7);
  expect(crowded?.more).toBe("33 more");
});

test("a port's path is its container's, through the rules", () => {
  const drawn = graph(
    world(read(source({ dnat: 1 })), new Map([published("web", 8080)])),
    { orientation: "rails", stopped: false },
    words,
  );
  const [port] = drawn.nat?.ports ?? [];
  if (port === undefined) throw new Error("no port");
  const path = pathOf(drawn, port.key);
  expect(path.has(port.key)).toBe(true);
  expect(path.has(port.container)).toBe(true);
  expect(pathOf(drawn, port.container).has(port.key)).toBe(true);
  expect(pathOf(drawn, natKey).has(port.key)).toBe(true);
});
