import fc from "fast-check";
import { expect, test } from "vitest";
import { folded } from "@/lib/graph/fold";
import { graph } from "@/lib/graph/graph";
import { type Orientation, orientations } from "@/lib/graph/model";
import { manyContainers, type TestWorld, topologyOf } from "@/lib/graph/test-world";
import { wordsIn } from "@/lib/messages/words";
import { extentOf } from "./extents";
import { atLevel, type Level, levelAt } from "./levels";
import type { Rect, Scene, Shape } from "./model";
import { scene } from "./scene";
import { boxesOf, holds, textsOf } from "./test-problems";
import { worlds } from "./test-worlds";

const words = wordsIn("en");
const sceneOf = (world: TestWorld, orientation: Orientation): Scene => {
  const shown = graph(topologyOf(world), { orientation, stopped: true }, words);
  return scene(folded(shown, { open: new Set(), always: new Set() }, words).graph);
};
const compact: Level = { name: "compact", unit: 1 };

test("the nearer, the more is drawn: rows from 16 px whole, from 9 px compact, from 3 px as blocks", () => {
  expect([1, 0.62, 0.6, 0.36, 0.3, 0.12, 0.1].map((zoom) => levelAt(zoom).name)).toEqual([
    "full",
    "full",
    "compact",
    "compact",
    "blocks",
    "blocks",
    "host",
  ]);
});

test("while one zooms by a little, nothing is made anew", () => {
  expect(levelAt(0.3)).toEqual(levelAt(0.31));
  expect(levelAt(0.9)).toEqual(levelAt(1.4));
});

test("positions never change: what is drawn compactly stands in the frame that it has near by", () => {
  fc.assert(
    fc.property(worlds, fc.constantFrom(...orientations), (world, orientation) => {
      const shown = sceneOf(world, orientation);
      const frames = new Set(
        boxesOf(shown).map(({ x, y, width, height }) => `${x} ${y} ${width} ${height}`),
      );
      const far = boxesOf({ shapes: atLevel(shown, compact) });
      expect(
        far.filter(({ x, y, width, height }) => !frames.has(`${x} ${y} ${width} ${height}`)),
      ).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test("a name is cut to its box, whatever it is", () => {
  fc.assert(
    fc.property(worlds, fc.constantFrom(...orientations), (world, orientation) => {
      const shapes = atLevel(sceneOf(world, orientation), compact);
      const frames = boxesOf({ shapes }).filter(({ layer }) => layer === "thing");
      for (const text of textsOf({ shapes })) {
        const around = frames.find(({ key, within }) => key === text.key && within === text.within);
        // Addresses stand beside their interface.
        if (around === undefined || !text.bold || text.text.length < 3) continue;
        const { x, width } = extentOf(text);
        expect({ x, end: x + width }).toSatisfy(
          (at: { x: number; end: number }) =>
            at.x >= around.x - 1 && at.end <= around.x + around.width + 1,
        );
      }
    }),
    { numRuns: 40 },
  );
});

test("as blocks each container is a cell, of a closed block too", () => {
  const open = sceneOf(manyContainers(50), "rails");
  const cells = (shown: Scene) =>
    boxesOf({ shapes: atLevel(shown, { name: "blocks", unit: 4 }) }).filter(
      ({ layer, fill, key }) =>
        layer === "thing" && (key === null || `${key}`.startsWith("ctr:")) && fill !== null,
    );
  expect(cells(open)).toHaveLength(55);
  expect(cells(sceneOf(manyContainers(1000), "rails"))).toHaveLength(1100);
});

test("as blocks a bridge says its name, its subnet and how many are on it", () => {
  const shapes = atLevel(sceneOf(manyContainers(50), "rails"), { name: "blocks", unit: 4 });
  const texts = textsOf({ shapes }).map(({ text }) => text);
  expect(texts).toContain("docker0");
  expect(texts).toContain("bridge · 172.17.0.1/16 · 25");
});

const meets = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The most that any window of 1,092 × 800 px shows of it. */
const mostSeen = (shown: Scene, zoom: number): number => {
  const shapes: readonly Shape[] = atLevel(shown, levelAt(zoom));
  const rects = shapes.map(extentOf);
  const height = 800 / zoom;
  const tops = Array.from(
    { length: Math.ceil(shown.height / height) + 1 },
    (_, nth) => nth * height,
  );
  return Math.max(
    ...tops.map(
      (y) => rects.filter((each) => meets(each, { x: -1e6, y, width: 2e6, height })).length,
    ),
  );
};

test("rows that can be read are at most about a thousand elements in a window, however large the host", () => {
  for (const orientation of orientations) {
    const shown = scene(
      graph(topologyOf(manyContainers(1000)), { orientation, stopped: false }, words),
    );
    for (const zoom of [1, 0.63]) expect(mostSeen(shown, zoom)).toBeLessThan(1300);
    for (const zoom of [0.6, 0.36]) expect(mostSeen(shown, zoom)).toBeLessThan(1300);
  }
});

test("trouble is drawn from any distance", () => {
  const world: TestWorld = {
    networks: [{ name: "bridge", bridge: "docker0" }],
    containers: [
      ...Array.from({ length: 400 }, (_, nth) => ({ name: `web-${nth}`, on: ["bridge"] })),
      { name: "odd", on: ["bridge"], peer: "ambiguous" as const },
    ],
  };
  for (const name of ["compact", "blocks", "host"] as const) {
    const shapes = atLevel(sceneOf(world, "rails"), { name, unit: 4 });
    expect(shapes.some((each) => "fill" in each && each.fill === "problem")).toBe(true);
  }
});

test("what is farther away stays inside the block that it belongs to", () => {
  for (const orientation of orientations) {
    const shown = sceneOf(manyContainers(1000), orientation);
    const far = boxesOf({ shapes: atLevel(shown, { name: "blocks", unit: 4 }) }).filter(
      ({ layer }) => layer === "thing",
    );
    const grounds = [...shown.blocks.map(({ rect }) => rect), ...boxesOf({ shapes: shown.around })];
    expect(far.filter((each) => !grounds.some((ground) => holds(ground, each)))).toEqual([]);
  }
});
