import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import type { LinkId } from "@/lib/net/ids";
import { openObservers, questionsLeft, understand } from "@/lib/pipeline";
import { idOf, type World, type WorldEnd, type WorldNetns, worldFacts } from "./generated-world";
import type { Topology, Veth } from "./model";

/** Indexes and nsids from so small a range that they collide in most worlds. */
const smallNumber = fc.integer({ min: 2, max: 5 });

type Wish = { readonly a: WorldEnd; readonly b: WorldEnd };

const wish = (namespaces: number): fc.Arbitrary<Wish> => {
  const end = fc.record({
    netns: fc.integer({ min: 0, max: namespaces - 1 }),
    ifindex: smallNumber,
  });
  return fc.record({ a: end, b: end });
};

/** Keeps the pairs whose numbers are still free in their namespaces. */
function possible(wishes: readonly Wish[]): World["pairs"] {
  const taken = new Set<string>();
  const slot = ({ netns, ifindex }: WorldEnd) => `${netns} ${ifindex}`;
  return wishes.flatMap(({ a, b }) => {
    if (taken.has(slot(a)) || taken.has(slot(b)) || slot(a) === slot(b)) return [];
    taken.add(slot(a)).add(slot(b));
    return [[a, b] as const];
  });
}

type Keeper = WorldNetns["keptBy"];

/** nsids are the lowest free ones, and stay when others go: so they have holes, in an order of their own. */
function numbered(
  pairs: World["pairs"],
  keepers: readonly Keeper[],
  order: readonly number[],
): readonly WorldNetns[] {
  return keepers.map((keptBy, place) => {
    const linked = new Set(
      pairs.flatMap(([a, b]) =>
        a.netns === place ? [b.netns] : b.netns === place ? [a.netns] : [],
      ),
    );
    linked.delete(place);
    const others = [...linked].sort(
      (one, two) =>
        (order[(one + place) % order.length] ?? 0) - (order[(two + place) % order.length] ?? 0),
    );
    const hole = (order[place % order.length] ?? 0) % 3;
    return {
      inode: 4026532000 + place,
      keptBy: place === 0 ? "process" : keptBy,
      nsids: new Map(others.map((other, nth) => [other, nth < hole ? nth : nth + hole])),
    };
  });
}

const worldOf = (
  keepers: readonly Keeper[],
  wishes: fc.Arbitrary<readonly Wish[]>,
): fc.Arbitrary<World> =>
  fc.tuple(wishes, fc.array(fc.nat(), { minLength: 7, maxLength: 7 })).map(([wished, order]) => {
    const pairs = possible(wished);
    return { pairs, namespaces: numbered(pairs, keepers, order) };
  });

const keepers = fc.array(fc.constantFrom<Keeper>("process", "name", "mount"), {
  minLength: 2,
  maxLength: 6,
});

const flatWorlds = keepers.chain((each) =>
  worldOf(each, fc.array(wish(each.length), { maxLength: 10 })),
);

/** Hosts inside hosts: each namespace is wired to the one that made it, most often from index to index. */
const nestedWorlds = fc
  .array(fc.record({ keeper: fc.constantFrom<Keeper>("process", "mount"), parent: fc.nat() }), {
    minLength: 2,
    maxLength: 9,
  })
  .chain((made) => {
    const wishes = made.map(({ parent }, nth) =>
      fc.record({
        a: fc.record({ netns: fc.constant(parent % (nth + 1)), ifindex: smallNumber }),
        b: fc.record({ netns: fc.constant(nth + 1), ifindex: fc.constant(2) }),
      }),
    );
    return worldOf(["process", ...made.map(({ keeper }) => keeper)], fc.tuple(...wishes));
  });

const worlds: fc.Arbitrary<World> = fc.oneof(flatWorlds, nestedWorlds);

const truthOf = (world: World): ReadonlyMap<LinkId, LinkId> =>
  new Map(
    world.pairs.flatMap(([a, b]) => [
      [idOf(world, a), idOf(world, b)],
      [idOf(world, b), idOf(world, a)],
    ]),
  );

const veths = (topology: Topology): readonly Veth[] =>
  topology.links.filter((link) => link.kind === "veth");

const wrongPairs = (topology: Topology, world: World): readonly Veth[] => {
  const truth = truthOf(world);
  return veths(topology).filter(
    ({ id, peer }) => peer.status === "found" && peer.link !== truth.get(id),
  );
};

const dropping = (facts: HostFacts, drop: readonly boolean[]): HostFacts => ({
  ...facts,
  answers: facts.answers.filter((_, at) => drop[at % Math.max(1, drop.length)] !== true),
});

test("with every map read, every pair of every world is found and exact", () =>
  fc.assert(
    fc.property(worlds, (world) => {
      const topology = understand(worldFacts(world));
      expect(wrongPairs(topology, world)).toEqual([]);
      for (const { peer } of veths(topology)) {
        expect(peer).toMatchObject({ status: "found", proof: "exact" });
      }
      expect(questionsLeft(worldFacts(world))).toEqual([]);
    }),
    { numRuns: 400 },
  ));

test("whatever answers are missing, no pair is ever wrong and none contradicts", () =>
  fc.assert(
    fc.property(worlds, fc.array(fc.boolean(), { maxLength: 25 }), (world, drop) => {
      const topology = understand(dropping(worldFacts(world), drop));
      expect(wrongPairs(topology, world)).toEqual([]);
      for (const { peer } of veths(topology)) expect(peer.status).not.toBe("contradictory");
    }),
    { numRuns: 600 },
  ));

test("without any map a pair is consistent only where nothing else fits", () =>
  fc.assert(
    fc.property(worlds, (world) => {
      const facts = worldFacts(world);
      const bare = facts.answers.filter(
        ({ probe }) => probe === "ip-addr" || probe === "netns-paths",
      );
      const topology = understand({ ...facts, answers: bare });
      expect(wrongPairs(topology, world)).toEqual([]);
      for (const { peer, nsid } of veths(topology)) {
        if (nsid !== null && peer.status === "found") expect(peer.proof).toBe("consistent");
      }
    }),
    { numRuns: 400 },
  ));

/** Exchanges the first two numbers that one namespace gave, in its own map only. */
function withSwappedNsids(world: World, place: number): World | null {
  const netns = world.namespaces[place];
  const [one, two] = [...(netns?.nsids ?? [])];
  if (netns === undefined || one === undefined || two === undefined) return null;
  // What a namespace with a process calls one that only a mount keeps is in no map.
  const isTold = (other: number) =>
    place === 0 || netns.keptBy !== "process" || world.namespaces[other]?.keptBy !== "mount";
  if (!isTold(one[0]) && !isTold(two[0])) return null;
  const nsids = new Map([...netns.nsids, [one[0], two[1]], [two[0], one[1]]]);
  return {
    ...world,
    namespaces: world.namespaces.map((each) => (each === netns ? { ...each, nsids } : each)),
  };
}

test("two nsids swapped in one map contradict and never make a pair", () =>
  fc.assert(
    fc.property(worlds, fc.nat({ max: 5 }), (world, place) => {
      const swapped = withSwappedNsids(world, place);
      if (swapped === null) return;
      // The links say what is, the maps say the swapped thing.
      const lying = new Map(worldFacts(swapped).answers.map((answer) => [answer.id, answer]));
      const facts = worldFacts(world);
      const answers = facts.answers.map((answer) =>
        answer.probe === "ip-addr" ? answer : (lying.get(answer.id) ?? answer),
      );
      const topology = understand({ ...facts, answers });
      expect(wrongPairs(topology, world)).toEqual([]);
      expect(veths(topology).some(({ peer }) => peer.status === "contradictory")).toBe(true);
    }),
    { numRuns: 600 },
  ));

/** The answers that a host gives when only what is worth asking is asked. */
function asGathered(world: World): HostFacts {
  const facts = worldFacts(world);
  const isLast = (probe: string) => probe === "lsns-observer" || probe === "lsns-held";
  const first = { ...facts, answers: facts.answers.filter(({ probe }) => !isLast(probe)) };
  const left = questionsLeft(first);
  return {
    ...facts,
    answers: facts.answers.filter(
      ({ probe, netns }) =>
        !isLast(probe) ||
        left.some((each) => `lsns-${each.scope}` === probe && each.netns === netns),
    ),
  };
}

test("asking only where it helps proves as much as asking everywhere", () =>
  fc.assert(
    fc.property(worlds, (world) => {
      const facts = asGathered(world);
      expect(wrongPairs(understand(facts), world)).toEqual([]);
      for (const { peer } of veths(understand(facts))) {
        expect(peer).toMatchObject({ status: "found", proof: "exact" });
      }
      expect(questionsLeft(facts)).toEqual([]);
    }),
    { numRuns: 600 },
  ));

test("a host whose namespaces lead only to itself is asked nothing more", () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), (containers) => {
      const kept = Array.from({ length: containers + 1 }, (): Keeper => "process");
      const pairs: World["pairs"] = Array.from({ length: containers }, (_, nth) => [
        { netns: 0, ifindex: nth + 5 },
        { netns: nth + 1, ifindex: 2 },
      ]);
      const world = { pairs, namespaces: numbered(pairs, kept, [0]) };
      expect(openObservers(asGathered(world))).toEqual([]);
      expect(asGathered(world).answers.filter(({ probe }) => probe.startsWith("lsns-"))).toEqual(
        [],
      );
    }),
  ));
