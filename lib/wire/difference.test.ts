import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import { understand } from "@/lib/pipeline";
import type { Topology } from "@/lib/topology/model";
import { applyDifference } from "./apply-difference";
import type { PackedDifference } from "./difference";
import { difference } from "./find-difference";

const sent = (before: Topology, after: Topology): PackedDifference | null =>
  JSON.parse(JSON.stringify(difference(before, after)));

function expectNothingLost(before: Topology, after: Topology): void {
  const kept = structuredClone(before);
  const packed = sent(before, after);
  if (packed === null) return;
  expect(applyDifference(before, packed)).toStrictEqual(after);
  expect(before).toStrictEqual(kept);
}

/** Its answers without some of them, its tables in another order, and later: no two readings differ more. */
const otherwise = fc.record({
  drop: fc.array(fc.boolean(), { maxLength: 25 }),
  turned: fc.boolean(),
  more: fc.nat({ max: 1000 }),
});

const reading = (name: (typeof recordedHosts)[number], drop: readonly boolean[]): Topology => {
  const facts = recordedFacts(name);
  return understand({
    ...facts,
    answers: facts.answers.filter((_, at) => drop[at % Math.max(1, drop.length)] !== true),
  });
};

const later = (topology: Topology, more: number): Topology => ({
  ...topology,
  host: { ...topology.host, at: "2026-11-22T00:00:00.000Z" },
  links: topology.links.map((link) => ({
    ...link,
    counters: link.counters && { ...link.counters, rxBytes: link.counters.rxBytes + more },
  })),
});

const turnedAround = (topology: Topology): Topology => ({
  ...topology,
  links: topology.links.toReversed(),
  containers: topology.containers.toReversed(),
  routes: topology.routes.toReversed(),
});

describe("nothing is lost", () => {
  test.each(recordedHosts)("between two readings of %s", (name) => {
    return fc.assert(
      fc.property(otherwise, otherwise, (one, other) => {
        const before = reading(name, one.drop);
        const after = later(reading(name, other.drop), other.more);
        expectNothingLost(before, other.turned ? turnedAround(after) : after);
      }),
      { numRuns: 25 },
    );
  });

  test("when containers come, go and change places", () => {
    const world = manyContainers(40);
    return fc.assert(
      fc.property(fc.shuffledSubarray([...world.containers], { minLength: 20 }), (containers) => {
        const packed = difference(topologyOf(world), topologyOf({ ...world, containers }));
        if (packed === null) return;
        const after = topologyOf({ ...world, containers });
        expect(applyDifference(topologyOf(world), packed)).toStrictEqual(after);
      }),
    );
  });
});

const grown = (topology: Topology): Topology => {
  const [first, ...others] = topology.containers;
  if (first === undefined) throw new Error("the world has containers");
  return { ...topology, containers: [{ ...first, state: "paused" }, ...others] };
};

test("what did not change stays the same object", () => {
  const before = topologyOf(manyContainers(30));
  const packed = sent(before, grown(structuredClone(before)));
  const after = packed && applyDifference(before, packed);
  expect(after?.links).toBe(before.links);
  expect(after?.containers[0]?.state).toBe("paused");
  expect(after?.containers[0]?.attachments).toBe(before.containers[0]?.attachments);
  expect(after?.containers.slice(1).every((each, nth) => each === before.containers[nth + 1])).toBe(
    true,
  );
});

test("one more container takes a tenth of a whole reading at most", () => {
  const world = manyContainers(300);
  const [first] = world.containers;
  if (first === undefined) throw new Error("the world has containers");
  const before = topologyOf(world);
  const after = topologyOf({
    ...world,
    containers: [...world.containers, { ...first, name: "late" }],
  });
  const size = JSON.stringify(difference(before, after)).length;
  expect(size).toBeLessThan(JSON.stringify(after).length / 10);
});

test("a host that came up anew crosses whole", () => {
  const before = topologyOf(manyContainers(30));
  const links = before.links.map((link) => ({ ...link, key: `x${link.key}` as typeof link.key }));
  expect(difference(before, { ...before, links })).toBeNull();
});

describe("refused is", () => {
  const before = topologyOf(manyContainers(3));
  const refused: readonly (readonly [string, PackedDifference["tables"]])[] = [
    ["a run of rows that are not there", { links: { rows: [[0, 99]] } }],
    [
      "a change in a row that is not there",
      { links: { fields: [{ path: ["mtu"], at: [99], by: [1] }] } },
    ],
    [
      "a change of a field that is not there",
      { links: { fields: [{ path: ["nix"], at: [1], by: [1] }] } },
    ],
  ];
  test.each(refused)("%s", (_, tables) => {
    expect(applyDifference(before, { format: "vethscope-difference/1", tables })).toBeNull();
  });

  test("a number added to what is none", () => {
    const tables = { host: { fields: [{ path: ["netns"], at: [1], by: [1] }] } };
    const unread = { ...before, host: { ...before.host, netns: null } };
    expect(applyDifference(unread, { format: "vethscope-difference/1", tables })).toBeNull();
  });

  test("another format", () => {
    const packed = { format: "vethscope-difference/0", tables: {} } as unknown;
    expect(applyDifference(before, packed as PackedDifference)).toBeNull();
  });
});
