import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import type { Topology } from "@/lib/topology/model";
import { graph } from "./graph";
import type { Block, Graph, Row } from "./model";
import { type TestContainer, type TestWorld, topologyOf } from "./test-world";

const shown = (world: Partial<TestWorld>, stopped = false): Graph =>
  graph(topologyOf({ ...base, ...world }), { orientation: "rails", stopped }, wordsIn("en"));

const base: TestWorld = {
  networks: [
    { name: "shop", bridge: "br-000000000001" },
    { name: "bridge", bridge: "docker0" },
  ],
  containers: [],
};

const rows = (graphed: Graph): readonly Row[] =>
  graphed.blocks.flatMap((block) => (block.kind === "list" ? [] : block.rows));
const names = (graphed: Graph) => rows(graphed).map(({ box }) => box?.badges[0]?.name);
const running = (...containers: readonly string[]): readonly TestContainer[] =>
  containers.map((name) => ({ name, on: ["bridge"] }));
const titles = (graphed: Graph) =>
  graphed.blocks.map((block: Block) =>
    block.kind === "bridge" ? block.bridge.label : block.title,
  );

test("docker0 comes first, also when its network does not", () => {
  expect(titles(shown({}))).toEqual(["docker0", "br-000000000001"]);
});

test("rows are sorted by project, then by name as people count", () => {
  const containers: readonly TestContainer[] = [
    { name: "web-10", on: ["bridge"] },
    { name: "web-2", on: ["bridge"] },
    { name: "api", on: ["bridge"], project: "shop" },
    { name: "zebra", on: ["bridge"], project: "blog" },
  ];
  expect(names(shown({ containers }))).toEqual(["web-2", "web-10", "zebra", "api"]);
});

test("a container with two networks has its main row where its default route leads", () => {
  const containers: readonly TestContainer[] = [{ name: "proxy", on: ["shop", "bridge"] }];
  const [inBridge, inShop] = rows(shown({ containers }));
  expect(inBridge?.box?.ghost).toBe(true);
  expect(inShop?.box?.ghost).toBe(false);
});

test("the label of an interface is never cut, the name of a container is cut in the middle", () => {
  const long = "a-very-long-project-name-service-name-replica-12";
  const [row] = rows(shown({ containers: running(long) }));
  expect(row?.inner?.label).toBe("eth0@if1000");
  expect(row?.box?.badges[0]).toMatchObject({ full: long, name: "a-very-long-p…e-replica-12" });
});

test("a pair that is only consistent is not drawn as exact", () => {
  const [row] = rows(shown({ containers: [{ name: "web", on: ["bridge"], peer: "consistent" }] }));
  expect(row?.wire).toMatchObject({ means: "wired", proof: "consistent" });
});

test.each([
  ["ambiguous", "1 candidate fits: host/veth00003e8"],
  ["contradictory", "its two ends contradict each other"],
  ["nsid", "its peer is in a namespace not found (nsid 9)"],
  ["no-iflink", "the kernel does not name its peer"],
] as const)("a peer that is %s leaves both ends open, each with the reason", (peer, why) => {
  const open = rows(shown({ containers: [{ name: "web", on: ["bridge"], peer }] }));
  expect(open).toHaveLength(2);
  expect(open.map(({ note }) => note)).toEqual([why, why]);
  expect(open.every(({ wire }) => wire?.means === "wired" && wire.proof === "unproven")).toBe(true);
  // What is known stays: the host end is a port of its bridge.
  expect(open[0]?.port?.means).toBe("attached");
});

test("a container that only the engine tells of is shown on its network, and said to be unread", () => {
  const [row] = rows(shown({ containers: [{ name: "web", on: ["bridge"], is: "unread" }] }));
  expect(row).toMatchObject({ host: null, wire: null, inner: null });
  expect(row?.box).toMatchObject({ unread: true });
  expect(row?.note).toBe("only the engine tells of it");
});

test("a network whose bridge was not seen is drawn where containers are on it, and only there", () => {
  const networks = [
    { name: "used", bridge: null },
    { name: "empty", bridge: null },
  ];
  const containers: readonly TestContainer[] = [{ name: "web", on: ["used"], is: "unread" }];
  expect(titles(shown({ networks, containers }))).toEqual(["used"]);
});

test("nothing routes into an internal network", () => {
  const networks = [{ name: "vault", bridge: "br-1", internal: true }];
  const [block] = shown({ networks }).blocks;
  expect(block).toMatchObject({ kind: "bridge", ways: [], bridge: { internal: true } });
});

test("stopped containers are counted always and listed when asked for", () => {
  const containers: readonly TestContainer[] = [{ name: "gone", on: ["bridge"], is: "stopped" }];
  expect(shown({ containers }).stopped).toBe(1);
  expect(titles(shown({ containers }))).not.toContain("Stopped · 1");
  expect(titles(shown({ containers }, true))).toContain("Stopped · 1");
});

test("a namespace that is read and has no row is told among those without a network", () => {
  expect(titles(shown({ containers: [{ name: "batch", on: [] }] }))).toContain(
    "No network, only lo · 1",
  );
});

const reversed = (topology: Topology): Topology => ({
  ...topology,
  links: topology.links.toReversed(),
  namespaces: topology.namespaces.toReversed(),
  networks: topology.networks.toReversed(),
  containers: topology.containers.toReversed(),
});

test("the order of the tables changes nothing", () => {
  const topology = topologyOf({
    ...base,
    containers: [
      ...running("a", "b", "c"),
      { name: "proxy", on: ["shop", "bridge"] },
      { name: "batch", on: [] },
      { name: "gone", on: ["shop"], is: "stopped" },
    ],
  });
  const view = { orientation: "rails", stopped: true } as const;
  expect(graph(reversed(topology), view, wordsIn("en"))).toEqual(
    graph(topology, view, wordsIn("en")),
  );
});

test("the legend explains what is drawn and nothing else", () => {
  const legend = (containers: readonly TestContainer[]) =>
    shown({ containers }).legend.map(({ text }) => text);
  expect(legend(running("web"))).toEqual(["veth pair, proven", "reached by routing", "up"]);
  expect(legend([{ name: "web", on: ["bridge"], peer: "nsid" }])).toContain("peer not known");
});
