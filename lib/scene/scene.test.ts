import fc from "fast-check";
import { expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { graph } from "@/lib/graph/graph";
import { type Grouping, groupings, type Orientation, orientations } from "@/lib/graph/model";
import { surrounded } from "@/lib/graph/test-surroundings";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import type { Locale } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import docker20 from "@/lib/recorded-hosts/docker-20.10-debian-12.json" with { type: "json" };
import docker28 from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import type { Topology } from "@/lib/topology/model";
import type { Scene } from "./model";
import { scene } from "./scene";
import { problems, textsOf } from "./test-problems";
import { largeWorlds, surroundings, worlds } from "./test-worlds";

const drawn = (
  topology: Topology,
  locale: Locale = "en",
  orientation: Orientation = "rails",
  group: Grouping = "network",
): Scene => scene(graph(topology, { orientation, group, stopped: true }, wordsIn(locale)));

const orientation = fc.constantFrom(...orientations);
const grouping = fc.constantFrom(...groupings);

test("in any host no two boxes overlap, and every text fits its box and its neighbours", () => {
  fc.assert(
    fc.property(
      worlds,
      fc.constantFrom<Locale>("en", "zh-CN"),
      orientation,
      grouping,
      (world, locale, turned, group) => {
        expect(problems(drawn(topologyOf(world), locale, turned, group))).toEqual([]);
      },
    ),
    { numRuns: 120 },
  );
}, 30_000);

test("tunnels, vlans, macvlans, overlays and namespaces behind each other collide with nothing, and no line runs through words", () => {
  fc.assert(
    fc.property(worlds, surroundings, orientation, grouping, (world, around, turned, group) => {
      const topology = surrounded(topologyOf(world), around);
      expect(problems(drawn(topology, "en", turned, group))).toEqual([]);
    }),
    { numRuns: 120 },
  );
}, 30_000);

test.each(
  orientations.flatMap((turned) =>
    (["en", "zh-CN"] as const).map((locale) => ({ turned, locale })),
  ),
)("the recorded hosts are drawn without collisions in $locale as $turned", ({ turned, locale }) => {
  for (const facts of [docker20, docker28] as unknown as readonly HostFacts[]) {
    expect(problems(drawn(understand(facts), locale, turned))).toEqual([]);
  }
});

const numbersIn = (value: unknown): readonly number[] => {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};

test("every coordinate is a number", () => {
  fc.assert(
    fc.property(worlds, orientation, (world, turned) => {
      const { shapes } = drawn(topologyOf(world), "en", turned);
      expect(numbersIn(shapes).every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("the order of the topology's tables moves nothing", () => {
  fc.assert(
    fc.property(
      worlds,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      orientation,
      grouping,
      (world, dice, turned, group) => {
        const shuffled = <Item>(items: readonly Item[]) =>
          items
            .map((item) => ({ item, at: dice.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const topology = topologyOf(world);
        const other: Topology = {
          ...topology,
          links: shuffled(topology.links),
          namespaces: shuffled(topology.namespaces),
          networks: shuffled(topology.networks),
          containers: shuffled(topology.containers),
        };
        expect(drawn(other, "en", turned, group)).toEqual(drawn(topology, "en", turned, group));
      },
    ),
    { numRuns: 40 },
  );
});

test("every row can be walked from left to right", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      for (const { stops } of drawn(topologyOf(world)).rows) {
        expect(stops.length).toBeGreaterThan(0);
        const lefts = stops.map(({ rect }) => rect.x);
        expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 40 },
  );
});

test("in a textbook every row can be walked from the bottom to the top", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { rows, orientation: turned } = drawn(topologyOf(world), "en", "textbook");
      expect(turned).toBe("textbook");
      for (const { stops } of rows) {
        expect(stops.length).toBeGreaterThan(0);
        const bottoms = stops.map(({ rect }) => rect.y + rect.height);
        expect(bottoms).toEqual(bottoms.toSorted((a, b) => b - a));
      }
    }),
    { numRuns: 40 },
  );
});

test("a textbook shows what the rails show: the same things can be reached", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const topology = topologyOf(world);
      const reached = (turned: Orientation) =>
        drawn(topology, "en", turned).rows.map(({ key, said, stops }) => ({
          key,
          said,
          stops: stops.map(({ key: stop }) => stop).toSorted(),
        }));
      expect(reached("textbook")).toEqual(reached("rails"));
    }),
    { numRuns: 40 },
  );
});

test("in a textbook containers stand above their veths, veths above the bridge, the NIC at the bottom", () => {
  const { rows } = drawn(
    topologyOf({
      networks: [{ name: "bridge", bridge: "docker0" }],
      containers: [{ name: "web", on: ["bridge"] }],
    }),
    "en",
    "textbook",
  );
  const way = rows.at(-1)?.stops.map(({ name }) => name);
  expect(way).toEqual(["Outside", "ens3", "docker0", "veth00003e8@if2", "eth0@if1000", "web"]);
});

test("a textbook of many containers goes on below, not beside", () => {
  for (const count of [60, 200]) {
    const shown = drawn(topologyOf(manyContainers(count)), "en", "textbook");
    expect(shown.width).toBeLessThan(1400);
    expect(problems(shown)).toEqual([]);
  }
});

test("a grouping moves no bridge, and a project stands in one bracket", () => {
  const topology = topologyOf({
    networks: [{ name: "bridge", bridge: "docker0" }],
    containers: ["a", "b", "c"].map((name) => ({
      name,
      on: ["bridge"],
      project: name === "b" ? "blog" : "shop",
    })),
  });
  const names = (group: Grouping) =>
    textsOf(drawn(topology, "en", "rails", group)).map(({ text }) => text);
  expect(names("network")).not.toContain("shop");
  expect(names("project").filter((each) => each === "shop")).toEqual(["shop"]);
  expect(names("none").filter((each) => /^[abc]$/.test(each))).toEqual(["a", "b", "c"]);
  expect(names("network").filter((each) => /^[abc]$/.test(each))).toEqual(["b", "a", "c"]);
});

test("a host with nothing on it is a scene, not an error", () => {
  for (const turned of orientations) {
    const empty = drawn(topologyOf({ networks: [], containers: [] }), "en", turned);
    expect(problems(empty)).toEqual([]);
    expect(textsOf(empty).map(({ text }) => text)).toContain("ens3");
  }
});

const headingsOf = (topology: Topology, locale: Locale): readonly string[] =>
  textsOf(drawn(topology, locale))
    .filter(({ y }) => y < 30)
    .map(({ text }) => text);

test("a heading stands over something, in both languages", () => {
  const bare = { networks: [{ name: "bridge", bridge: "docker0" }], containers: [] };
  const web = { name: "web", on: ["bridge"] };
  for (const locale of ["en", "zh-CN"] as const) {
    expect(headingsOf(topologyOf({ networks: [], containers: [] }), locale)).toHaveLength(2);
    expect(headingsOf(topologyOf(bare), locale)).toHaveLength(3);
    expect(headingsOf(topologyOf({ ...bare, containers: [web] }), locale)).toHaveLength(5);
  }
  const engineOnly = topologyOf({ ...bare, containers: [{ ...web, is: "unread" }] });
  expect(headingsOf(engineOnly, "en")).not.toContain("veth (host end)");
  expect(headingsOf(engineOnly, "en")).toHaveLength(4);
});

test("a large host is longer, not wider, and collides nowhere", () => {
  const [small, large] = [30, 150].map((count) => drawn(topologyOf(manyContainers(count)))) as [
    Scene,
    Scene,
  ];
  expect(problems(large)).toEqual([]);
  expect(large.height).toBeGreaterThan(4 * small.height);
  expect(large.width).toBeLessThan(1.1 * small.width);
});

test.each(
  Object.entries(largeWorlds).flatMap(([name, world]) =>
    orientations.map((turned) => ({ name, world, turned })),
  ),
)("$name collide nowhere as $turned", ({ world, turned }) => {
  expect(problems(drawn(topologyOf(world), "en", turned, "project"))).toEqual([]);
});

test("a textbook of 400 networks is no wider than one of eight", () => {
  const shown = drawn(
    topologyOf(largeWorlds["400 networks"] ?? manyContainers(1)),
    "en",
    "textbook",
  );
  expect(shown.width).toBeLessThan(1400);
});
